/** Sessions in the real database: who is signed in, and when that ends. */
import pg from 'pg';
import { IDLE_SECONDS, SESSION_SECONDS } from '../../server/http/session.ts';
import { openSessionBook, type SessionBookWorld } from '../../server/http/session-book.ts';
import { auditLines } from '../../server/store/audit-log.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

const start = new Date('2026-08-01T09:00:00Z');
let clock = start;
let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(() => {
  clock = start;
});

const bookOf = (change: Partial<SessionBookWorld> = {}) =>
  openSessionBook({
    tenant: 'one',
    store,
    now: () => clock,
    grounds: { token: 'secret', oidc: 'provider' },
    ...change,
  });
const kim = { name: 'kim@example.org', role: 'soc_analyst', with: 'oidc', subject: 'https://id.example 1' } as const;
const after = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

test('every server on the database knows a session, and its end ends it everywhere', async () => {
  const [one, other] = [bookOf(), bookOf()];
  const { word } = await one.open(kim);
  expect(await other.find(word)).toMatchObject({ id: kim.name, role: 'soc_analyst', signedInWith: 'oidc' });
  await other.close(word);
  expect(await one.find(word)).toBeNull();
});

test('the database does not hold what the cookie says', async () => {
  const { word } = await bookOf().open(kim);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query('select * from dashboard_sessions');
  await client.end();
  expect(JSON.stringify(rows)).not.toContain(word);
  expect(await bookOf().find('x'.repeat(43))).toBeNull();
});

test('a session ends after a working day, and after two hours in which nobody asked for anything', async () => {
  const book = bookOf();
  const { word } = await book.open(kim);
  for (let at = 0; at < SESSION_SECONDS; at += IDLE_SECONDS - 60) {
    clock = after(at);
    expect(await book.find(word)).not.toBeNull();
  }
  clock = after(SESSION_SECONDS);
  expect(await book.find(word)).toBeNull();

  clock = start;
  const idle = (await book.open(kim)).word;
  clock = after(IDLE_SECONDS);
  expect(await book.find(idle)).toBeNull();
});

test('a session of one tenant is none of another', async () => {
  const { word } = await bookOf().open(kim);
  const other = bookOf({ tenant: 'two' });
  expect(await other.find(word)).toBeNull();
  await other.close(word);
  expect(await other.closeAll(kim.name, 'x')).toBe(0);
  expect(await bookOf().find(word)).not.toBeNull();
});

test('another admin token, and another role mapping, end what rested on them alone', async () => {
  const token = await bookOf().open({ name: 'admin-token', role: 'super_admin', with: 'token', subject: null });
  const oidc = await bookOf().open(kim);
  const found = async (grounds: SessionBookWorld['grounds']) =>
    Promise.all([token, oidc].map(async ({ word }) => (await bookOf({ grounds }).find(word)) !== null));
  expect(await found({ token: 'secret', oidc: 'provider' })).toEqual([true, true]);
  expect(await found({ token: 'another', oidc: 'provider' })).toEqual([false, true]);
  expect(await found({ token: 'secret', oidc: 'other roles' })).toEqual([true, false]);
  expect(await found({ token: null, oidc: null })).toEqual([false, false]);
  expect(await found({ token: 'provider', oidc: 'secret' })).toEqual([false, false]);
});

test('one person has one name, whatever the provider calls them later, and two people never share one', async () => {
  const book = bookOf({ tenant: 'names' });
  const called = async (subject: string, name: string) => (await book.open({ ...kim, subject, name })).session.id;
  expect(await called('id 1', 'kim@example.org')).toBe('kim@example.org');
  expect(await called('id 1', 'kimberly@example.org')).toBe('kim@example.org');
  expect(await called('id 2', 'kim@example.org')).toBe('kim@example.org (id 2)');
});

test('an attempt is taken once, by the browser that began it, within ten minutes', async () => {
  const book = bookOf();
  const attempt = { nonce: 'n', codeVerifier: 'v', returnTo: '/retractions' };
  await book.begin('s1', 'b1', attempt);
  expect(await book.take('s1', 'b2')).toBeNull();
  expect(await bookOf({ tenant: 'two' }).take('s1', 'b1')).toBeNull();
  expect(await book.take('s1', 'b1')).toEqual(attempt);
  expect(await book.take('s1', 'b1')).toBeNull();
  await book.begin('s2', 'b1', attempt);
  clock = after(600);
  expect(await book.take('s2', 'b1')).toBeNull();
});

test('signing in, out and being refused are written down, and who ended whose sessions', async () => {
  const book = bookOf({ tenant: 'told' });
  const { word } = await book.open(kim);
  await book.close(word);
  await book.close(word);
  await book.refused('lee@example.org', 'no_role');
  await book.open(kim);
  expect((await book.list()).map(({ id }) => id)).toEqual([kim.name]);
  expect(await book.closeAll(kim.name, 'admin-token')).toBe(1);
  const query = { type: null, actor: null, action: null, subject: null, start: null, end: null, before: null };
  const lines = await auditLines(store.db, { tenant: 'told', limit: 20, ...query });
  expect(lines.reverse().map(({ person, action }) => `${person} ${action}`)).toEqual([
    'kim@example.org session.signed_in',
    'kim@example.org session.signed_out',
    'lee@example.org session.refused',
    'kim@example.org session.signed_in',
    'admin-token session.revoked',
  ]);
});
