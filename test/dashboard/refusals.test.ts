import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { de } from '../../server/dashboard/words-de.ts';
import { en } from '../../server/dashboard/words-en.ts';

const server = join(__dirname, '../../server');
const read = (...path: string[]) => readFileSync(join(server, ...path), 'utf8');

/** Codes with which a decision about mail is refused. */
const refused = new Set(
  [
    ...readdirSync(join(server, 'retraction')).map((name) => read('retraction', name)),
    read('http', 'move-routes.ts'),
  ].flatMap((source) =>
    [...source.matchAll(/(?:PermanentError\(|Problem\(\s*\d+,\s*)'([a-z_]+)'/g)].map((hit) => hit[1] as string),
  ),
);
/** Said otherwise: a word of its own, and a sentence that the server writes in the language of the request. */
const ELSEWHERE = ['wrong_state', 'destination_unsupported'];

test('whatever a decision is refused for has a sentence in both languages', () => {
  expect(refused).toContain('counting');
  expect(refused).toContain('confirmation_outdated');
  expect(refused.size).toBeGreaterThan(8);
  for (const code of refused) {
    if (!ELSEWHERE.includes(code)) expect([code, en.refusal[code]]).toEqual([code, expect.any(String)]);
  }
  expect(Object.keys(de.refusal).sort()).toEqual(Object.keys(en.refusal).sort());
  for (const [code, sentence] of Object.entries(de.refusal)) expect(sentence).not.toBe(en.refusal[code]);
});
