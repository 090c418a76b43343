/** Alerts, logs and retention (product specification, section 20, and section 12 of the retraction sheet) on the real database. */
import { Value } from 'typebox/value';
import { openExports } from '../../server/investigation/exports.ts';
import { alertRow, postDeliveryRow } from '../../server/notify/log-rows.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { eventsBetween } from '../../server/store/event-rows.ts';
import { alertIdOf, messageOfAlert } from '../../shared/alert-id.ts';
import { AlertRow, LOG_DATASETS, type LogDataset, PostDeliveryRow } from '../../shared/log-rows.ts';
import { LOG_DELIVERY_MODES, LOG_ORIGINS } from '../../shared/log-words.ts';
import { NewWebhook } from '../../shared/webhook.ts';
import { ADMIN_TOKEN, openDoors } from '../http/doors.ts';
import { AT, judge, retract, TENANT } from '../notify/judged.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

/** As the vendor's datasets list them. */
const ALERT_FIELDS =
  'AlertID AlertReasons Attachments BCC CC CCName DKIMResult DMARCPolicy DMARCResult FinalDisposition From FromName Links MessageDeliveryMode MessageID Origin OriginalSender ReplyTo ReplyToName SMTPEnvelopeFrom SMTPEnvelopeTo SMTPHeloServerIP SMTPHeloServerIPAsName SMTPHeloServerIPAsNumber SMTPHeloServerIPGeo SMTPHeloServerName SPFResult Subject ThreatCategories Timestamp To ToName'.split(
    ' ',
  );
const ATTACHMENT_FIELDS =
  'ContentTypeComputed ContentTypeProvided Decrypted Encrypted Md5 Name Sha1 Sha256 Ssdeep'.split(' ');
const POST_DELIVERY_FIELDS =
  'AlertID CompletedAt Destination FinalDisposition Folder From FromName MessageID MessageTimestamp MicrosoftTenantID Operation PostfixID Reasons Recipient RequestedAt RequestedBy RequestedDisposition Status Subject Success To'.split(
    ' ',
  );
