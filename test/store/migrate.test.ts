import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../server/store/migrate.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createDatabase();
  await query('drop schema public cascade');
  await query('create schema public');
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await database.drop();
});

function write(name: string, sql: string): void {
  writeFileSync(join(directory, name), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('files are applied in the order of their numbers, once', async () => {
  write('0002-fill.sql', "insert into words values ('phish');");
  write('0001-words.sql', 'create table words (word text primary key); -- why');
  expect(await migrate(database.url, directory)).toEqual(['0001-words', '0002-fill']);
  expect(await migrate(database.url, directory)).toEqual([]);
  write('0003-more.sql', "insert into words values ('lure');");
  expect(await migrate(database.url, directory)).toEqual(['0003-more']);
  expect(await query('select word from words order by word')).toEqual([{ word: 'lure' }, { word: 'phish' }]);
});

test('a file that fails leaves nothing of itself and keeps those before it', async () => {
  write('0001-words.sql', 'create table words (word text primary key)');
  write('0002-broken.sql', 'create table half (id int); insert into nowhere values (1)');
  await expect(migrate(database.url, directory)).rejects.toMatchObject({
    code: 'migration-failed',
    message: expect.stringContaining('0002-broken'),
  });
  expect(await query("select to_regclass('words') is not null as words, to_regclass('half') as half")).toEqual([
    { words: true, half: null },
  ]);
  write('0002-broken.sql', 'create table half (id int)');
  expect(await migrate(database.url, directory)).toEqual(['0002-broken']);
});

test('a file edited after it was applied is refused by name', async () => {
  write('0001-words.sql', 'create table words (word text)');
  await migrate(database.url, directory);
  write('0001-words.sql', 'create table words (word text, meaning text)');
  await expect(migrate(database.url, directory)).rejects.toMatchObject({
    code: 'schema-changed',
    message: expect.stringContaining('0001-words'),
  });
});

test('line ends that a checkout changed are no change', async () => {
  write('0001-words.sql', 'create table words (\n  word text\n)');
  await migrate(database.url, directory);
  write('0001-words.sql', 'create table words (\r\n  word text\r\n)');
  expect(await migrate(database.url, directory)).toEqual([]);
});

test('a database that a newer release has migrated is refused', async () => {
  write('0001-words.sql', 'create table words (word text)');
  write('0002-next.sql', 'create table next (word text)');
  await migrate(database.url, directory);
  rmSync(join(directory, '0002-next.sql'));
  await expect(migrate(database.url, directory)).rejects.toMatchObject({
    code: 'schema-newer',
    message: expect.stringContaining('0002-next'),
  });
});

test.each([
  [['1-words.sql'], '1-words.sql'],
  [['0001-Words.sql'], '0001-Words.sql'],
  [['0001-a.sql', '0001-b.sql'], '0001-a and 0001-b'],
])('misnamed files %j are refused', async (names, culprit) => {
  for (const name of names) write(name, 'select 1');
  await expect(migrate(database.url, directory)).rejects.toMatchObject({
    code: 'migration-misnamed',
    message: expect.stringContaining(culprit),
  });
});

test('a file numbered below one that has been applied is refused', async () => {
  write('0002-second.sql', 'select 1');
  await migrate(database.url, directory);
  write('0001-late.sql', 'select 1');
  await expect(migrate(database.url, directory)).rejects.toMatchObject({ code: 'migration-misnamed' });
});

test('servers that start at the same time apply each file once', async () => {
  write('0001-words.sql', 'create table words (word text); select pg_sleep(0.2)');
  write('0002-fill.sql', "insert into words values ('phish')");
  const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, directory)));
  expect(applied.flat().sort()).toEqual(['0001-words', '0002-fill']);
  expect(await query('select count(*)::int as count from words')).toEqual([{ count: 1 }]);
});
