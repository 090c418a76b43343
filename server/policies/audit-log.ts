/** The audit log as the doors read it. */
import type { AuditEntry, AuditType, AuditVerification } from '../../shared/audit.ts';
import { isReference } from '../store/audit.ts';
import { auditLinks, type Head, verifyAudit } from '../store/audit-chain.ts';
import { type AuditRow, auditContents, auditLines } from '../store/audit-log.ts';
import type { Store } from '../store/database.ts';

export interface AuditQuestion {
  type?: AuditType;
  actor?: string;
  action?: string;
  subject?: string;
  start?: string;
  end?: string;
  cursor?: string;
  limit: number;
  /** Remarks of analysts speak of mail and of people: they are for those who read mail. */
  remarks: boolean;
}

export interface AuditLog {
  /** Newest first. */
  list(question: AuditQuestion): Promise<{ items: AuditEntry[]; next_cursor?: string }>;
  verify(options: { from?: number; known?: Head | null }): Promise<AuditVerification>;
  /** The chain, a JSON line each, oldest first: what anybody can recompute it from. It names nobody. */
  export(options: { from?: number }): AsyncIterable<string>;
}

const BATCH = 1_000;

export function openAuditLog(store: Store, tenant: string): AuditLog {
  return {
    async list({ limit, cursor, remarks, ...question }) {
      const before = cursor && /^\d{1,15}$/.test(cursor) ? Number(cursor) : null;
      const rows = await auditLines(store.db, {
        tenant,
        type: question.type ?? null,
        actor: question.actor ?? null,
        action: question.action ?? null,
        subject: question.subject ?? null,
        start: question.start ? new Date(question.start) : null,
        end: question.end ? new Date(question.end) : null,
        before,
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const references = page.flatMap(({ detail }) => Object.values(detail).filter(isReference));
      const hashes = references.map(({ sha256 }) => sha256);
      const contents = await auditContents(store.db, tenant, hashes);
      const items = page.map((row) => entryOf(row, contents, remarks));
      return { items, ...(rows.length > limit && { next_cursor: String(page.at(-1)!.id) }) };
    },

    verify: (options) => verifyAudit(store, tenant, options),

    async *export({ from = 1 }) {
      for (let next = from; ; ) {
        const links = await auditLinks(store.db, tenant, next, BATCH);
        for (const { position, audit_id, hash, at, ...line } of links)
          yield `${JSON.stringify({ position, id: audit_id, at: at?.toISOString() ?? null, ...line, hash: hash.toString('hex') })}\n`;
        if (links.length < BATCH) return;
        next = links.at(-1)!.position + 1;
      }
    },
  };
}

function entryOf(
  { id, at, type, action, actor, kind, person, subject_id, detail, position, hash }: AuditRow,
  contents: ReadonlyMap<string, { body: string }>,
  remarks: boolean,
): AuditEntry {
  const told = Object.entries(detail).map(([name, value]) => {
    const content = isReference(value) && (remarks || name !== 'comment') ? contents.get(value.sha256) : undefined;
    return [name, content ? (JSON.parse(content.body) as unknown) : value];
  });
  return {
    id,
    at: at.toISOString(),
    type,
    action,
    // A reporter's user id says nothing to a person, and who reported what is for those who read mail.
    actor: { id: actor, kind, name: kind === 'reporter' ? null : person },
    subject_id,
    detail: Object.fromEntries(told),
    position,
    hash,
  };
}