const CONTEXT = { ownDomains: ['example.org'], microsoftTenantId: 'entra' };
const SPAN = { start: new Date(AT.getTime() - 60_000), end: new Date(Date.now() + 60_000_000) };
const ANALYST = { id: 'zoe', role: 'soc_analyst' as const };

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  await judge(store, 'msg_4WtWkr6nlBz9sNHabcde', 'MALICIOUS');
  await judge(store, 'msg_bulkbulkbulkbulkbulk', 'BULK');
  await retract(store, 'msg_4WtWkr6nlBz9sNHabcde', ['ana@example.org', 'ben@example.org']);
  await retract(store, 'msg_4WtWkr6nlBz9sNHabcde', ['carla@example.org'], 'gone');
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const exportsOf = () => openExports({ tenant: TENANT, store, context: async () => CONTEXT, now: () => new Date() });
async function lines(dataset: LogDataset, span = SPAN): Promise<Record<string, unknown>[]> {
  const parts: string[] = [];
  for await (const part of await exportsOf().log(dataset, span, ANALYST)) parts.push(part);
  return parts
    .join('')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('email_security_alerts', () => {
  test('has every field of the vendor, and no other', async () => {
    const [row] = await lines('alerts');
    expect(Object.keys(row!).sort()).toEqual([...ALERT_FIELDS].sort());
    expect(Object.keys((row!.Attachments as object[])[0]!).sort()).toEqual(ATTACHMENT_FIELDS);
    expect(Value.Errors(AlertRow, row)).toEqual([]);
  });
  test('AlertID looks like 4WtWkr6nlBz9sNH-2024-08-28T15:32:35 and leads back to the mail', () => {
    const id = alertIdOf('msg_4WtWkr6nlBz9sNHabcde', new Date('2024-08-28T15:32:35.123Z'));
    expect(id).toBe('4WtWkr6nlBz9sNH-2024-08-28T15:32:35');
    expect(messageOfAlert(id)).toBe('msg_4WtWkr6nlBz9sNH');
    expect(messageOfAlert("' or 1=1")).toBeNull();
  });
  test('FinalDisposition is lower case', async () => {
    expect((await lines('alerts')).map((row) => row.FinalDisposition).sort()).toEqual(['bulk', 'malicious']);
  });
  test('MessageDeliveryMode: unset, api, direct, bcc, journal, retroScan', () => {
    expect([...LOG_DELIVERY_MODES].sort()).toEqual(['api', 'bcc', 'direct', 'journal', 'retroScan', 'unset']);
  });
  test('Origin: unset, internal, external, secondPartyInternal, thirdPartyInternal, outbound', async () => {
    expect([...LOG_ORIGINS].sort()).toEqual([
      'external',
      'internal',
      'outbound',
      'secondPartyInternal',
      'thirdPartyInternal',
      'unset',
    ]);
    const [event] = await eventsBetween(store.db, { tenant: TENANT, kinds: ['alert'], ...SPAN, after: null, limit: 1 });
    const from = (address: string, state: string) =>
      alertRow({ ...event!, header_from: address, authentication: { state } }, CONTEXT).Origin;
    expect([from('a@example.org', 'pass'), from('a@example.org', 'fail'), from('', 'none')]).toEqual([
      'internal',
      'external',
      'unset',
    ]);
  });
  test('Links: at most 100, defanged', async () => {
    const [event] = await eventsBetween(store.db, { tenant: TENANT, kinds: ['alert'], ...SPAN, after: null, limit: 1 });
    const links = Array.from({ length: 150 }, (_, n) => ({ url: `hxxps[:]//a${n}[.]test/` }));
    expect(alertRow({ ...event!, facts: { links } }, CONTEXT).Links).toHaveLength(100);
  });
  test('authentication results are always written', async () => {
    const [row] = await lines('alerts');
    expect(row).toMatchObject({
      SPFResult: 'softfail',
      DKIMResult: 'none',
      DMARCResult: 'fail',
      DMARCPolicy: 'reject',
    });
  });
});

describe('email_security_post_delivery_events', () => {
  test('has every field of the vendor, and ours in lower case', async () => {
    const [row] = await lines('post-delivery');
    const names = Object.keys(row!);
    expect(names.filter((name) => /^[A-Z]/.test(name)).sort()).toEqual([...POST_DELIVERY_FIELDS].sort());
    expect(names.filter((name) => !/^([A-Z]\w*|[a-z_]+)$/.test(name))).toEqual([]);
    expect(Value.Errors(PostDeliveryRow, row)).toEqual([]);
  });
  test('one row a mailbox, with success, destination, folder and who asked', async () => {
    const rows = await lines('post-delivery');
    expect(rows.map((row) => [row.Recipient, row.Success, row.Status, row.outcome])).toEqual([
      ['ana@example.org', true, 'OK', 'retracted'],
      ['ben@example.org', true, 'OK', 'retracted'],
      ['carla@example.org', false, 'removed_by_user', 'gone'],
    ]);
    expect(rows[0]).toMatchObject({
      Destination: 'Quarantine',
      Folder: 'Hidden',
      RequestedBy: 'submission sub_1',
      mode: 'auto',
    });
  });
  test('the rows of one mail share its AlertID', async () => {
    const ids = new Set(
      [...(await lines('post-delivery')), ...(await lines('alerts')).slice(0, 1)].map((row) => row.AlertID),
    );
    expect(ids.size).toBe(1);
  });
  test('a copy that is put back is quarantineRelease, from elsewhere a move to the Inbox', async () => {
    const [event] = await eventsBetween(store.db, { tenant: TENANT, kinds: ['move'], ...SPAN, after: null, limit: 1 });
    const back = { ...event!, kind: 'release' as const, outcome: 'restored' };
    expect(postDeliveryRow(back, CONTEXT)).toMatchObject({
      Operation: 'quarantineRelease',
      Destination: 'Inbox',
      mode: 'manual',
    });
    const junk = { ...back, copy: { ...event!.copy!, destination: 'JunkEmail' } };
    expect(postDeliveryRow(junk, CONTEXT).Operation).toBe('move');
  });
});

describe('exports', () => {
  test('an interval includes its start and excludes its end, and every page goes on where the last one ended', async () => {
    expect(await lines('alerts', { start: AT, end: new Date(AT.getTime() + 1) })).toHaveLength(2);
    expect(await lines('alerts', { start: SPAN.start, end: AT })).toEqual([]);
    const seen: number[] = [];
    let after: { at: Date; id: number } | null = null;
    for (;;) {
      const page: { at: Date; id: number }[] = await eventsBetween(store.db, {
        tenant: TENANT,
        kinds: ['move'],
        ...SPAN,
        after,
        limit: 1,
      });
      if (page.length === 0) break;
      seen.push(...page.map(({ id }) => id));
      after = page[0]!;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });
  test('they are for analysts, as JSON lines named after the dataset', async () => {
    const doors = await openDoors(null);
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    for (const dataset of Object.keys(LOG_DATASETS) as LogDataset[]) {
      const url = `/api/v1/exports/${dataset}`;
      const response = await doors.app.inject({ url, headers });
      expect(response.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
      expect(response.headers['content-disposition']).toContain(`${LOG_DATASETS[dataset]}.jsonl`);
      expect((await doors.app.inject({ url })).statusCode).toBe(401);
      expect(
        (await doors.app.inject({ url: `${url}?start=2026-02-01T00:00:00Z&end=2026-01-01T00:00:00Z`, headers }))
          .statusCode,
      ).toBe(400);
    }
    const routes = doors.app.routeAccess.filter(({ url }) => url.includes('/exports/') || url.endsWith('/bundle'));
    expect(routes.filter(({ access }) => access.open || access.role !== 'soc_analyst')).toEqual([]);
    await doors.app.close();
  });
});

describe('webhooks', () => {
  test('app types: SIEM, Slack, Teams and Splunk', () => {
    for (const format of ['json', 'slack', 'teams', 'splunk'])
      expect(Value.Check(NewWebhook, { name: 'x', url: 'https://siem.example.com/', format })).toBe(true);
  });
  test('dispositions to send; SPAM and BULK are not sent unless somebody asks', () => {
    const draft = { name: 'x', url: 'https://siem.example.com/', format: 'json' };
    expect(Value.Check(NewWebhook, { ...draft, dispositions: ['SPAM', 'BULK'] })).toBe(true);
    expect(Value.Check(NewWebhook, { ...draft, dispositions: ['NONE'] })).toBe(false);
  });
});

test('retention: twelve months, unless somebody decides otherwise', () => {
  expect(DEFAULT_SETTINGS.privacy).toEqual({
    clean_body_hours: null,
    body_days: 365,
    metadata_days: 365,
    detection_days: 365,
  });
});
