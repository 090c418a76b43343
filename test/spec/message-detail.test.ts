/** Product specification, section 16: one message, row by row. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { recordDecision } from '../../server/store/decisions.ts';
import { ACTION_OPERATIONS, type MessageDetail } from '../../shared/messages.ts';
import { FoundMails, TENANT } from './found-mails.ts';

const FILE = Buffer.from('<script>location="https://pay.example/"</script>');
const RAW = `Received: from mail.x.example (mail.x.example [203.0.113.7]) by mx.example.org; Mon, 02 Nov 2026 09:00:00 +0000
Received: from laptop by mail.x.example; Mon, 02 Nov 2026 08:59:00 +0000
Message-ID: <detail@x.example>
From: Billing <billing@pay.x.example>
To: ana@example.org
Cc: ben@example.org
Subject: Invoice
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html

<p>Pay <a href="https://pay.example/a">here</a></p>
--b
Content-Type: text/html; name="invoice.html"
Content-Disposition: attachment; filename="invoice.html"
Content-Transfer-Encoding: base64

${FILE.toString('base64')}
--b--
`;
const mara = { id: 'mara', role: 'soc_analyst' as const };
let found: FoundMails;
let id: string;
let clean: string;
let submission: string;
let detail: MessageDetail;

beforeAll(async () => {
  found = await FoundMails.open();
  id = await found.put({
    raw: RAW,
    mode: 'REVIEW_SUBMISSION',
    findings: [{ id: 'url.lookalike' }],
    authentication: {
      spf: { result: 'pass', domain: 'x.example' },
      dkim: [
        { result: 'fail', domain: 'a' },
        { result: 'pass', domain: 'b' },
      ],
      dmarc: { result: 'fail', domain: 'x.example', policy: 'quarantine' },
      source: 'trusted_header',
      client: { ip: '203.0.113.7', name: 'mail.x.example' },
    },
  });
  clean = await found.put({ raw: RAW.replace('Subject: Invoice', 'Subject: Clean'), disposition: 'NONE' });
  submission = await found.report(id, 'USER');
  await found.retract(id, { states: ['retracted', 'failed', 'restored'] });
  await found.retract(id, { preview: true, states: ['found'] });
  await found.retract(id, { destination: 'JunkEmail', cause: 'manual', states: ['restored'] });
  await recordDecision(found.store.db, {
    tenant: TENANT,
    messageId: id,
    disposition: 'MALICIOUS',
    by: 'mara',
    at: new Date(),
  });
  await sql`insert into message_copies (message_id, mailbox, provider, delivery_mode, delivered_at, seen_at)
            values (${id}, 'seen@example.org', 'google', 'JOURNAL', now(), now())`.execute(found.store.db);
  detail = (await found.investigations.detail(id, 'en'))!;
});
afterAll(() => found.close());

describe('details', () => {
  test('threat_categories', () => expect(detail.threat_categories).toEqual(['url']));
  test('validation: spf, dkim (one good signature counts), dmarc, comment', () => {
    const words = { spf: 'pass', dkim: 'pass', dmarc: 'fail', dmarc_policy: 'quarantine', comment: 'trusted_header' };
    expect(detail.validation).toEqual(words);
  });
  test('sender_info: ip, pld; autonomous system and country are not known, for nobody is asked', () => {
    expect(detail.sender_info).toEqual({
      ip: '203.0.113.7',
      server_name: 'mail.x.example',
      pld: 'x.example',
      as_number: null,
      as_name: null,
      geo: null,
    });
  });
  test('links: href (defanged) and text', () => {
    expect(detail.links[0]).toMatchObject({ href: 'hxxps[:]//pay[.]example/a', text: 'here' });
    expect(JSON.stringify(detail.links)).not.toContain('https://');
  });
  test('attachments: filename, content_type, size, encrypted, md5, sha1, sha256, detection', () => {
    const digest = (kind: string) => createHash(kind).update(FILE).digest('hex');
    expect(detail.attachments).toEqual([
      expect.objectContaining({
        filename: 'invoice.html',
        content_type: 'text/html',
        size: FILE.length,
        encrypted: false,
        md5: digest('md5'),
        sha1: digest('sha1'),
        sha256: digest('sha256'),
        detection: null,
      }),
    ]);
  });
  test('headers', () => {
    expect(detail.headers).toContainEqual({ name: 'Message-ID', value: '<detail@x.example>' });
  });
  test("findings: detection, field, reason in the reader's language, the passage it rests on", async () => {
    expect(detail.findings).toEqual([
      {
        detection: 'url.lookalike',
        field: 'url',
        severity: 'high',
        reason: 'A link pretends.',
        detail: 'hxxps[:]//pay[.]example',
      },
    ]);
    expect((await found.investigations.detail(id, 'de'))!.findings[0]!.reason).toMatch(/^Ein Link führt/);
  });
  test('the thread: submissions, retractions, decisions, and who has it', () => {
    expect(detail.submissions).toMatchObject([{ id: submission, type: 'USER', requested_by: 'ana@example.org' }]);
    expect(detail.retractions).toHaveLength(3);
    expect(detail.decisions).toMatchObject([{ disposition: 'MALICIOUS', decided_by: 'mara' }]);
    expect(detail.copies.map(({ mailbox, state }) => [mailbox, state])).toEqual([
      ['person0@example.org', 'restored'],
      ['person1@example.org', 'failed'],
      ['person2@example.org', 'restored'],
      ['seen@example.org', null],
    ]);
  });
});

test('action log: completed_at, operation, status, folder, requested_by; every operation of the specification', async () => {
  const log = (await found.investigations.actionLog(id))!;
  expect(new Set(log.items.map(({ operation }) => operation))).toEqual(new Set(ACTION_OPERATIONS));
  expect(log.items).toContainEqual(
    expect.objectContaining({
      operation: 'MOVE',
      status: 'failed',
      folder: 'Inbox',
      destination: 'Quarantine',
      recipient: 'person1@example.org',
      requested_by: 'reelback',
      completed_at: expect.any(String),
    }),
  );
  expect(log.items).toContainEqual(
    expect.objectContaining({ operation: 'RECLASSIFY', status: 'MALICIOUS', requested_by: 'mara' }),
  );
  expect(log.complete).toBe(true);
});

const auditOf = async (message: string) => {
  const { rows } = await sql<{ action: string; actor: string }>`
    select action, actor from audit_log where subject_id = ${message} and action like 'message.%' order by id`.execute(
    found.store.db,
  );
  return rows;
};

test('raw: the EML as it came, of detections only, and every read is an audit line', async () => {
  const raw = (await found.investigations.raw(id, mara)) as Uint8Array;
  expect(Buffer.from(raw).toString()).toBe(RAW.replaceAll('\n', '\r\n'));
  expect(await auditOf(id)).toHaveLength(1);
  expect(await found.investigations.raw(clean, mara)).toEqual({ notKept: 'undetected' });
  expect(await auditOf(clean)).toEqual([]);
  await sql`delete from blobs where sha256 = ${detail.body.sha256}`.execute(found.store.db);
  expect(await found.investigations.raw(id, mara)).toEqual({ notKept: 'deleted' });
  expect(await found.investigations.detail(id, 'en')).toMatchObject({
    headers: [],
    body: { kept: false, reason: 'deleted' },
    attachments: [{ md5: null, sha1: null, sha256: detail.attachments[0]!.sha256 }],
  });
  await found.put({ raw: RAW, mode: 'REVIEW_SUBMISSION' });
});

test('preview: a page of ours instead of a picture, where the body is kept; an audit line too', async () => {
  const page = await found.investigations.preview(id, mara, 'en');
  expect(page).toContain('<span class="target" dir="ltr">hxxps[:]//pay[.]example/a</span>');
  expect(await found.investigations.preview(clean, mara, 'en')).toEqual({ notKept: 'undetected' });
  expect((await auditOf(id)).at(-1)).toMatchObject({ action: 'message.previewed' });
});

test('mail trace: inbound lines, oldest first, outbound lines, and whether anything is pending', async () => {
  const trace = (await found.investigations.trace(id))!;
  expect(trace.inbound).toEqual({
    lines: [
      { lineno: 1, ts: '2026-11-02T08:59:00.000Z', message: 'laptop → mail.x.example' },
      { lineno: 2, ts: '2026-11-02T09:00:00.000Z', message: 'mail.x.example [203.0.113.7] → mx.example.org' },
    ],
    pending: false,
  });
  expect(trace.outbound.lines.map(({ message }) => message)).toContain('seen@example.org (JOURNAL)');
  await sql`update retractions set state = 'running' where message_id = ${id}`.execute(found.store.db);
  expect((await found.investigations.trace(id))!.outbound.pending).toBe(true);
});

test('the sample of a submission (?submission=true of section 7) is the mail it was judged by', async () => {
  expect((await found.investigations.detail(submission, 'en'))!.id).toBe(id);
  expect(await found.investigations.detail('sub_0', 'en')).toBeNull();
});

test("nothing of another organisation's", async () => {
  await sql`update messages set tenant = 'other' where id = ${clean}`.execute(found.store.db);
  const { detail: read, actionLog, trace, raw, preview } = found.investigations;
  expect([await read(clean, 'en'), await actionLog(clean), await trace(clean)]).toEqual([null, null, null]);
  expect([await raw(clean, mara), await preview(clean, mara, 'en')]).toEqual([null, null]);
});
