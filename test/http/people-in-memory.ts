/** Audit log and people of the door tests: one line, one person. */
import type { AuditLog, AuditQuestion } from '../../server/policies/audit-log.ts';
import type { People } from '../../server/submission/people.ts';
import { PermanentError } from '../../shared/errors.ts';

const entry = {
  id: 7,
  at: '2026-08-01T09:00:00.000Z',
  type: 'RETRACTION' as const,
  action: 'retraction.approved',
  actor: { id: 'per_1', kind: 'person' as const, name: 'kim@example.org' },
  subject_id: 'ret_1',
  detail: { from: 'held' },
  position: 1,
  hash: 'a'.repeat(64),
};

export class AuditLogInMemory implements AuditLog {
  readonly asked: AuditQuestion[] = [];
  /** What the chain is found to be. */
  broken: { position: number; audit_id: number; what: 'changed' } | null = null;
  items = [entry];
  async list(question: AuditQuestion) {
    this.asked.push(question);
    return { items: question.type && question.type !== entry.type ? [] : this.items };
  }
  async verify() {
    const head = { position: 1, hash: entry.hash };
    return this.broken
      ? { ok: false, lines: 0, head, broken: this.broken }
      : { ok: true, lines: this.items.length, head };
  }
  async *export() {
    yield `${JSON.stringify({ position: 1, id: 7, canonical: '1:7', hash: entry.hash })}\n`;
  }
}

const erased = {
  submissions: 3,
  mails: 2,
  votes: 3,
  letters: 1,
  sessions: 0,
  signatures: 0,
  audit_contents: 1,
  audit_pseudonyms: 1,
};
const kept = { moved_copies: 4, deliveries: 0, list_entries: 1, settings: 0, directory: 1 };

/** Knows `ana@example.org` until she is erased. */
export class PeopleInMemory implements People {
  readonly known = new Set(['ana@example.org']);
  async preview(address: string) {
    if (!this.known.has(address)) return null;
    return { addresses: [address, 'ap@example.org'], erased, kept, confirmation: 'as-shown' };
  }
  async export(address: string) {
    if (!this.known.has(address)) return null;
    return [
      { name: 'person.json', read: async () => Buffer.from('{}') },
      { name: 'mails/1.eml', read: async () => null },
    ];
  }
  async erase(address: string, confirmation: string) {
    if (!this.known.has(address)) return null;
    if (confirmation !== 'as-shown') throw new PermanentError('confirmation_outdated');
    this.known.delete(address);
    return { erased, kept };
  }
}
