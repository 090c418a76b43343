import { PermanentError } from '../../shared/errors.ts';
import { audit } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import { addListEntry, listEntries, removeListEntry } from '../store/settings.ts';
import type { ListName, Lists } from './face.ts';

const ADDRESS = /^[^\s@<>,;"]{1,64}@[a-z0-9.-]{1,253}$/;
const DOMAIN = /^(?=.{3,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/;

export function openLists(store: Store, tenant: string, randomId: (prefix: string) => string): Lists {
  return {
    entries: async (list) =>
      (await listEntries(store.db, tenant, list)).map((e) => ({ ...e, created_at: e.created_at.toISOString() })),
    add: async (list, value, comment, actor) => {
      const entry = { id: randomId('lst'), value: normalised(list, value), comment, createdBy: actor };
      await store.inTransaction(async (trx) => {
        if (!(await addListEntry(trx, tenant, list, entry))) {
          throw new PermanentError('already_listed', `${entry.value} is already in ${list}.`);
        }
        await audit(trx, {
          tenant,
          actor,
          action: `${list}.added`,
          subjectId: entry.id,
          detail: { value: entry.value },
        });
      });
      return (await openLists(store, tenant, randomId).entries(list)).find((e) => e.id === entry.id)!;
    },
    remove: (list, id, actor) =>
      store.inTransaction(async (trx) => {
        const removed = await removeListEntry(trx, tenant, list, id);
        if (removed) await audit(trx, { tenant, actor, action: `${list}.removed`, subjectId: id });
        return removed;
      }),
  };
}

/** Lists hold lower-case addresses, or domains with a leading @ dropped. A mailbox is always an address. */
function normalised(list: ListName, value: string): string {
  const entry = value.trim().toLowerCase().replace(/^@/, '');
  if (ADDRESS.test(entry)) return entry;
  if (list !== 'protected_mailboxes' && DOMAIN.test(entry)) return entry;
  throw new PermanentError(
    'invalid_entry',
    list === 'protected_mailboxes'
      ? 'An entry is the address of a mailbox, such as ceo@example.org.'
      : 'An entry is an address such as billing@example.org, or a domain such as example.org.',
  );
}
