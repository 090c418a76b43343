/** product-spec 13, Retraction metrics, and what 11 says of preview: each row asserted on rows in a real database. */
import type { RetractionMetrics } from '../../shared/metrics.ts';
import { ago, MetricsHouse, NOW } from './metrics-seed.ts';

let house: MetricsHouse;
let day: RetractionMetrics;
const span = { start: ago(1_440).toISOString(), end: NOW.toISOString(), names: true, language: 'en' as const };

beforeAll(async () => {
  house = await MetricsHouse.start();
  const mail = await house.mail('MALICIOUS');
  // Reported a minute before its retraction began.
  const report = await house.submission({ message: mail, at: ago(60) });
  const done = await house.retraction(
    mail,
    [
      { mailbox: 'ana@example.org', state: 'retracted', read: true, readAtMove: false, actedAfterS: 2 },
      { mailbox: 'ben@example.org', state: 'retracted', readAtMove: true, actedAfterS: 4, folderName: 'Junk' },
      { mailbox: 'cy@example.org', state: 'restored', actedAfterS: 10, destination: 'JunkEmail' },
      { mailbox: 'dot@example.org', state: 'already_there' },
      { mailbox: 'eve@example.org', state: 'gone' },
      { mailbox: 'list@example.org', state: 'failed', reason: 'no_mailbox' },
      { mailbox: 'fay@example.org', state: 'failed', reason: 'not_authorized' },
      { mailbox: 'gus@example.org', state: 'review', reason: 'different_content' },
      // It had come back: the latest generation counts, once.
      { mailbox: 'hal@example.org', state: 'retracted', actedAfterS: 5, generation: 1 },
      { mailbox: 'hal@example.org', state: 'retracted', actedAfterS: 20, generation: 2, folderName: 'Vacation plans' },
    ],
    { by: `submission ${report}` },
  );
  await house.failedMailbox(done, 'off@example.org', 'unreachable');
  await house.retraction(mail, [{ mailbox: 'ivo@example.org', state: 'retracted' }], { cause: 'manual' });
  await house.retraction(mail, [{ mailbox: 'jan@example.org', state: 'found' }], { state: 'held' });
  await house.retraction(
    mail,
    [
      { mailbox: 'kim@example.org', state: 'found' },
      { mailbox: 'kim@example.org', state: 'found', id: 'another', read: true },
    ],
    { preview: true },
  );
  // The day before.
  await house.retraction(mail, [{ mailbox: 'lou@example.org', state: 'retracted', seen: ago(2_000) }], {
    at: ago(2_000),
  });
  day = await house.metrics.retractions(span);
});
afterAll(() => house.stop());

test('Total: every copy that was to be removed, counted once; what is a person’s to judge is none', () => {
  expect(day.total).toEqual({ copies: 10, removed: 5, nothing_to_remove: 2, failed: 2, waiting: 1 });
});

test('three shares: removed, nothing to remove, failed, of what has an outcome', () => {
  expect(day.shares).toEqual({ removed: 5 / 9, nothing_to_remove: 2 / 9, failed: 2 / 9 });
});

test('the vendor’s two-way view: everything not removed is Fail', () => {
  expect(day.vendor_view).toEqual({ success: 5 / 9, fail: 4 / 9 });
});

test('the user already deleted or junked the copy: moved, already_there or gone, and none is a failure', () => {
  expect(day.total.nothing_to_remove).toBe(2);
  expect(day.from_folders).toContainEqual({ key: 'Junk', count: 1 });
});

test('a distribution list without a mailbox fails as no_mailbox, members are counted on their own', () => {
  expect(day.fail_reasons).toContainEqual({ key: 'no_mailbox', count: 1 });
});

test('not, or no longer, authorised fails as not_authorized', () => {
  expect(day.fail_reasons).toContainEqual({ key: 'not_authorized', count: 1 });
});

test('Fail with reasons: mailboxes that could not be searched have theirs too', () => {
  expect(day.failed_mailboxes).toEqual([{ key: 'unreachable', count: 1 }]);
});

