/**
 * The chain over the audit log. A line is sealed within a second of its commit, by one process at a time: writers never
 * wait for the hash of another writer. Each link is SHA-256 of the link before and the canonical text of the line.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { AuditBreach, AuditVerification } from '../../shared/audit.ts';
import { contentHash, isReference } from './audit.ts';
import { auditContents } from './audit-log.ts';
import { type Db, row, rows, type Store } from './database.ts';

const SEAL_MOST = 2_000;

/** Seals what waits, a bounded number. @returns how many lines were sealed; 0 too while another process seals */
export async function sealAudit(db: Db, most = SEAL_MOST): Promise<number> {
  const found = await row<{ n: number }>(db, sql`select audit_seal(${most}) as n`);
  return found?.n ?? 0;
}

export interface Head {
  position: number;
  /** SHA-256, lower-case hex. */
  hash: string;
}

/** Where the chain ends; null while nothing is sealed. */
export async function auditHead(db: Db, tenant: string): Promise<Head | null> {
  return row<Head>(db, sql`select position, encode(hash, 'hex') as hash from audit_heads where tenant = ${tenant}`);
}

export interface Link {
  position: number;
  audit_id: number;
  hash: Buffer;
  /** As the hash was made of; null, as all that follows: the line is gone. */
  canonical: string | null;
  at: Date | null;
  actor: string | null;
  action: string | null;
  subject_id: string | null;
  detail: Record<string, unknown> | null;
}

/** Links in their order, from a position on. */
export async function auditLinks(db: Db, tenant: string, from: number, limit: number): Promise<Link[]> {
  return rows<Link>(
    db,
    sql`select s.position, s.audit_id, s.hash, case when a.id is null then null else audit_canonical(a) end as canonical,
          a.at, a.actor, a.action, a.subject_id, a.detail
        from audit_seals s left join audit_log a on a.id = s.audit_id
        where s.tenant = ${tenant} and s.position >= ${from} order by s.position limit ${limit}`,
  );
}

const ZERO = Buffer.alloc(32);
const BATCH = 2_000;

export const linkHash = (before: Uint8Array, canonical: string): Buffer =>
  createHash('sha256').update(before).update(canonical, 'utf8').digest();

/**
 * Recomputes the chain here, not in the database, and answers the first thing that is wrong.
 * @param from position to begin at; what lies before is believed.
 * @param known a head that was kept elsewhere: the chain must go through it.
 */
export async function verifyAudit(
  store: Store,
  tenant: string,
  { from = 1, known = null }: { from?: number; known?: Head | null } = {},
): Promise<AuditVerification> {
  // What is committed by now belongs to what is verified.
  while ((await sealAudit(store.db)) > 0);
  const head = await auditHead(store.db, tenant);
  const ends = [head, known].filter((end) => end !== null);
  let lines = 0;
  const answer = (broken?: AuditBreach): AuditVerification => ({ ok: !broken, lines, head, ...(broken && { broken }) });

  let expected = from;
  let before: Buffer = from === 1 ? ZERO : ((await auditLinks(store.db, tenant, from - 1, 1))[0]?.hash ?? ZERO);
  for (;;) {
    const links = await auditLinks(store.db, tenant, expected, BATCH);
    const contents = await auditContents(store.db, tenant, links.flatMap(referencesOf));
    for (const link of links) {
      const breach = breachOf(link, expected, before, contents);
      if (breach) return answer(breach);
      if (ends.some((end) => end.position === link.position && end.hash !== link.hash.toString('hex')))
        return answer({ position: link.position, audit_id: link.audit_id, what: 'other_chain' });
      before = link.hash;
      expected = link.position + 1;
      lines += 1;
    }
    if (links.length < BATCH) break;
  }
  // Since the head was read, the chain may have grown; it never shrinks.
  const last = expected - 1;
  const reached = Math.max(0, ...ends.map(({ position }) => position));
  if (last < reached) return answer({ position: last + 1, audit_id: null, what: 'cut_off' });
  if (head === null && last >= from) return answer({ position: last, audit_id: null, what: 'cut_off' });
  const stray = await strayLine(store.db, tenant);
  if (stray !== null) return answer({ position: null, audit_id: stray, what: 'unsealed' });
  const lost = await lostLine(store.db);
  return answer(lost === null ? undefined : { position: null, audit_id: lost, what: 'missing' });
}

function breachOf(
  link: Link,
  expected: number,
  before: Uint8Array,
  contents: ReadonlyMap<string, { salt: string; body: string }>,
): AuditBreach | null {
  const { position, audit_id } = link;
  if (position !== expected) return { position: expected, audit_id: null, what: 'missing' };
  if (link.canonical === null) return { position, audit_id, what: 'missing' };
  if (!linkHash(before, link.canonical).equals(link.hash)) return { position, audit_id, what: 'changed' };
  for (const sha256 of referencesOf(link)) {
    const content = contents.get(sha256);
    if (content && contentHash(content.salt, content.body) !== sha256)
      return { position, audit_id, what: 'content_changed' };
  }
  return null;
}

const referencesOf = ({ detail }: Pick<Link, 'detail'>): string[] =>
  Object.values(detail ?? {})
    .filter(isReference)
    .map(({ sha256 }) => sha256);

/** A line that neither the chain nor the queue before it knows: put in behind both. */
async function strayLine(db: Db, tenant: string): Promise<number | null> {
  const found = await row<{ id: number }>(
    db,
    sql`select a.id from audit_log a where a.tenant = ${tenant}
          and not exists (select from audit_seals s where s.audit_id = a.id)
          and not exists (select from audit_pending p where p.id = a.id) order by a.id limit 1`,
  );
  return found?.id ?? null;
}

/** A line that was to be sealed and is gone. */
async function lostLine(db: Db): Promise<number | null> {
  const found = await row<{ id: number }>(
    db,
    sql`select p.id from audit_pending p where not exists (select from audit_log a where a.id = p.id) order by p.id limit 1`,
  );
  return found?.id ?? null;
}
