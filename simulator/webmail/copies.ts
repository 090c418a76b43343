import type { Item } from '../tenant/mailbox.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { CopyEntry } from './wire.ts';

const MOST = 200;

/** Every message of the tenant with this Message-ID, by name: what the demo shows beside the mail. */
export function copiesOf(tenant: Tenant, item: Item): CopyEntry[] {
  const found: CopyEntry[] = [];
  for (const mailbox of tenant.allMailboxes()) {
    for (const copy of mailbox.list()) {
      if (copy.internetMessageId !== item.internetMessageId || found.length >= MOST) continue;
      const folder = mailbox.folders.get(copy.folder);
      found.push({
        address: mailbox.address,
        displayName: tenant.person(mailbox.address)?.displayName ?? mailbox.address,
        folder: folder?.displayName ?? '',
        wellKnown: folder?.wellKnown ?? null,
        hidden: folder?.isHidden ?? false,
        isRead: copy.isRead,
        sameMail: copy.subject === item.subject,
      });
    }
  }
  return found.sort((a, b) => a.displayName.localeCompare(b.displayName));
}
