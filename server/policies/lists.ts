import { PermanentError } from '../../shared/errors.ts';
import type { ListEntry } from '../../shared/list-entry.ts';
import { audit } from '../store/audit.ts';
import type { Db, Store } from '../store/database.ts';
import {
  addListEntry,
  changeListEntry,
  type ListEntryRow,
  listEntries,
  listEntry,
  removeListEntry,
} from '../store/lists.ts';
import type { ListName, Lists } from './face.ts';
import { type CheckedEntry, changedEntry, checkedEntry } from './list-entry.ts';
import { csvOf, entriesOfCsv } from './lists-csv.ts';

export function openLists(store: Store, tenant: string, randomId: (prefix: string) => string): Lists {
  const told = (trx: Db, list: ListName, what: string, actor: string, subjectId: string, detail?: object) =>
    audit(trx, { tenant, actor, action: `${list}.${what}`, subjectId, detail: { ...detail } });

  const add = (trx: Db, list: ListName, entry: CheckedEntry, actor: string) =>
    addListEntry(trx, tenant, list, { id: randomId('lst'), ...entry, created_by: actor });

  return {
    entries: async (list) => (await listEntries(store.db, tenant, list)).map(entryView),

    add: async (list, draft, actor) => {
      const entry = checkedEntry(list, draft);
      const stored = await store.inTransaction(async (trx) => {
        const row = await add(trx, list, entry, actor);
        if (!row) throw new PermanentError('already_listed', `${entry.value} is already in ${list}.`);
        await told(trx, list, 'added', actor, row.id, { kind: entry.kind, value: entry.value });
        return row;
      });
      return entryView(stored);
    },

    change: (list, id, change, actor) =>
      store.inTransaction(async (trx) => {
        const standing = await listEntry(trx, tenant, list, id);
        if (!standing) return null;
        const entry = changedEntry(list, { ...standing, kind: standing.kind as CheckedEntry['kind'] }, change);
        const twin = (await listEntries(trx, tenant, list)).find((e) => e.id !== id && sameKey(e, entry));
        if (twin) throw new PermanentError('already_listed', `${entry.value} is already in ${list}.`);
        const row = await changeListEntry(trx, tenant, list, id, entry);
        if (row) await told(trx, list, 'changed', actor, id, { kind: entry.kind, value: entry.value });
        return row && entryView(row);
      }),

    remove: (list, id, actor) =>
      store.inTransaction(async (trx) => {
        const removed = await removeListEntry(trx, tenant, list, id);
        if (removed) await told(trx, list, 'removed', actor, id);
        return removed;
      }),

    importCsv: async (list, csv, actor) => {
      const entries = entriesOfCsv(list, csv);
      return store.inTransaction(async (trx) => {
        const standing = new Map((await listEntries(trx, tenant, list)).map((row) => [keyOf(row), row]));
        const counts = { added: 0, changed: 0, unchanged: 0 };
        for (const entry of entries) {
          const before = standing.get(keyOf(entry));
          if (!before) {
            await add(trx, list, entry, actor);
            counts.added++;
          } else if (sameContent(before, entry)) counts.unchanged++;
          else {
            await changeListEntry(trx, tenant, list, before.id, entry);
            counts.changed++;
          }
        }
        await told(trx, list, 'imported', actor, list, counts);
        return counts;
      });
    },

    exportCsv: async (list) => csvOf(list, (await listEntries(store.db, tenant, list)).map(entryView)),
  };
}

const keyOf = ({ kind, value }: { kind: string; value: string }) => `${kind} ${value}`;
const sameKey = (a: { kind: string; value: string }, b: { kind: string; value: string }) => keyOf(a) === keyOf(b);

function sameContent(row: ListEntryRow, entry: CheckedEntry): boolean {
  const told = ({ comment, options }: Pick<ListEntryRow, 'comment' | 'options'>) =>
    JSON.stringify([comment, Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return told(row) === told(entry);
}

function entryView({ id, kind, value, options, comment, created_by, created_at }: ListEntryRow): ListEntry {
  return {
    id,
    value,
    comment,
    created_by,
    created_at: created_at.toISOString(),
    kind: kind as ListEntry['kind'],
    ...(options as Partial<ListEntry>),
  };
}
