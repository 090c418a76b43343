import { createOutbox, type KeptReport } from '../../outlook-addin/outbox.ts';

function memory(initial: Record<string, string> = {}) {
  const values = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    values,
  };
}

const report = (key: string, changes: Partial<KeptReport> = {}): KeptReport => ({
  key,
  user: 'ana@example.org',
  request: { provider: 'microsoft365', mailbox: 'ana@example.org', type: 'phish' },
  keptAt: 1_000,
  ...changes,
});

const keys = (reports: KeptReport[]) => reports.map(({ key }) => key);

test('reports are kept in order, once for each key, until they are removed', () => {
  const store = memory();
  const outbox = createOutbox([() => store], () => 1_000);
  for (const key of ['a', 'b', 'a']) expect(outbox.keep(report(key))).toBe(true);
  expect(keys(outbox.list('ana@example.org'))).toEqual(['b', 'a']);
  outbox.remove('b');
  expect(keys(createOutbox([() => store], () => 1_000).list('ana@example.org'))).toEqual(['a']);
});

test('another account in the same browser does not see them', () => {
  const outbox = createOutbox([() => memory({ 'reelback.outbox': JSON.stringify([report('a')]) })], () => 1_000);
  expect(outbox.list('ben@example.org')).toEqual([]);
});

test('after a week they are forgotten, and more than twenty are not kept', () => {
  const store = memory();
  let now = 1_000;
  const outbox = createOutbox([() => store], () => now);
  for (let i = 0; i < 25; i++) outbox.keep(report(`k${i}`));
  expect(keys(outbox.list('ana@example.org'))).toHaveLength(20);
  expect(keys(outbox.list('ana@example.org'))[0]).toBe('k5');
  now += 7 * 24 * 3_600_000;
  expect(outbox.list('ana@example.org')).toEqual([]);
});

test('a store that is blocked gives way to the next; with none the report is not said to be kept', () => {
  const blocked = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const second = memory();
  const outbox = createOutbox([blocked, () => null, () => second], () => 1_000);
  expect(outbox.keep(report('a'))).toBe(true);
  expect(keys(outbox.list('ana@example.org'))).toEqual(['a']);
  expect(createOutbox([blocked, () => null], () => 1_000).keep(report('a'))).toBe(false);
  expect(createOutbox([blocked], () => 1_000).list('ana@example.org')).toEqual([]);
});

test.each(['{', '{}', '[1,null,{"key":"x"}]', 'null'])('spoilt contents %s are no reports', (spoilt) => {
  const store = memory({ 'reelback.outbox': spoilt });
  const outbox = createOutbox([() => store], () => 1_000);
  expect(outbox.list('ana@example.org')).toEqual([]);
});