test('Unread / Read at retraction time comes from the moment of the move', () => {
  // Ana's was read when it was seen and unread when it moved; Ben's the other way round.
  expect(day.read_state).toEqual({ unread: 4, read: 1 });
});

test('Auto / Manual', () => {
  expect(day.triggered).toEqual({ auto: 4, manual: 1 });
  expect(day.causes).toEqual([
    { key: 'psr', count: 4 },
    { key: 'manual', count: 1 },
  ]);
});

test('newer screens: total moves and their source folder; and where they went', async () => {
  expect(day.from_folders).toEqual([
    { key: 'Inbox', count: 3 },
    { key: 'Junk', count: 1 },
    { key: 'Vacation plans', count: 1 },
  ]);
  expect(day.destinations).toEqual([
    { key: 'Quarantine', count: 4 },
    { key: 'JunkEmail', count: 1 },
  ]);
  // A folder that somebody has made is named by them: a viewer does not see it.
  const masked = await house.metrics.retractions({ ...span, names: false });
  expect(JSON.stringify(masked)).not.toContain('Vacation');
});

test('"View details" has the interval to search for', () => {
  expect([day.start, day.end]).toEqual([span.start, span.end]);
});

test('seconds from the report to the first and the last copy; restores', () => {
  // Began a minute after the report; first at 2 s, last at 20 s.
  expect(day.seconds).toEqual({ retractions: 1, first: { p50: 62, p99: 62 }, last: { p50: 80, p99: 80 } });
  expect(day.restored_copies).toBe(1);
});

test('a preview is counted beside what moved, not among it', () => {
  expect(day.preview).toEqual({ retractions: 1, copies: 2, mailboxes: 1, unread: 1 });
});

test('the span before is counted for comparison, and the series has no gaps', () => {
  expect(day.previous).toEqual({ copies: 1, removed: 1, nothing_to_remove: 0, failed: 0, waiting: 0 });
  expect(day.bucket).toBe('hour');
  expect(day.series).toHaveLength(24);
  expect(day.series.reduce((all, { removed }) => all + removed, 0)).toBe(5);
});

test('date windows: any span up to 400 days, and one that ends before it begins is refused', async () => {
  const year = { start: '2025-09-01T00:00:00Z', end: '2026-09-02T00:00:00Z', names: true, language: 'en' as const };
  expect(await house.metrics.retractions(year)).toMatchObject({ bucket: 'week', total: { copies: 11 } });
  const refused = { code: 'invalid_span' };
  await expect(house.metrics.retractions({ ...year, end: year.start })).rejects.toMatchObject(refused);
  await expect(house.metrics.retractions({ ...year, start: '2020-01-01T00:00:00Z' })).rejects.toMatchObject(refused);
});

test('11: later decisions of analysts give preview a measured precision for each disposition, a case a campaign', async () => {
  const wave: string[] = [];
  for (const n of [1, 2, 3]) wave.push(await house.mail('MALICIOUS', { id: `msg_wave${n}`, cluster: 'wave' }));
  for (const id of wave) await house.retraction(id, [], { preview: true });
  const [first] = wave;
  await house.decision(first!, 'MALICIOUS');
  const wrong = await house.mail('MALICIOUS');
  await house.retraction(wrong, [], { preview: true });
  await house.decision(wrong, 'NONE');
  // What was decided before the preview began says nothing about it, nor does a verdict that a person dictated.
  const known = await house.mail('MALICIOUS', { verdict: { decidedBy: 'analyst' } });
  await house.retraction(known, [], { preview: true });
  await house.decision(known, 'MALICIOUS');
  const { psr } = await house.metrics.retractions(span);
  const preview = psr.rows.find(({ mode }) => mode === 'preview');
  expect(preview).toMatchObject({
    disposition: 'MALICIOUS',
    campaigns: 3,
    decided: 2,
    right: 1,
    recommendation: 'errors',
  });
  expect(preview!.precision).toBe(0.5);
  expect(psr.rows.find(({ mode }) => mode === 'acted')).toMatchObject({ recommendation: null, decided: 0 });
});
