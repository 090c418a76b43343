import { getBlob } from '../../server/store/blobs.ts';
import { ask } from './ask.ts';
import { DeliveryDesk, idOf } from './delivery-desk.ts';
import { lure, ordinary } from './letters.ts';

let house: DeliveryDesk;
beforeAll(async () => {
  house = await DeliveryDesk.open();
});
afterAll(() => house.close());

const journal = (mail: string, ...recipients: string[]) =>
  [
    'From: <journal@example.org>',
    'To: <acme+journal@reelback.example>',
    'Date: Fri, 20 Nov 2026 09:01:00 +0000',
    'Content-Type: multipart/mixed; boundary="journal"',
    '',
    '--journal',
    'Content-Type: text/plain',
    '',
    'Sender: paula@supplier.example',
    ...recipients.map((address) => `Recipient: ${address}`),
    '--journal',
    'Content-Type: message/rfc822',
    '',
    mail,
    '--journal--',
  ].join('\r\n');

const JOURNAL = { mode: 'JOURNAL' as const, recipients: ['acme+journal@reelback.example'], deliveredAt: null };

describe('an undetected mail', () => {
  test('is one row with many copies, whoever it was delivered to', async () => {
    const first = await house.delivered('ana', ordinary());
    expect(first).toMatchObject({ state: 'kept', disposition: 'NONE', known: false, copies: 1 });
    const second = await house.delivered('ben', ordinary().replace('mx.example.org; Fri', 'mx2.example.org; Fri'));
    expect(second).toMatchObject({ state: 'kept', messageId: idOf(first), known: true });
    const third = await house.seen(journal(ordinary(), 'ida.alias@example.org', 'ana@example.org'), JOURNAL);
    expect(third).toMatchObject({ messageId: idOf(first), known: true, copies: 2 });
    const copies = await house.copies(first);
    expect(copies.map((copy) => copy.mailbox).sort()).toEqual([
      'ana@example.org',
      'ben@example.org',
      'ida@example.org',
    ]);
    expect(copies.find((copy) => copy.mailbox === 'ana@example.org')?.provider_message_id).toMatch(/^ana /);
  });

  test('twice is once', async () => {
    const before = [await house.count('messages'), await house.count('message_copies'), await house.count('verdicts')];
    const again = await house.delivered('ana', ordinary());
    expect(again).toMatchObject({ known: true });
    expect([await house.count('messages'), await house.count('message_copies'), await house.count('verdicts')]).toEqual(
      before,
    );
  });

  test('leaves no body, no passage and no link that opens anything', async () => {
    const seen = await house.delivered('ana', ordinary({ id: 'private-1' }));
    const message = await house.message(seen);
    expect(await getBlob(house.db, message.sha256)).toBeNull();
    expect(message).toMatchObject({ delivery_mode: 'API', reported: false, disposition: 'NONE' });
    const tables = ['messages', 'verdicts', 'deliveries', 'message_copies', 'audit_log'];
    const rows = await Promise.all(tables.map((table) => ask(house.db, `select t::text as text from ${table} t`)));
    const everything = JSON.stringify(rows).toLowerCase();
    expect(everything).toContain('your order of paper and toner');
    expect(everything).toContain('portal.supplier.example');
    for (const passage of ['warehouse', 'before noon', 'geheim-token', 'notes/4711', 'delivery note'])
      expect(everything).not.toContain(passage);
  });

  test('is searched for by what people see in a list', async () => {
    const seen = await house.delivered('ana', ordinary({ id: 'list-1' }));
    expect(await house.message(seen)).toMatchObject({
      subject: 'Your order of paper and toner',
      header_from: 'paula@supplier.example',
      from_name: 'Paula Brandt',
      domains: expect.arrayContaining(['supplier.example']),
      recipients: ['ana@example.org'],
    });
  });
});

test('a detected mail keeps its body and all of its evidence, and is on record', async () => {
  const seen = await house.delivered('ana', lure());
  expect(seen).toMatchObject({ disposition: 'MALICIOUS' });
  const message = await house.message(seen);
  expect(Buffer.from((await getBlob(house.db, message.sha256))!).toString()).toBe(lure());
  expect((await house.verdict(seen)).body.findings.some(({ evidence }) => evidence !== '')).toBe(true);
  expect((await house.audited('delivery.detected')).map((line) => line.subject_id)).toContain(idOf(seen));
});

