/** What goes wrong between Outlook, the issuer and the server, and what the person is told about it. */
import type { Route } from 'playwright-core';
import { lure } from '../flow/mail.ts';
import { ProductStage, type Visit } from './product-stage.ts';

jest.setTimeout(150_000);
const ana = 'ana@example.org';
const SUBJECT = 'password expires';
const REPORTS = '**/api/v1/submissions*';

let stage: ProductStage;
let visit: Visit;
beforeAll(async () => {
  stage = await ProductStage.start([[ana, 'Ana Sommer']]);
}, 120_000);
afterAll(() => stage?.stop());
afterEach(async () => {
  await visit?.leave();
  await stage.house.drain();
});

let mails = 0;
const messageId = () => `<trouble-${mails}@x.test>`;
/** Sits down at a mailbox where a new lure is open. */
async function sitAtLure(preferences: object = {}): Promise<string> {
  mails += 1;
  const wording = `in ${mails + 1} weeks`;
  stage.house.simulator.deliver(ana, lure(messageId(), ana, wording));
  visit = await stage.sit(ana, preferences);
  await visit.open(`${SUBJECT} ${wording}`);
  return wording;
}
const heading = (name: string) => visit.pane.getByRole('heading', { level: 1, name }).waitFor();
const problem =
  (status: number, code: string, headers = {}) =>
  (route: Route) =>
    route.fulfill({
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
      body: JSON.stringify({ type: 'about:blank', title: code, status, detail: code, code }),
    });

test('where the handler gets no token, the pane asks for the sign-in and sends the report', async () => {
  await sitAtLure({ signIn: 'asks' });
  await visit.report();
  await heading('Please sign in once');
  await visit.inspect('sign-in-needed');
  await visit.pane.getByRole('button', { name: /sign in/i }).click();
  await visit.page.getByRole('dialog', { name: 'Sign in to the add-in?' }).waitFor();
  await visit.inspect('sign-in');
  await visit.page.getByRole('button', { name: 'Continue' }).click();
  await heading('This is phishing');
});

test('a sign-in that fails leaves the report unsent, says so, and moves nothing', async () => {
  await sitAtLure({ signIn: 'fails' });
  await visit.report();
  await heading('Outlook could not sign you in');
  await visit.inspect('sign-in-fails');
  expect(stage.house.folderOf(ana, messageId())).toBe('inbox');
});

test('an offline report is kept, and goes out with its own key when the line is back', async () => {
  await sitAtLure();
  const keys: (string | undefined)[] = [];
  await visit.context.route(REPORTS, (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    return route.abort('internetdisconnected');
  });
  await visit.report();
  await heading('No connection');
  await visit.inspect('offline');
  await visit.context.unroute(REPORTS);
  await visit.context.route(REPORTS, (route) => {
    if (route.request().method() === 'POST') keys.push(route.request().headers()['idempotency-key']);
    return route.continue();
  });
  await visit.pane.getByRole('button', { name: /again/i }).click();
  await heading('This is phishing');
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test.each([
  [503, 'unavailable', 'The server has a problem', { 'retry-after': '30' }],
  [429, 'rate_limited', 'Many reports at once', { 'retry-after': '30' }],
  [401, 'token_invalid', 'The server did not accept your sign-in', {}],
  [403, 'mailbox_not_allowed', 'You cannot report from this mailbox', {}],
  [403, 'tenant_not_allowed', 'Your organisation is not registered', {}],
  [413, 'too_large', 'This message is too large to send', {}],
] as const)('the server’s %i %s reaches the person in words', async (status, code, title, headers) => {
  await sitAtLure();
  await visit.context.route(REPORTS, problem(status, code, headers));
  await visit.report();
  await heading(title);
  await visit.inspect(`server-${status}-${code}`);
});

test('a message that cannot be read is reported by its ids, and judged from the mailbox', async () => {
  await sitAtLure();
  await visit.context.route('**/webmail/api/**/file', (route) => route.fulfill({ status: 500 }));
  await visit.report();
  await heading('This is phishing');
});

test('a 1.14 client that cannot send says honestly that nothing was reported', async () => {
  await sitAtLure({ mailboxSet: '1.14' });
  await visit.context.route(REPORTS, (route) => route.abort('connectionrefused'));
  await visit.report();
  await visit.page.getByRole('dialog', { name: 'Your report was not sent' }).waitFor();
  await visit.inspect('dialog-not-sent');
});

test('an add-in whose server is away is told by the host, and comes by itself', async () => {
  mails += 1;
  stage.house.simulator.deliver(ana, lure(messageId(), ana, 'in a year'));
  visit = await stage.sit('nobody@example.org');
  await visit.context.route('**/webmail/api/addin*', (route) => route.fulfill({ status: 502, body: '{}' }));
  await visit.page.reload();
  await visit.open('expires in a year');
  await visit.page.getByText('The add-in is not there yet.').waitFor();
  await visit.inspect('no-addin');
  await visit.context.unroute('**/webmail/api/addin*');
  await visit.page.getByRole('button', { name: 'Report phishing', exact: true }).waitFor();
});
