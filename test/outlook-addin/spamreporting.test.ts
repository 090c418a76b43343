/** The built handler in a bare context, as in the event runtime of classic Outlook: no document, no storage. */
import vm from 'node:vm';
import type { SubmissionRequest } from '../../shared/api.ts';
import { handlerBundle } from './bundle.ts';
import { authBridge, type BridgeMood, type FakeOffice, officeObject, plainOffice } from './fake-office.ts';

const configuration = {
  origin: 'https://reelback.example',
  clientId: '11111111-2222-4333-8444-555555555555',
  authority: 'https://login.microsoftonline.com/t1',
  scope: 'api://reelback.example/11111111-2222-4333-8444-555555555555/report.submit',
};

const view = {
  id: 'sub_1',
  status: 'concluded',
  reasons: [],
  pane: { title: 'This is phishing', tone: 'danger', lines: ['Do not touch it.'], steps: ['Tell your IT team.'] },
};

interface Sent {
  url: string;
  headers: Record<string, string>;
  body: SubmissionRequest;
}

interface Completion {
  moveItemTo: string;
  onErrorDeleteItem: boolean;
  commandId?: string;
  contextData?: string;
  showPostProcessingDialog?: { title: string; description: string };
}

interface Setting {
  office?: Partial<FakeOffice>;
  mood?: BridgeMood;
  /** Status and body of the server's answer; 'offline' rejects, 'silent' never answers. */
  server?: { status: number; body: unknown } | 'offline' | 'silent';
  configured?: boolean;
  /** Runs the clock this many times as fast. */
  speed?: number;
  event?: object;
  without?: string[];
}

let script = '';
beforeAll(async () => {
  script = await handlerBundle();
});

async function press(setting: Setting = {}) {
  const { server = { status: 202, body: view }, speed = 1 } = setting;
  const associated: Record<string, (event: unknown) => void> = {};
  const sent: Sent[] = [];
  const completions: Completion[] = [];
  let longestMs = 0;
  const scope: Record<string, unknown> = {
    setTimeout: (run: () => void, ms: number) => {
      longestMs = Math.max(longestMs, ms);
      return setTimeout(run, ms / speed).unref();
    },
    clearTimeout,
    crypto: globalThis.crypto,
    TextEncoder,
    TextDecoder,
    URL,
    AbortController,
    atob,
    btoa,
    console: { log() {}, warn() {}, error() {}, info() {}, debug() {} },
    Office: officeObject({ ...plainOffice, ...setting.office }, associated),
    nestedAppAuthBridge: authBridge(() => setting.mood ?? 'token'),
    fetch: (url: string, init: { headers: Record<string, string>; body: string }) => {
      sent.push({ url, headers: init.headers, body: JSON.parse(init.body) });
      if (server === 'offline') return Promise.reject(new TypeError('Failed to fetch'));
      if (server === 'silent') return new Promise(() => {});
      return Promise.resolve(new Response(JSON.stringify(server.body), { status: server.status }));
    },
  };
  scope.window = scope;
  scope.self = scope;
  for (const name of setting.without ?? []) delete scope[name];
  const context = vm.createContext(scope);
  const prefix = setting.configured === false ? '' : `var REELBACK = ${JSON.stringify(configuration)};\n`;
  vm.runInContext(prefix + script, context);
  const handler = associated.onSpamReport;
  if (!handler) throw new Error('onSpamReport is not associated at top level');
  const completed = new Promise<void>((resolve) => {
    handler({
      type: 'SpamReporting',
      options: [true, false, false],
      freeText: ' I clicked ',
      completed: (options: Completion) => {
        completions.push(options);
        resolve();
      },
      ...setting.event,
    });
  });
  await completed;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(completions).toHaveLength(1);
  return { longestMs, completion: completions[0]!, sent, handover: JSON.parse(completions[0]!.contextData ?? 'null') };
}

