import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageText } from '../../shared/i18n/coverage-text.ts';

const ROOMS = ['message', 'analysis', 'lookups', 'submission'];

const sources = ROOMS.flatMap((room) => {
  const at = join(__dirname, '../../server', room);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(at, name), 'utf8'));
});

/** Every word that a source puts among what is missing or unread, in the ways in which the sources do so. */
const emitted = new Set(
  sources.flatMap((source) => {
    const added = [...source.matchAll(/\b(?:missing|unread)\.(?:add|push)\('(\w+)'\)/g)].map((hit) => hit[1] as string);
    const lists = [...source.matchAll(/\b(?:missing|unread)(?:: | = |\()[^;,\n]*\[([^\]\n]*)\]/g)].map(
      (hit) => hit[1] as string,
    );
    const gathered = /\nfunction missing\([\s\S]*?\n\}/.exec(source)?.[0] ?? '';
    const collected = [...gathered.matchAll(/\.add\('(\w+)'\)/g)].map((hit) => hit[1] as string);
    return [
      ...added,
      ...collected,
      ...lists.flatMap((list) => [...list.matchAll(/'(\w+)'/g)].map((hit) => hit[1] as string)),
    ];
  }),
);

test('every word for what could not be checked is a sentence in both languages', () => {
  for (const known of ['rdap', 'crawl', 'qr', 'dns', 'spf', 'original_headers', 'message_contents', 'ocr', 'crash']) {
    expect(emitted).toContain(known);
  }
  for (const gap of [...emitted, 'time_budget', 'memory_budget']) {
    expect(coverageText(gap, 'en')).toMatch(/^[A-Z].+ .+\.$/);
    expect(coverageText(gap, 'de')).toMatch(/^[A-Z].+ .+\.$/);
    expect(coverageText(gap, 'de-CH')).not.toBe(coverageText(gap, 'en'));
  }
});

test('a word that nobody has a sentence for stays a word', () => {
  expect(coverageText('sandbox', 'en')).toBe('sandbox');
  expect(coverageText('toString', 'de')).toBe('toString');
});
