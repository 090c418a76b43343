/**
 * Delivered mail with a database of its own (fsync on): how many a second are seen (parsed, judged, stored, each mail once and
 * again in a second mailbox), swept because a list has changed, and evaluated one by one. Beside the sweep the bare SQL of
 * the same rows in the same run. REELBACK_BENCH_SEEN: how many mails; half have the size of ordinary mail, half of newsletters.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadModel } from '../../server/analysis/model/model.ts';
import { openDeliveries } from '../../server/delivery/deliveries.ts';
import { evaluateDue } from '../../server/delivery/evaluate.ts';
import { noticeChange, PAGE, sweepNext } from '../../server/delivery/sweep.ts';
import type { DeliveryWorld } from '../../server/delivery/world.ts';
import { offlineResolve } from '../../server/lookups/dns.ts';
import { migrationsOf } from '../../server/open-database.ts';
import { openLists } from '../../server/policies/lists.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { listenForChanges } from '../../server/store/changes.ts';
import { openStore } from '../../server/store/database.ts';
import { seenPage } from '../../server/store/delivery-sweeps.ts';
import { rememberMailboxes } from '../../server/store/directory.ts';
import { startEmbedded, wipeEmbedded } from '../../server/store/embedded.ts';
import { migrate } from '../../server/store/migrate.ts';
import { judgeWith } from '../../server/submission/judge.ts';
import { knownCases } from '../../server/submission/known-cases.ts';
import { readerHere } from '../../server/submission/reader.ts';

export const name = 'pdr: delivered mail seen, swept and evaluated';

const SEEN = Number(process.env.REELBACK_BENCH_SEEN ?? 2_000);
const TENANT = 'bench';
const AT_ONCE = 8;

export async function run(): Promise<{ table: string; json: unknown }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'reelback-bench-'));
  chmodSync(dataDir, 0o711);
  const rootDir = process.cwd();
  const database = await startEmbedded({ dataDir, rootDir });
  await migrate(database.url, migrationsOf(rootDir));
  const fail = (error: Error) => console.error(error.message);
  const store = openStore(database.url, fail);
  const changes = await listenForChanges(database.url, fail);
  let serial = 0;
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const randomId = (prefix: string) => `${prefix}_${String(++serial).padStart(12, '0')}`;
  const lists = openLists(store, TENANT, randomId);
  const model = loadModel(new Uint8Array(readFileSync(join(rootDir, 'server/analysis/models/default.bin'))));
  const ownDomains = async () => ['example.org'];
  const world: DeliveryWorld = {
    tenant: TENANT,
    store,
    changes,
    providers: new Map(),
    settings: openSettings(store, TENANT, DEFAULT_SETTINGS),
    lists,
    judge: judgeWith({
      reader: readerHere(null),
      model,
      resolve: offlineResolve,
      trustedAuthservIds: ['mx.example.org'],
      lists,
      ownDomains,
      knownCases: (message, own, at) => knownCases(store.db, TENANT, message, own, at),
      now,
    }),
    ownDomains,
    model,
    local: () => null,
    modelDigest: 'bench',
    delaysMs: [300_000, 43_200_000, 86_400_000],
    now,
    randomId,
    log: { info: () => {}, warn: (_, text) => console.error(text), error: (_, text) => console.error(text) },
    leaseMs: 60_000,
  };
  try {
    const people = Array.from({ length: 20 }, (_, n) => `p${n}@example.org`);
    await rememberMailboxes(
      store.db,
      TENANT,
      people.map((address) => ({ provider: 'microsoft365', address, aliases: [], userId: address, kind: 'user' })),
      now(),
    );
    const deliveries = openDeliveries(world);
    const deliver = (n: number, person: number) =>
      deliveries.seen(Buffer.from(mail(n)), {
        mode: 'API',
        recipients: [],
        deliveredAt: now(),
        copy: { provider: 'microsoft365', mailbox: people[person % 20]!, providerMessageId: `${n} ${person}` },
      });
    const seen = await rate(SEEN, () => inParallel(SEEN, (n) => deliver(n, n)));
    const again = await rate(SEEN, () => inParallel(SEEN, (n) => deliver(n, n + 1)));

    await noticeChange(world);
    await lists.add('block_senders', { kind: 'domain', value: 'sender-7.example' }, 'bench');
    await noticeChange(world);
    let pages = 0;
    const swept = await rate(SEEN, async () => {
      while (await sweepNext(world, 'bench')) pages++;
    });
    const bare = await rate(SEEN, async () => {
      let after: { at: Date; id: string } | null = null;
      for (;;) {
        const page: Awaited<ReturnType<typeof seenPage>> = await seenPage(store.db, TENANT, {
          after,
          since: new Date(0),
          limit: PAGE,
        });
        const last = page.at(-1);
        if (!last || page.length < PAGE) return;
        after = { at: last.first_seen_at, id: last.id };
      }
    });
    ahead = 400_000;
    const evaluated = await rate(SEEN, async () => {
      while (await evaluateDue(world));
    });
    const bytes = await sql<{ n: number; features: number; indicators: number }>`
      select pg_total_relation_size('messages') + pg_total_relation_size('verdicts') + pg_total_relation_size('deliveries')
           + pg_total_relation_size('delivery_indicators') + pg_total_relation_size('message_copies') + pg_total_relation_size('message_bands') as n,
             avg(length(features))::int as features, (select count(*) from delivery_indicators)::float / count(*) as indicators
      from messages`.execute(store.db);
    const kept = bytes.rows[0]!;
    const rows = [
      ['seen for the first time', seen],
      ['seen again in another mailbox', again],
      ['swept (a list has changed)', swept],
      ['the bare SQL of the sweep', bare],
      ['evaluated one by one', evaluated],
    ] as const;
    const json = {
      mails: SEEN,
      perSecond: Object.fromEntries(rows.map(([what, value]) => [what, Math.round(value)])),
      sweepOfBare: Number((swept / bare).toFixed(2)),
      keptBytesAMail: Math.round(kept.n / SEEN),
      featureBytesAMail: kept.features,
      indicatorsAMail: Number(kept.indicators.toFixed(1)),
      pages,
    };
    const table = [
      `${SEEN} mails`,
      ...rows.map(([what, value]) => `${what.padEnd(34)}${Math.round(value).toLocaleString('en').padStart(8)} mails/s`),
      `kept of a mail, indexes included: ${json.keptBytesAMail.toLocaleString('en')} bytes (features ${kept.features})`,
    ].join('\n');
    return { table, json };
  } finally {
    await changes.close();
    await store.close();
    await database.stop();
    await wipeEmbedded(dataDir, { evenInUse: true });
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (count * 1000) / (performance.now() - began);
}

async function inParallel(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

const WORDS =
  'order meeting invoice project report quarter delivery supplier colleague schedule budget review notes agenda travel ticket system update contract office printer paper toner warehouse'.split(
    ' ',
  );

/** The same number gives the same mail; no two are of one campaign. */
function mail(n: number): string {
  let state = n * 2_654_435_761 + 1;
  const word = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return WORDS[(state >>> 8) % WORDS.length]!;
  };
  const words = (count: number) => Array.from({ length: count }, word).join(' ');
  const links = Array.from(
    { length: n % 2 ? 12 : 2 },
    (_, k) => `<p><a href="https://site-${(n * 7 + k) % 5_000}.example/${word()}/${n}-${k}">${word()}</a></p>`,
  );
  return [
    'Received: from mail.sender.example (mail.sender.example [192.0.2.20]) by mx.example.org; Fri, 20 Nov 2026 08:59:00 +0000',
    `Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=sender-${n % 200}.example; dkim=pass header.d=sender-${n % 200}.example; dmarc=pass header.from=sender-${n % 200}.example`,
    `From: ${word()} ${word()} <${word()}@sender-${n % 200}.example>`,
    'To: <p1@example.org>',
    `Subject: ${words(5)}`,
    'Date: Fri, 20 Nov 2026 08:58:00 +0000',
    `Message-ID: <${n}@sender-${n % 200}.example>`,
    'Content-Type: text/html; charset=utf-8',
    '',
    `<html><body><p>${words(n % 2 ? 400 : 120)}</p>${links.join('')}</body></html>`,
    '',
  ].join('\r\n');
}
