/** Writing the audit log. What may name people stays outside of it, so that a person can be erased and the chain still holds. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, row } from './database.ts';

export interface AuditLine {
  tenant: string;
  /** Who: a reporter's `tenant/user id`, an analyst, or `reelback` itself. People are written down as pseudonyms. */
  actor: string;
  /** What, such as `submission.received`, `retraction.approved`. */
  action: string;
  subjectId: string;
  /** No mail content: ids, states and reasons. A value that has an address in it, or is a comment, is kept aside by its hash. */
  detail?: Record<string, unknown>;
}

/** Belongs into the transaction of what it tells. */
export async function audit(trx: Db, line: AuditLine): Promise<void> {
  const { tenant, action } = line;
  const actor = await auditName(trx, tenant, line.actor);
  const subject = await auditName(trx, tenant, line.subjectId);
  const detail = JSON.stringify(await withoutContent(trx, tenant, line.detail ?? {}));
  await sql`insert into audit_log (tenant, actor, action, subject_id, detail)
            values (${tenant}, ${actor}, ${action}, ${subject}, ${detail}::jsonb)`.execute(trx);
}

/** A reference in place of a value: SHA-256 of salt, newline and the value as JSON. */
export interface ContentReference {
  sha256: string;
}

export const isReference = (value: unknown): value is ContentReference =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'sha256';

const isPerson = (actor: string) => /[@/]/.test(actor);

/** What stands in the log for an actor or subject: the pseudonym of a person, everything else as it is. */
async function auditName(trx: Db, tenant: string, actor: string): Promise<string> {
  if (!isPerson(actor)) return actor;
  const known = await knownPseudonym(trx, tenant, actor);
  if (known) return known;
  // A reporter is `tenant/user id`; an analyst has an address, or is `oidc/name` where the provider tells none.
  const kind = actor.includes('@') || actor.startsWith('oidc/') ? 'person' : 'reporter';
  await sql`insert into audit_people (tenant, pseudonym, kind, person)
            values (${tenant}, ${freshPseudonym()}, ${kind}, ${actor}) on conflict do nothing`.execute(trx);
  return (await knownPseudonym(trx, tenant, actor))!;
}

export const freshPseudonym = () => `per_${randomBytes(15).toString('hex')}`;

/** null for somebody of whom no line speaks. */
export async function knownPseudonym(db: Db, tenant: string, person: string): Promise<string | null> {
  const found = await row<{ pseudonym: string }>(
    db,
    sql`select pseudonym from audit_people where tenant = ${tenant} and person = ${person}`,
  );
  return found?.pseudonym ?? null;
}

/** Words people type in freely, whatever is in them. */
const FREE_TEXT = new Set(['comment', 'note', 'text']);

async function withoutContent(
  trx: Db,
  tenant: string,
  detail: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(detail)) {
    const body = JSON.stringify(value) as string | undefined;
    if (body === undefined) continue;
    kept[name] = body.includes('@') || FREE_TEXT.has(name) ? await keptAside(trx, tenant, body) : value;
  }
  return kept;
}

/** Salted: an address is guessed too easily from its bare hash. */
async function keptAside(trx: Db, tenant: string, body: string): Promise<ContentReference> {
  const salt = randomBytes(18).toString('base64url');
  const sha256 = contentHash(salt, body);
  await sql`insert into audit_contents (tenant, sha256, salt, body) values (${tenant}, ${sha256}, ${salt}, ${body})`.execute(
    trx,
  );
  return { sha256 };
}

export const contentHash = (salt: string, body: string): string =>
  createHash('sha256').update(`${salt}\n${body}`).digest('hex');
