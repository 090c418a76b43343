import { sql } from 'kysely';
import type { Copy } from '../../server/mailboxes/port.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { readLedger } from '../../server/retraction/ledger.ts';
import { DEFAULT_TUNING, type RetractionWorld } from '../../server/retraction/world.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { insertCopies } from '../../server/store/retraction-copies.ts';
import { type RetractionRow, retractionById } from '../../server/store/retractions.ts';
import { lure } from '../flow/mail.ts';
import { ANA, startWorkspace, type TestWorkspace } from '../mailboxes/workspace.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';
import { insertRunning } from './running.ts';

const ID = '<lure@example.org>';

let database: TestDatabase;
let store: Store;
let workspace: TestWorkspace;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url, () => {});
  workspace = await startWorkspace({ settings: { retryForMs: 1_000 } });
});

afterAll(async () => {
  await workspace.simulator.stop();
  await store.close();
  await database.drop();
});

test('of copies that cannot all be read now, those before count: the next look goes on behind them', async () => {
  const { google, provider, simulator } = workspace;
  for (let n = 0; n < 6; n++) google.deliver(ANA, lure(ID, ANA));
  await insertRunning(store.db, 'ret_bomb');
  const stored = (await retractionById(store.db, 'tenant', 'ret_bomb')) as RetractionRow;
  const fingerprint = fingerprintOf(await parseMessage(Buffer.from(lure(ID, ANA))));
  const retraction = { ...stored, fingerprint };
  const world = { store, tenant: 'tenant', now: () => new Date(), tuning: DEFAULT_TUNING } as RetractionWorld;
  const [found] = await provider.findCopies([ANA], ID);
  const copies: Copy[] = found?.ok ? found.value : [];
  expect(copies).toHaveLength(6);

  const outage = simulator.faults.add({ mailbox: ANA, route: 'gmailGet', skip: 4, fault: { status: 503 } });
  const first = await readLedger(world, retraction, provider, ANA, copies, new Date());
  expect(first).toMatchObject({ clean: false, stopped: { name: 'TemporaryError' } });
  expect(first.rows.map(({ state }) => state)).toEqual(['found', 'found', 'found', 'found']);
  await insertCopies(store.db, first.rows);

  outage.remove();
  const second = await readLedger(world, retraction, provider, ANA, copies, new Date());
  expect(second).toMatchObject({ stopped: null });
  const ids = [...first.rows, ...second.rows].map(({ providerMessageId }) => providerMessageId);
  expect([second.rows.length, new Set(ids).size]).toEqual([2, 6]);

  // A look ends before the lease does, however many copies there are; one at least is compared.
  let minutes = 0;
  const slow = { ...world, now: () => new Date(60_000 * ++minutes) } as RetractionWorld;
  await store.db.executeQuery(sql`delete from retraction_copies`.compile(store.db));
  const short = await readLedger(slow, retraction, provider, ANA, copies, new Date());
  expect(short).toMatchObject({ clean: false, stopped: { message: 'more copies than one look compares' } });
  expect(short.rows.length).toBe(1);
});
