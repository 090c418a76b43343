import type { EffectWords } from './effect-words.ts';

export const effectsEn: EffectWords = {
  provider: { microsoft365: 'Microsoft 365', google: 'Gmail' },
  effect: {
    microsoft365: {
      Quarantine:
        'A hidden folder of the mailbox that nobody sees in Outlook. Copies stay there until you put them back; nothing expires.',
      Inbox: 'Back to the folder it was in, read or unread as it was.',
      JunkEmail: 'Junk Email: its owner still sees it there. One move puts it back.',
      DeletedItems: 'Deleted Items: its owner still sees it there and can open it. One move puts it back.',
      RecoverableItemsDeletions:
        'Recoverable Items: out of sight, but its owner can recover it. Exchange deletes it after 14 to 30 days; until then it can be put back.',
      RecoverableItemsPurges:
        'Deleted for good: neither its owner nor Reelback can bring it back. Only an Exchange administrator can, through eDiscovery, while retention lasts.',
    },
    google: {
      Quarantine:
        'The Bin, with a hidden label of ours: its owner still sees it in the Bin. Google deletes it after 30 days; until then it can be put back exactly.',
      Inbox: 'Its labels come back as they were, read or unread as it was.',
      JunkEmail:
        'Spam: still visible there, and it teaches the spam filter of its owner. Google deletes it after 30 days; until then it can be put back.',
      DeletedItems:
        'The Bin: its owner still sees it there. Google deletes it after 30 days; until then it can be put back.',
      RecoverableItemsDeletions: 'Gmail has no such place.',
      RecoverableItemsPurges: 'Deleted for good: nobody can bring it back. This cannot be undone.',
    },
  },
  unsupported: {
    microsoft365: 'This Microsoft cloud does not offer it: copies there would stay where they are.',
    google: 'Gmail has no place for deleted mail beyond the Bin: copies there would stay where they are.',
  },
  refused: (providers) => `${providers} has no such place, and copies may lie there. Choose another destination.`,
  onlyRestore: 'To the Inbox mail is moved only by putting it back.',
};
