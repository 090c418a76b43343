/** Product specification, section 15: searching, row by row. */
import { MessageResult, SearchParams } from '../../shared/messages.ts';
import { SEARCH_KEYWORDS } from '../../shared/search-query.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { FoundMails } from './found-mails.ts';

const LURE = `Received: from mail.invoices.example.net (mail.invoices.example.net [203.0.113.7]) by mx.example.org; Mon, 02 Nov 2026 09:00:00 +0000
Received: from laptop (unknown [198.51.100.9]) by mail.invoices.example.net; Mon, 02 Nov 2026 08:59:00 +0000
X-Originating-IP: [192.0.2.44]
Message-ID: <lure 1@invoices.example.net>
Date: Mon, 02 Nov 2026 08:59:00 +0000
From: "Überfällige Rechnung GmbH" <billing@invoices.example.net>
Reply-To: collect@collect.example
Return-Path: <bounce@invoices.example.net>
To: Ana <ana@example.org>, ben@example.org
Subject: Invoice 4711 is overdue
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Pay at https://pay.example/overdue?id=1 now.
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="Invoice-4711.exe"
Content-Transfer-Encoding: base64

TVqQAAMAAAAEAAAA
--b--
`;
const mail = (subject: string, from = 'someone@news.example', more = '') =>
  `From: ${from}\nTo: carl@example.org\nSubject: ${subject}\nMessage-ID: <${subject.length}.${Math.abs(subject.charCodeAt(0))}@x.example>\n${more}\n${subject}\n`;

let found: FoundMails;
let lure: string;
beforeAll(async () => {
  found = await FoundMails.open();
  lure = await found.put({
    raw: LURE,
    mode: 'REVIEW_SUBMISSION',
    findings: [{ id: 'url.lookalike' }],
    attributes: ['EXECUTABLE', 'NEW_DOMAIN_SENDER=2026-10-30 00:00:00 +0000'],
    authentication: { client: { ip: '203.0.113.7', name: 'mail.invoices.example.net' } },
  });
  await found.report(lure, 'USER');
  await found.retract(lure, {});
  await found.put({ raw: mail('Spam about invoices'), disposition: 'SPAM' });
  await found.put({ raw: mail('Spoofed 请立即付款'), disposition: 'SPOOF', mode: 'JOURNAL' });
  await found.put({ raw: mail('Suspicious overdue invoice'), disposition: 'SUSPICIOUS', mode: 'BCC' });
  await found.put({ raw: mail('Bulk mail'), disposition: 'BULK' });
  await found.put({ raw: mail('Lunch invoice'), disposition: 'NONE' });
  await found.put({ raw: mail('Old malicious one'), daysAgo: 45 });
  const previewed = await found.put({ raw: mail('Previewed'), disposition: 'MALICIOUS' });
  await found.retract(previewed, { preview: true, states: ['found'] });
  const released = await found.put({ raw: mail('Released'), disposition: 'SPAM' });
  await found.retract(released, { states: ['restored'], cause: 'manual' });
  const failed = await found.put({ raw: mail('Failed'), disposition: 'SPAM' });
  await found.retract(failed, { states: ['failed'], destination: 'JunkEmail', cause: 'pdr' });
  const team = await found.put({ raw: mail('Of the team'), disposition: 'SUSPICIOUS' });
  await found.report(team, 'TEAM');
});
afterAll(() => found.close());

const LURE_SUBJECT = 'Invoice 4711 is overdue';
const onlyLure = [LURE_SUBJECT];

describe('freeform', () => {
  test('space is AND', async () => {
    expect((await found.subjects('invoice overdue')).sort()).toEqual([LURE_SUBJECT, 'Suspicious overdue invoice']);
    expect(await found.subjects('invoice nowhere')).toEqual([]);
  });
  test('terms under 3 characters and stop words are ignored, and the answer says which', async () => {
    const page = await found.investigations.search({ query: 'the 4711 is to' }, { limit: 5, language: 'en' });
    expect(page).toMatchObject({ ignored: ['the', 'is', 'to'], items: [{ subject: LURE_SUBJECT }] });
  });
  test('field:value, quoted phrases, a minus', async () => {
    expect(await found.subjects('"overdue invoice"')).toEqual(['Suspicious overdue invoice']);
    expect(await found.subjects('subject:invoice -disposition:suspicious')).toEqual(onlyLure);
  });
  test('accents and case make no difference, and a part of a Chinese sentence is found', async () => {
    expect(await found.subjects('uberfallige RECHNUNG')).toEqual(onlyLure);
    expect(await found.subjects('立即付款')).toEqual(['Spoofed 请立即付款']);
  });
  test('message_id: takes an id with spaces', async () => {
    expect(await found.subjects('message_id:"lure 1@invoices.example.net"')).toEqual(onlyLure);
  });
});

