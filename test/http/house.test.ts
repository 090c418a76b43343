/** The doors on the real rooms: what they answer fits the schemas, what they log says nothing. */

import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import {
  GuardSettings,
  Page,
  PsrSettings,
  RetractionCopy,
  RetractionSettings,
  RetractionView,
  SharedMailboxSettings,
  SubmissionDetail,
  SubmissionView,
} from '../../shared/api.ts';
import { InvalidSubmission } from '../../shared/invalid.ts';
import { ListEntry } from '../../shared/list-entry.ts';
import { LureSettings } from '../../shared/lure-settings.ts';
import { IntakeSettings, MailStanding, NotificationSettings } from '../../shared/mail.ts';
import { House } from '../flow/house.ts';
import { lure } from '../flow/mail.ts';

const ID = '<expiry-1@micros0ft-login.test>';
const PEOPLE = ['ana@example.org', 'ben@example.org', 'carla@example.org'];
let house: House;

beforeAll(async () => {
  house = await House.start();
  for (const person of PEOPLE) {
    house.simulator.addMailbox(person);
    house.simulator.deliver(person, lure(ID));
  }
});
afterAll(() => house.stop());

const faultsOf = (schema: TSchema, value: unknown) =>
  Value.Errors(schema, value).map(({ instancePath, message }) => `${instancePath} ${message}`);

test('a stream follows a report to the confirmed retraction, and every answer fits its schema', async () => {
  const id = await house.report('ana@example.org', ID, {
    body: { comment: 'a private remark', exposure: ['clicked_link'] },
  });
  const stream = await house.fetch(`/api/v1/submissions/${id}/events`, { as: 'ana@example.org' });
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const views = (await stream.text())
    .split('\n\n')
    .filter((block) => block.startsWith('event: view'))
    .map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 6)) as SubmissionView);
  const last = views.at(-1)!;
  expect(last.outcome_disposition).toBe('MALICIOUS');
  expect(['confirming', 'done']).toContain(last.retraction?.state);
  expect(last.retraction?.copies.retracted).toBe(3);
  for (const view of views) expect(faultsOf(SubmissionView, view)).toEqual([]);

  const retraction = last.retraction!.id;
  for (const [path, schema] of [
    [`/submissions/${id}`, SubmissionView],
    [`/submissions/${id}/detail`, SubmissionDetail],
    ['/submissions?limit=1', Page(SubmissionView)],
    ['/invalid-submissions', Page(InvalidSubmission)],
    ['/mail', MailStanding],
    ['/settings/notifications', NotificationSettings],
    ['/settings/intake', IntakeSettings],
    ['/retractions', Page(RetractionView)],
    [`/retractions/${retraction}`, RetractionView],
    [`/retractions/${retraction}/copies?limit=2`, Page(RetractionCopy)],
    ['/settings/psr', PsrSettings],
    ['/settings/guard', GuardSettings],
    ['/settings/retraction', RetractionSettings],
    ['/settings/shared_mailboxes', SharedMailboxSettings],
    ['/settings/lures', LureSettings],
    ['/settings/allow_policies', Page(ListEntry)],
  ] as const) {
    const response = await house.fetch(`/api/v1${path}`);
    expect([path, response.status]).toEqual([path, 200]);
    expect([path, faultsOf(schema, await response.json())]).toEqual([path, []]);
  }
});

test('an analyst reads what the reporter said, how the sender was authenticated and what happened', async () => {
  const { items } = (await (await house.fetch('/api/v1/submissions')).json()) as { items: SubmissionView[] };
  const detail = (await (await house.fetch(`/api/v1/submissions/${items[0]!.id}/detail`)).json()) as SubmissionDetail;
  expect(detail).toMatchObject({ comment: 'a private remark', exposure: ['clicked_link'], mailbox: 'ana@example.org' });
  expect(detail.authentication).not.toBeNull();
  const actions = detail.timeline.map(({ action, actor }) => `${action} ${actor}`);
  expect(actions.slice(0, 2)).toEqual([
    'submission.received reporter',
    expect.stringMatching(/^submission\.concluded|^retraction\./),
  ]);
  expect(actions.some((line) => line.startsWith('retraction.'))).toBe(true);
});

test('lists are read page by page without a gap', async () => {
  for (const person of PEOPLE.slice(1)) await house.report(person, ID);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const path = `/api/v1/submissions?limit=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const page = (await (await house.fetch(path)).json()) as { items: SubmissionView[]; next_cursor?: string };
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next_cursor;
  } while (cursor);
  expect(new Set(seen).size).toBe(3);
  expect(seen).toHaveLength(3);
});

test.each(['garbage', 'a'.repeat(500), '%00', '{"at":1}', '..%2f', 'MjAyNg=='])(
  'cursor %s is answered calmly',
  async (cursor) => {
    for (const list of ['submissions', 'retractions', 'invalid-submissions']) {
      const response = await house.fetch(`/api/v1/${list}?cursor=${cursor}`);
      expect([list, response.status < 500]).toEqual([list, true]);
    }
  },
);

test('readyz is well, and the log of all this names no subject, address, comment, token or message', async () => {
  expect((await house.fetch('/readyz')).status).toBe(200);
  await house.drain();
  const token = house.simulator.accessToken('ana@example.org');
  const log = house.logLines.join('');
  expect(log).toContain('"route":"/api/v1/submissions"');
  for (const secret of ['@example.org', 'private remark', token.slice(0, 40), 'micros0ft', 'Subject:', 'admin-token'])
    expect([secret, log.includes(secret)]).toEqual([secret, false]);
});