test('a report goes out with ids, bytes, token and key, and the pane opens on it', async () => {
  const { completion, sent, handover } = await press();
  expect(completion).toMatchObject({ commandId: 'openVerdictPane', moveItemTo: 'noMove', onErrorDeleteItem: false });
  expect(handover).toEqual({ v: 1, reportId: 'sub_1', known: false });
  expect(sent).toHaveLength(1);
  expect(sent[0]!.url).toBe('https://reelback.example/api/v1/submissions');
  expect(sent[0]!.headers).toMatchObject({ authorization: 'Bearer token-1', 'accept-language': 'en-US' });
  expect(sent[0]!.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  expect(sent[0]!.body).toEqual({
    provider: 'microsoft365',
    mailbox: 'ana@example.org',
    provider_message_id: 'AAMk-a_b=',
    internet_message_id: '<1@example.net>',
    type: 'phish',
    comment: 'I clicked',
    raw_message: plainOffice.original,
    fidelity: 'exact',
    client: { name: 'outlook', version: '1.0.0', host: 'OutlookWebApp' },
  });
});

test('a message reported before opens the pane on the report of then', async () => {
  const { handover } = await press({ server: { status: 200, body: view } });
  expect(handover).toEqual({ v: 1, reportId: 'sub_1', known: true });
});

test.each([
  [[false, true, false], 'spam'],
  [{ 0: false, 1: true, 2: false }, 'spam'],
  [{ 0: false, 1: true, 2: true }, 'not_sure'],
  [[true, true, true], 'phish'],
  [[], 'phish'],
  [undefined, 'phish'],
  ['nonsense', 'phish'],
  [{ 0: 'true', 7: true }, 'phish'],
])('options %j report %s', async (options, type) => {
  const { sent } = await press({ event: { options, freeText: undefined } });
  expect(sent[0]!.body.type).toBe(type);
  expect(sent[0]!.body.comment).toBeUndefined();
});

test('a mail of a shared folder is reported for the mailbox of its owner', async () => {
  const { sent } = await press({ office: { sharedOwner: 'office@example.org' } });
  expect(sent[0]!.body.mailbox).toBe('office@example.org');
});

test.each<[BridgeMood, string]>([
  ['interaction', 'sign_in_needed'],
  ['consent', 'consent_needed'],
  ['offline', 'offline'],
])('when the token fails (%s), nothing is sent and the pane takes over with the same key', async (mood, trouble) => {
  const { completion, sent, handover } = await press({ mood });
  expect(sent).toHaveLength(0);
  expect(completion.commandId).toBe('openVerdictPane');
  expect(handover).toMatchObject({ v: 1, trouble, pending: { type: 'phish', comment: ' I clicked ' } });
  expect(handover.pending.key).toMatch(/^[0-9a-f]{32}$/);
});

test('a host without nested app authentication hands over to the pane', async () => {
  const { handover } = await press({ office: { nestedAppAuth: false } });
  expect(handover.trouble).toBe('sign_in_unavailable');
});

test('a key sent in vain is the key the pane sends again', async () => {
  const { sent, handover } = await press({ server: 'offline' });
  expect(handover.trouble).toBe('offline');
  expect(handover.pending.key).toBe(sent[0]!.headers['idempotency-key']);
});

test.each([
  [401, 'x', 'token_rejected'],
  [403, 'mailbox_not_allowed', 'mailbox_not_allowed'],
  [403, 'tenant_not_allowed', 'not_onboarded'],
  [422, 'unreadable', 'unreadable'],
  [429, 'too_many', 'too_many'],
  [500, 'x', 'server'],
  [503, 'x', 'server'],
])('status %d %s becomes %s in the pane', async (status, code, trouble) => {
  const { handover } = await press({ server: { status, body: { code } } });
  expect(handover.trouble).toBe(trouble);
});

test('a page of a proxy with status 200 is no receipt', async () => {
  const { handover } = await press({ server: { status: 200, body: '<html>' } });
  expect(handover.trouble).toBe('server');
});

test('a message the server finds too large goes once more without its bytes', async () => {
  const { sent, handover } = await press({ server: { status: 413, body: { code: 'too_large' } } });
  expect(sent.map(({ body }) => 'raw_message' in body)).toEqual([true, false]);
  expect(sent[1]!.headers['idempotency-key']).toBe(sent[0]!.headers['idempotency-key']);
  expect(handover.trouble).toBe('too_large');
});

test('a message that Outlook does not hand out is reported by its ids', async () => {
  const { sent, handover } = await press({ office: { original: 9020 } });
  expect(sent[0]!.body).not.toHaveProperty('raw_message');
  expect(sent[0]!.body.provider_message_id).toBe('AAMk-a_b=');
  expect(handover.reportId).toBe('sub_1');
});

test('error 5001, which comes at random on classic Outlook, is tried once more', async () => {
  let calls = 0;
  const { sent } = await press({ office: { original: () => (++calls === 1 ? 5001 : String(plainOffice.original)) } });
  expect(calls).toBe(2);
  expect(sent[0]!.body).toHaveProperty('raw_message');
});

test('something that is not base64 is not sent as the message', async () => {
  const { sent } = await press({ office: { original: '<html>oops</html>' } });
  expect(sent[0]!.body).not.toHaveProperty('raw_message');
});

test('a host that stays silent about the message ends in a report by ids', async () => {
  const { sent, handover } = await press({ office: { original: 'silent' }, speed: 200 });
  expect(sent[0]!.body).not.toHaveProperty('raw_message');
  expect(handover.reportId).toBe('sub_1');
});

test('a bridge that stays silent ends in the pane', async () => {
  const { handover } = await press({ mood: 'silent', speed: 200 });
  expect(handover.trouble).toBe('sign_in_needed');
});

test('a server that stays silent ends in the pane, within the watchdog', async () => {
  const { handover, longestMs } = await press({ server: 'silent', speed: 200 });
  expect(handover.trouble).toBe('timeout');
  // Outlook gives up after 5 minutes; nothing here waits longer than the watchdog, which runs from the first moment.
  expect(longestMs).toBe(90_000);
});

test('without an open message the pane says so', async () => {
  const { handover, sent } = await press({ office: { item: false } });
  expect(sent).toHaveLength(0);
  expect(handover.trouble).toBe('no_item');
});

test('without settings the pane says so', async () => {
  const { handover } = await press({ configured: false });
  expect(handover.trouble).toBe('not_configured');
});

test.each([['window'], ['crypto'], ['AbortController'], ['TextDecoder'], ['fetch'], ['nestedAppAuthBridge'], ['URL']])(
  'a runtime without %s still completes the event',
  async (missing) => {
    const { completion } = await press({ without: [missing], speed: 100 });
    expect(completion.commandId).toBe('openVerdictPane');
  },
);

describe('on clients before Mailbox 1.15, which open no pane', () => {
  const office = { mailboxSet: '1.14' };

  test('the answer waits for the verdict and is shown in a dialog', async () => {
    const { completion, sent } = await press({ office });
    expect(sent[0]!.url).toBe('https://reelback.example/api/v1/submissions?wait=8');
    expect(completion).toEqual({
      moveItemTo: 'noMove',
      onErrorDeleteItem: false,
      showPostProcessingDialog: { title: 'This is phishing', description: 'Do not touch it. Tell your IT team.' },
    });
  });

  test.each<[BridgeMood, Setting['server'], string]>([
    ['interaction', undefined, 'Your report was not sent'],
    ['token', 'offline', 'Your report was not sent'],
    ['token', { status: 503, body: {} }, 'Your report was not sent'],
  ])('a failure (%s, %j) says that nothing was reported', async (mood, server, title) => {
    const { completion } = await press({ office, mood, server });
    expect(completion.showPostProcessingDialog?.title).toBe(title);
    expect(completion.commandId).toBeUndefined();
  });

  test('a failure is said in German to a German', async () => {
    const { completion } = await press({ office: { ...office, language: 'de-DE' }, server: 'offline' });
    expect(completion.showPostProcessingDialog?.title).toBe('Ihre Meldung wurde nicht gesendet');
  });
});

test('options that a host refuses do not leave the event open', async () => {
  const seen: unknown[] = [];
  const associated: Record<string, (event: unknown) => void> = {};
  const scope: Record<string, unknown> = { setTimeout, clearTimeout, Office: officeObject(plainOffice, associated) };
  scope.window = scope;
  vm.runInContext(script, vm.createContext(scope));
  await new Promise<void>((resolve) => {
    associated.onSpamReport?.({
      completed: (options: { commandId?: string }) => {
        seen.push(options);
        if (options.commandId) throw new Error('not here');
        resolve();
      },
    });
  });
  expect(seen).toHaveLength(2);
  expect(seen[1]).toEqual({ moveItemTo: 'noMove', onErrorDeleteItem: false });
});
