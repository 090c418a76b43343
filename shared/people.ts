/** Personal data: what Reelback knows of one person, and what erasing them does. */
import Type from 'typebox';

const Count = (description: string) => Type.Integer({ description });

export const ErasedCounts = Type.Object({
  submissions: Count('Reports that no longer say whose they were, with their comments; waiting ones are withdrawn.'),
  mails: Count('Mails whose bytes are deleted: uploaded or read for these reports alone.'),
  votes: Count('Votes, and with them the record of how often the person was right.'),
  letters: Count('Answers and notices to them, and reports by mail that wait.'),
  sessions: Count('Sessions of the dashboard.'),
  signatures: Count('Decisions and settings that carried their name.'),
  audit_contents: Count('Texts that lines of the audit log refer to by hash.'),
  audit_pseudonyms: Count('Pseudonyms of the audit log that stand for nobody from now on.'),
});
export type ErasedCounts = Type.Static<typeof ErasedCounts>;

export const KeptCounts = Type.Object({
  moved_copies: Count('Rows that put mail of their mailbox back where it was.'),
  deliveries: Count('Mails known to be in their mailbox: retention deletes them.'),
  list_entries: Count('Lists that name an address of theirs: policy of the organisation.'),
  settings: Count('Settings that name an address of theirs.'),
  directory: Count('Entries of the directory, as the provider lists them.'),
});
export type KeptCounts = Type.Static<typeof KeptCounts>;

export const PersonPreview = Type.Object({
  addresses: Type.Array(Type.String(), { description: 'All of them: aliases belong to the same person.' }),
  erased: ErasedCounts,
  kept: KeptCounts,
  confirmation: Type.String({ description: 'Erases exactly this; another count needs another look.' }),
});
export type PersonPreview = Type.Static<typeof PersonPreview>;

export const PersonErased = Type.Object({ erased: ErasedCounts, kept: KeptCounts });
export type PersonErased = Type.Static<typeof PersonErased>;
