/** A mail folder, and the well-known ones every mailbox has. */

export interface Folder {
  id: string;
  displayName: string;
  /** Graph's well-known name, lower case; absent for folders people made. */
  wellKnown?: string;
  parent: string | null;
  isHidden: boolean;
}

type Language = 'en' | 'de';

/** Well-known name, display names, and where it hangs. The dumpster folders are outside the tree that clients see. */
export const wellKnownFolders: readonly { name: string; en: string; de: string; dumpster?: true }[] = [
  { name: 'inbox', en: 'Inbox', de: 'Posteingang' },
  { name: 'drafts', en: 'Drafts', de: 'Entwürfe' },
  { name: 'sentitems', en: 'Sent Items', de: 'Gesendete Elemente' },
  { name: 'deleteditems', en: 'Deleted Items', de: 'Gelöschte Elemente' },
  { name: 'junkemail', en: 'Junk Email', de: 'Junk-E-Mail' },
  { name: 'archive', en: 'Archive', de: 'Archiv' },
  { name: 'outbox', en: 'Outbox', de: 'Postausgang' },
  { name: 'conversationhistory', en: 'Conversation History', de: 'Aufgezeichnete Unterhaltungen' },
  { name: 'recoverableitemsdeletions', en: 'Deletions', de: 'Deletions', dumpster: true },
  { name: 'recoverableitemspurges', en: 'Purges', de: 'Purges', dumpster: true },
];

const names = new Map(wellKnownFolders.map((folder) => [folder.name, folder]));

/** Whether a well-known name is one of Recoverable Items, which `/messages` does not list. */
export function isDumpster(wellKnown: string | undefined): boolean {
  return wellKnown !== undefined && names.get(wellKnown)?.dumpster === true;
}

export function displayNameOf(wellKnown: string, language: Language): string {
  return names.get(wellKnown)?.[language] ?? wellKnown;
}

export type { Language };