test.each<[string, string]>([
  ['From', 'from:billing@invoices.example.net'],
  ['From, a domain', 'from:invoices.example.net'],
  ['From, the name', 'from:"rechnung gmbh"'],
  ['To, exact', 'to:ana@example.org'],
  ['Subject', 'subject:"invoice 4711"'],
  ['Domain, of a link', 'domain:pay.example'],
  ['Domain, of Reply-To', 'domain:collect.example'],
  ['Message ID', 'message_id:"<lure 1@invoices.example.net>"'],
  ['sender IP', 'ip:198.51.100.9'],
  ['originating IP', 'ip:192.0.2.44'],
  ['HELO IP', 'helo:203.0.113.7'],
  ['attribute by its name', 'attribute:NEW_DOMAIN_SENDER'],
  ['attribute', 'attribute:EXECUTABLE'],
  ['finding', 'reason:url.lookalike'],
  ['attachment by name', 'attachment:Invoice-4711.exe'],
  ['attachment by a word of its name', 'attachment:4711'],
  ['URL as written', 'url:https://pay.example/overdue?id=1'],
  ['URL, defanged', 'url:"hxxps[:]//pay[.]example/overdue?id=1"'],
  ['host', 'host:pay.example'],
  ['mailbox', 'mailbox:ana@example.org mode:REVIEW_SUBMISSION'],
  ['disposition and words, AND-ed', 'disposition:MALICIOUS 4711'],
])('fielded: %s', async (_, query) => {
  expect(await found.subjects(query)).toEqual(onlyLure);
});

