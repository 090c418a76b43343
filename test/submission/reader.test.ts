import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readerHere, readerOnThread } from '../../server/submission/reader.ts';
import { mailWithPictures, pictureOfCode } from '../message/codes.ts';
import { fixtureBytes, fixtureNames } from '../message/fixtures.ts';
import { hostileMails } from '../message/hostile-mails.ts';

const rootDir = join(__dirname, '../..');
let dir: string;
let entry: string;

beforeAll(() => {
  // Below node_modules, so that packages are found.
  dir = mkdtempSync(join(rootDir, 'node_modules/.cache-reader-'));
  entry = join(dir, 'read-worker.mjs');
  buildSync({
    entryPoints: [join(rootDir, 'server/read-worker.ts')],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a thread reads the same as it is read here, codes included', async () => {
  const onThread = readerOnThread(entry, rootDir);
  const here = readerHere(null);
  for (const name of fixtureNames.slice(0, 20)) {
    const raw = fixtureBytes(name);
    const { message, fingerprint } = await onThread.read(raw);
    const expected = await here.read(raw);
    expect({ message, fingerprint }).toEqual({ message: expected.message, fingerprint: expected.fingerprint });
  }
  const code = await pictureOfCode('https://renew.example.net/mfa');
  const { message, unread } = await onThread.read(mailWithPictures('<p>Scan</p><img src="cid:picture0">', [code]));
  expect(message.links.map(({ host, source }) => [host, source])).toEqual([['renew.example.net', 'qr']]);
  expect(unread).toEqual([]);
  await onThread.close();
});

test('a mail that breaks its budget is a reading of its head, and the next one is read as ever', async () => {
  const reader = readerOnThread(entry, rootDir, { deadlineMs: 1, memoryMb: 128 });
  const raw = hostileMails(0.3)['many fields']?.() as Buffer;
  const { message, unread } = await reader.read(raw);
  expect(unread[0]).toBe('message_contents');
  expect(message.size === raw.length || message.size === 0).toBe(true);
  await reader.close();
});
