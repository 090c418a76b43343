import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breachesOf, roomOf } from './house/rules.ts';
import { readSource } from './house/source.ts';

const tops = ['bin', 'gmail-addon', 'outlook-addin', 'server', 'shared', 'simulator', 'test'];

/** Breaches of a house given as path to text. */
function inspect(house: Record<string, string>): string[] {
  const code = Object.entries(house).filter(([path]) => /\.(ts|tsx|mjs)$/.test(path));
  return breachesOf(
    code.map(([path, text]) => readSource(path, text)),
    Object.keys(house),
  );
}

function readHouse(): Record<string, string> {
  const present = readdirSync('.').filter((name) => tops.includes(name));
  const paths = present.flatMap((top) =>
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(
    paths.map((path) => [path, /\.(ts|tsx|mjs)$/.test(path) ? readFileSync(path, 'utf8') : '']),
  );
}

test('the house stands as it was designed', () => {
  expect(inspect(readHouse())).toEqual([]);
});

test('the inspection reads the whole house', () => {
  const rooms = new Set(Object.keys(readHouse()).map(roomOf));
  expect([...rooms]).toEqual(
    expect.arrayContaining(['shared', 'simulator', 'outlook-addin', 'server', 'server/store', 'server/message', null]),
  );
});

describe('it would notice', () => {
  test.each(
    (
      [
        // Directions.
        [
          'server/message/parse.ts',
          "import { a } from '../analysis/a.ts';",
          'server/message may not import server/analysis',
        ],
        ['server/message/parse.ts', "import type { A } from '../store/a.ts';", 'may not import server/store'],
        ['server/analysis/a.ts', "export { a } from '../mailboxes/a.ts';", 'may not import server/mailboxes'],
        [
          'server/mailboxes/a.ts',
          "export * from '../message/a.ts';\nexport const b = 1;",
          'may not import server/message',
        ],
        ['server/store/a.ts', "const a = await import('../submission/a.ts');", 'may not import server/submission'],
        ['server/store/a.ts', "import { a } from '../jobs/a.ts';", 'may not import server/jobs'],
        ['server/retraction/a.ts', "import { a } from '../submission/a.ts';", 'may not import server/submission'],
        ['server/retraction/a.ts', "type A = import('../http/a.ts').A;", 'may not import server/http'],
        [
          'server/submission/a.ts',
          "import { a } from '../configuration.ts';",
          'server/submission may not import server (',
        ],
        ['server/http/a.ts', "import { a } from '../main.ts';", 'may not import server ('],
        ['server/http/a.ts', "import { a } from '../dashboard/a.ts';", 'may not import server/dashboard'],
        // What is deployed on its own.
        [
          'server/dashboard/app.tsx',
          "import { a } from '../http/a.ts';",
          'server/dashboard may not import server/http',
        ],
        ['outlook-addin/pane.tsx', "import type { A } from '../server/http/a.ts';", 'may not import server/http'],
        ['outlook-addin/pane.tsx', "import { a } from '../simulator/a.ts';", 'may not import simulator'],
        ['simulator/start.ts', "import { a } from '../shared/errors.ts';", 'simulator may not import shared'],
        ['simulator/graph/a.ts', "import { a } from '../../server/mailboxes/a.ts';", 'may not import server/mailboxes'],
        ['server/main.ts', "import { a } from '../simulator/start.ts';", 'server may not import simulator'],
        ['server/cli.ts', "const a = await import('../simulator/start.ts');", 'server may not import simulator'],
        ['shared/api.ts', "import { a } from '../server/message/a.ts';", 'shared may not import server/message'],
        ['shared/api.ts', "import { a } from '../outlook-addin/a.ts';", 'shared may not import outlook-addin'],
        ['shared/api.ts', "import { a } from 'node:crypto';", 'runs in add-ins too'],
        ['server/store/a.ts', "import { a } from '../../test/setup/a.ts';", 'which is in no room'],
        ['server/http/a.ts', 'const a = await import(name);', 'computed import'],
        // Purity.
        ['server/message/a.ts', "import { readFileSync } from 'node:fs';", 'is pure'],
        ['server/message/a.ts', "import { connect, isIP } from 'node:net';", 'is pure'],
        ['server/analysis/a.ts', "import { setTimeout } from 'node:timers/promises';", 'is pure'],
        // One place each.
        ['server/http/a.ts', "import pg from 'pg';", 'SQL is in server/store'],
        ['server/retraction/a.ts', "import { sql } from 'kysely';", 'SQL is in server/store'],
        ['server/retraction/a.ts', 'const a = `select id\n from copies where id = 1`;', 'has SQL'],
        ['server/submission/a.ts', "const a = 'insert into submissions values (1)';", 'has SQL'],
        ['outlook-addin/pane.tsx', 'const item = Office.context.mailbox.item;', 'says Office'],
        ['outlook-addin/pane.tsx', 'function a(event: Office.AddinCommands.Event) { return event; }', 'says Office'],
        ['outlook-addin/pane.tsx', "const a = globalThis['Office'];", 'says Office'],
        ['gmail-addon/cards.ts', "UrlFetchApp.fetch('https://reelback.example');", 'says UrlFetchApp'],
        ['server/http/a.ts', 'const a = import.meta.url;', 'import.meta'],
        // Style.
        ['server/http/a.ts', 'export default 1;', 'no default exports'],
        ['server/http/a.ts', 'const a = 1;\nexport { a as default };', 'no default exports'],
        ['server/http/a.ts', "export { a } from './b.ts';", 'barrel'],
        ['server/http/a.ts', "import { b } from './b';", 'has no extension'],
        ['server/http/index.ts', 'export const a = 1;', 'no index barrels'],
        ['server/utils/a.ts', 'export const a = 1;', '"utils" says nothing'],
        ['server/http/helpers.ts', 'export const a = 1;', '"helpers" says nothing'],
        ['server/http/readMail.ts', 'export const a = 1;', 'kebab-case'],
        ['server/cellar/a.ts', 'export const a = 1;', 'no room of the house'],
        ['server/http/a.ts', 'export const a = 1;\n'.repeat(351), '351 lines'],
      ] satisfies [string, string, string][]
    ).map(([path, text, breach]) => ({ path, text, breach })),
  )('$path: $breach', ({ path, text, breach }) => {
    expect(inspect({ [path]: text })).toEqual(expect.arrayContaining([expect.stringContaining(breach)]));
  });
});

test.each<[string, string]>([
  ['server/analysis/a.ts', "import type { Message } from '../message/message.ts';\nimport { isIP } from 'node:net';"],
  ['server/analysis/classify-command.ts', "import { readFileSync } from 'node:fs';"],
  ['server/jobs/queue.ts', "import PgBoss from 'pg-boss';\nimport { a } from '../store/a.ts';"],
  ['server/submission/a.ts', "import { a } from '../retraction/a.ts';\nimport { b } from '../message/b.ts';"],
  ['server/http/a.ts', "import { a } from '../submission/a.ts';\nimport { b } from '../../shared/b.ts';"],
  [
    'server/main.ts',
    "import { a } from './http/a.ts';\nimport { b } from './store/b.ts';\nimport { c } from './command.ts';",
  ],
  ['outlook-addin/office.ts', 'export const item = () => Office.context.mailbox.item;'],
  ['outlook-addin/pane.tsx', '// Office is only a word here\nexport const a = <p>Microsoft Office</p>;'],
  ['server/http/a.ts', "export const a = 'select a mail from the list';".replace('from the', 'of the')],
  ['server/store/a.ts', 'export const a = `select id from copies`;'],
  ['test/flow/a.test.ts', "import { a } from '../../server/main.ts';\nimport { b } from '../../simulator/start.ts';"],
])('and lets pass what is right: %s', (path, text) => {
  expect(inspect({ [path]: text })).toEqual([]);
});