test('fielded: Alert ID, the vendor shape included', async () => {
  expect(await found.subjects(`alert_id:${lure}`)).toEqual(onlyLure);
  const [{ alert_id } = { alert_id: '' }] = await found.items({ alert_id: lure });
  expect(alert_id).toMatch(/^[0-9a-f]{15}-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  expect(await found.subjects({ alert_id })).toEqual(onlyLure);
  expect(await found.subjects(`alert_id:${alert_id}`)).toEqual(onlyLure);
  expect(await found.subjects('alert_id:%-2026-11-02T09:00:00')).toEqual([]);
});

describe('defaults', () => {
  test('detections only', async () => {
    expect(await found.subjects({})).not.toContain('Lunch invoice');
    expect(await found.subjects({ detections_only: false })).toContain('Lunch invoice');
    expect(await found.subjects('disposition:none')).toEqual(['Lunch invoice']);
  });
  test('last 30 days', async () => {
    expect(await found.subjects({})).not.toContain('Old malicious one');
    expect(await found.subjects('after:60d')).toContain('Old malicious one');
    const page = await found.investigations.search({}, { limit: 1, language: 'en' });
    const days = 'scope' in page ? (Date.now() - Date.parse(page.scope.start!)) / 86_400_000 : 0;
    expect(Math.round(days)).toBe(30);
  });
});

describe('API filters', () => {
  test.each([
    [{ sender: 'billing@invoices.example.net' }],
    [{ sender: 'invoices.example.net' }],
    [{ recipient: 'ana@example.org' }],
    [{ domain: 'pay.example' }],
    [{ subject: '4711 invoice' }],
    [{ exact_subject: LURE_SUBJECT }],
    [{ message_id: 'lure 1@invoices.example.net' }],
    [{ smtp_helo_ip: '203.0.113.7' }],
    [{ message_action: 'MOVED' as const }],
    [{ delivery_status: 'quarantined' as const }],
    [{ query: '4711', submissions: true }],
    [{ metric: 'success' as const }],
  ])('%j', async (search) => {
    expect(await found.subjects(search)).toEqual(onlyLure);
  });
  test.each(DISPOSITIONS)('final_disposition=%s', async (final_disposition) => {
    const page = await found.investigations.search({ final_disposition }, { limit: 50, language: 'en' });
    if ('trouble' in page) throw new Error();
    expect(page.items.length).toBeGreaterThan(0);
    expect(new Set(page.items.map((item) => item.final_disposition))).toEqual(new Set([final_disposition]));
  });
  test('message_action PREVIEW and QUARANTINE_RELEASED, delivery_status move_failed and delivered', async () => {
    expect(await found.subjects({ message_action: 'PREVIEW' })).toEqual(['Previewed']);
    expect(await found.subjects({ message_action: 'QUARANTINE_RELEASED' })).toEqual(['Released']);
    expect(await found.subjects({ delivery_status: 'move_failed' })).toEqual(['Failed']);
    expect(await found.subjects({ delivery_status: 'delivered' })).not.toContain(LURE_SUBJECT);
    // We judge what has been delivered.
    for (const status of ['rejected', 'deferred', 'bounced', 'queued'] as const)
      expect(await found.subjects({ delivery_status: status })).toEqual([]);
  });
  test('every filter of the specification is a parameter', () => {
    const names =
      'sender recipient domain subject final_disposition alert_id message_id smtp_helo_ip message_action delivery_status';
    const more = 'detections_only query metric start end exact_subject submissions';
    expect(Object.keys(SearchParams)).toEqual(expect.arrayContaining(`${names} ${more}`.split(' ')));
  });
  test('cursor: page by page, nothing twice', async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await found.investigations.search({}, { limit: 2, language: 'en', ...(cursor ? { cursor } : {}) });
      if ('trouble' in page) throw new Error();
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
      if (!cursor) break;
    }
    expect(seen).toHaveLength((await found.subjects({})).length);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('keywords of section 7', () => {
  test.each<[string, string[]]>([
    ['phish_submission', [LURE_SUBJECT, 'Of the team']],
    ['user_submission', [LURE_SUBJECT]],
    ['team_submission', ['Of the team']],
    ['user_malicious_submission', [LURE_SUBJECT]],
    ['team_malicious_submission', ['Of the team']],
    ['phish_submission_response', [LURE_SUBJECT]],
    ['auto-retraction', [LURE_SUBJECT, 'Failed']],
    ['is:reported', [LURE_SUBJECT, 'Of the team']],
  ])('%s', async (query, subjects) => {
    expect((await found.subjects(query)).sort()).toEqual([...subjects].sort());
  });
  test('each is known but browser_isolation_rewrite, for we rewrite no links', () => {
    expect(SEARCH_KEYWORDS).not.toContain('browser_isolation_rewrite');
  });
});

test('presets: popular are verdicts and moves of 7 days, reclassified among them', async () => {
  expect(await found.subjects('action:MOVED after:7d')).toEqual(onlyLure);
  expect(await found.subjects('is:reclassified')).toEqual([]);
});

test('result fields: all of the specification, filled with what is known', async () => {
  const fields =
    'from from_name to to_name replyto envelope_from envelope_to subject sent_at scanned_at final_disposition alert_id message_id postfix_id ' +
    'edf_hash smtp_helo_server_ip smtp_previous_hop_ip x_originating_ip detection_reasons threat_categories delivery_mode delivery_status ' +
    'is_quarantined is_phish_submission';
  expect(Object.keys(MessageResult.properties)).toEqual(expect.arrayContaining(fields.split(' ')));
  const page = await found.investigations.search({ alert_id: lure }, { limit: 1, language: 'de' });
  expect(page).toMatchObject({
    count: 1,
    items: [
      {
        from: 'billing@invoices.example.net',
        from_name: 'Überfällige Rechnung GmbH',
        to: ['ana@example.org', 'ben@example.org'],
        to_name: ['Ana', ''],
        replyto: 'collect@collect.example',
        envelope_from: 'bounce@invoices.example.net',
        envelope_to: ['ana@example.org', 'ben@example.org'],
        sent_at: '2026-11-02T08:59:00.000Z',
        final_disposition: 'MALICIOUS',
        postfix_id: null,
        smtp_helo_server_ip: '203.0.113.7',
        smtp_previous_hop_ip: '198.51.100.9',
        x_originating_ip: '192.0.2.44',
        detection_reasons: ['Ein Link führt zu einer Domain, die einen bekannten Namen nachahmt.'],
        threat_categories: ['url'],
        delivery_mode: 'REVIEW_SUBMISSION',
        delivery_status: 'quarantined',
        is_quarantined: true,
        is_phish_submission: true,
        post_delivery_operations: ['SUBMISSION', 'MOVE'],
        reports: 1,
      },
    ],
  });
});

test('what cannot be understood says where and what may stand there', async () => {
  for (const [query, code, at] of [
    ['disposition:evil', 'query_bad_value', 0],
    ['a ip:nowhere', 'query_bad_value', 2],
    ['after:yesterday', 'query_bad_value', 0],
    ['is:odd', 'query_bad_value', 0],
    ['"a', 'query_unclosed_quote', 0],
  ] as const)
    expect(await found.investigations.search({ query }, { limit: 1, language: 'en' })).toMatchObject({
      trouble: { code, at },
    });
});