test('nobody here: mail that went outwards, or to strangers, is not kept', async () => {
  const outwards = journal(
    ordinary({ id: 'out-1', to: 'stranger' }).replace('@example.org', '@elsewhere.example'),
    'x@elsewhere.example',
  );
  expect(await house.seen(outwards, JOURNAL)).toEqual({ state: 'ignored', reason: 'nobody_here' });
});

test('what is no mail is not kept', async () => {
  expect(await house.delivered('ana', '')).toEqual({ state: 'ignored', reason: 'unreadable' });
});

test('a blind copy is known by its header and by what the gateway noted', async () => {
  const raw = `X-Gm-Original-To: <ben.alias@example.org>\r\n${ordinary({ id: 'bcc-1', to: 'everybody' })}`;
  const seen = await house.seen(raw, { mode: 'BCC', recipients: ['acme+bcc@reelback.example'], deliveredAt: null });
  expect(seen).toMatchObject({ state: 'kept', known: false });
  expect((await house.copies(seen)).map((copy) => copy.mailbox)).toEqual(['ben@example.org']);
  expect((await house.message(seen)).delivery_mode).toBe('BCC');
});

test('two workers that see one mail at the same moment make one row', async () => {
  const raw = ordinary({ id: 'race-1' });
  const both = await Promise.all([
    house.delivered('ana', raw),
    house.delivered('ben', raw),
    house.delivered('ida', raw),
  ]);
  expect(new Set(both.map(idOf)).size).toBe(1);
  expect(await house.copies(both[0]!)).toHaveLength(3);
});

test('a mail that was reported first gets its copies and its looks, and is judged once', async () => {
  const raw = lure({ id: 'reported-1', subject: 'Action required: your mailbox is full' });
  const id = await house.desk.report('ben', raw);
  const reported = (await house.desk.submission(id)).message_id;
  const seen = await house.delivered('ana', raw);
  expect(seen).toMatchObject({ messageId: reported, known: true });
  expect(await house.message(seen)).toMatchObject({ reported: true, delivery_mode: 'REVIEW_SUBMISSION' });
  expect((await house.delivery(seen)).due_at).not.toBeNull();
});

test('a seen mail that is reported is the same row, with its body, and makes no wave by itself', async () => {
  const raw = ordinary({ id: 'seen-1' });
  const seen = await house.delivered('ana', raw);
  const id = await house.desk.report('ben', raw);
  expect((await house.desk.submission(id)).message_id).toBe(idOf(seen));
  expect(await house.message(seen)).toMatchObject({ reported: true, delivery_mode: 'API' });
  expect(JSON.stringify((await house.message(seen)).facts)).toContain('portal');
  expect((await house.desk.verdict(id)).findings.map((finding) => finding.id)).not.toContain('campaign.wave');
});

test('a seen mail of which another copy is reported stays one row, with the bytes that were reported', async () => {
  const raw = ordinary({ id: 'seen-2', subject: 'Your order of ink' });
  const seen = await house.delivered('ana', raw);
  const other = raw.replace('mx.example.org; Fri', 'mx2.example.org; Fri');
  const id = await house.desk.report('ben', other);
  expect((await house.desk.submission(id)).message_id).toBe(idOf(seen));
  const { sha256, reported } = await house.message(seen);
  expect([Buffer.from((await getBlob(house.db, sha256))!).toString(), reported]).toEqual([other, true]);
  expect((await house.copies(seen)).map((copy) => copy.mailbox)).toEqual(['ana@example.org']);
});

test('the doors are told how many were seen today', async () => {
  const { seen_today: seen, detected_today: detected, mailboxes, failing } = await house.watching();
  expect(seen).toBeGreaterThan(5);
  expect(detected).toBeGreaterThanOrEqual(2);
  expect([mailboxes, failing]).toEqual([0, []]);
});
