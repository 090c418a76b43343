/** What the owner of a mailbox does in it, by hand. */
import type { Faults } from './faults.ts';
import type { Timing } from './simulator.ts';
import type { Item, Mailbox } from './tenant/mailbox.ts';
import type { Tenant } from './tenant/tenant.ts';

export interface Owner {
  reads(address: string, which: string, isRead: boolean, timing?: Timing): void;
  moves(address: string, which: string, folder: string, timing?: Timing): void;
  deletes(address: string, which: string, timing?: Timing): void;
  removes(address: string, which: string, timing?: Timing): void;
}

export function ownerOf(tenant: Tenant, faults: Faults): Owner {
  function act(
    address: string,
    which: string,
    timing: Timing | undefined,
    action: (mailbox: Mailbox, item: Item) => void,
  ): void {
    const mailbox = tenant.mailboxOrThrow(address);
    if (timing?.after === undefined) action(mailbox, findItem(mailbox, which));
    else faults.after(mailbox.address, timing.after, () => action(mailbox, findItem(mailbox, which)));
  }

  function moveTo(mailbox: Mailbox, item: Item, folder: string): void {
    mailbox.change(item, { lastFolder: item.folder, movedByUser: true });
    mailbox.move(item, mailbox.folderOrThrow(folder));
  }

  return {
    reads: (address, which, isRead, timing) =>
      act(address, which, timing, (mailbox, item) => mailbox.change(item, { isRead })),
    moves: (address, which, folder, timing) =>
      act(address, which, timing, (mailbox, item) => moveTo(mailbox, item, folder)),
    deletes: (address, which, timing) =>
      act(address, which, timing, (mailbox, item) => moveTo(mailbox, item, 'deleteditems')),
    removes: (address, which, timing) => act(address, which, timing, (mailbox, item) => mailbox.remove(item)),
  };
}

/** By id, label, Message-ID or subject; the newest when several fit. @throws Error when none does */
export function findItem(mailbox: Mailbox, which: string): Item {
  const items = mailbox.list();
  const item =
    mailbox.item(which) ??
    items.find((one) => one.label === which) ??
    items.find((one) => one.internetMessageId === which) ??
    items.find((one) => one.subject === which);
  if (!item) throw new Error(`${mailbox.address} has no item ${which}`);
  return item;
}
