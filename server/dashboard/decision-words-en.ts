/** What the dashboard says around decisions about copies, in English. */
const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const decisionsEn = {
  decide: {
    approve: {
      button: 'Let it run',
      title: 'Take back every copy?',
      text: (n: number) =>
        `Copies in up to ${plural(n, 'mailbox', 'mailboxes')} move to their destination. You can put them back later.`,
      confirm: 'Take back',
    },
    cancel: {
      button: 'Stop',
      title: 'Stop here?',
      text: () => 'Nothing more is moved. What has been moved stays where it is.',
      confirm: 'Stop',
    },
    restore: {
      button: 'Put back',
      title: 'Put every copy back?',
      text: (n: number) =>
        `${plural(n, 'copy returns', 'copies return')} to the folder it was in, read or unread as it was. Reports of this mail will not move it again.`,
      confirm: 'Put back',
    },
    takeBack: {
      button: 'Take it back',
      title: 'Take back every copy?',
      many: (n: number) => `Take back ${plural(n, 'message', 'messages')}?`,
      text: 'Every mailbox is searched, and every copy moves. You can put them back later. The guard and protected mailboxes hold as ever.',
      confirm: 'Take back',
    },
  },
  purge: {
    button: 'Delete for good…',
    title: 'Delete for good?',
    text: (copies: number, mailboxes: number) =>
      `${plural(copies, 'copy', 'copies')} in ${plural(mailboxes, 'mailbox', 'mailboxes')} will be destroyed. This cannot be undone.`,
    confirm: (copies: number) => `Delete ${plural(copies, 'copy', 'copies')} for good`,
    outdated: 'Other copies lie there by now. Please look again before you confirm.',
    waits: (time: string) =>
      `You have asked for it. A second person must confirm until ${time}: they press the same button here.`,
    askedBy: (name: string) => `${name} has asked for it. You would be the second person.`,
    counts: 'deleted for good',
  },
  /** Of what the server refuses, by its code. */
  refusal: {
    destination_fixed: 'Copies have been moved already: put them back first, then choose another destination.',
    standing_retraction: 'This mail is taken back to another place already: put it back first.',
    nothing_to_restore: 'Nothing of this mail has been taken away.',
    not_searchable: 'This mail has no Message-ID, so its copies cannot be searched for.',
    simulation: 'This is one of your own phishing simulations: it is left where it is.',
    nothing_to_purge: 'There is no copy of it that could be deleted for good.',
    confirmation_invalid: 'This confirmation was used or has expired. Please begin again.',
    second_person_required: 'Somebody else must confirm what you asked for.',
    counting: 'Copies are being counted first; nothing is moved. Try again in a moment.',
    confirmation_required: 'This cannot be undone. It wants a confirmation of its own.',
    confirmation_outdated: 'Other copies lie there by now. Please look again before you confirm.',
    one_at_a_time: 'Deleting for good takes one message at a time.',
    already_listed: 'It is in this list already.',
    rate_limited: 'Too many requests. Please wait a little and try again.',
    temporarily_unavailable: 'This cannot be done right now. Please try again.',
    request_timeout: 'The request took too long to arrive. Please try again.',
    internal: 'Something went wrong on our side. It has been noted.',
  } as Record<string, string>,
  effects: {
    title: 'What it does in each suite',
    destination: 'Destination',
    provider: { microsoft365: 'Microsoft 365', google: 'Gmail' },
    copies: (copies: number, mailboxes: number) =>
      `${plural(copies, 'copy', 'copies')} in ${plural(mailboxes, 'mailbox', 'mailboxes')}`,
    searched: (searched: number, total: number) => `${searched} of ${plural(total, 'mailbox', 'mailboxes')} searched`,
    unsearched: (total: number) => `${plural(total, 'mailbox', 'mailboxes')}, not searched yet`,
    protectedOnes: (n: number) => `${n} of them in protected mailboxes`,
  },
  similar: {
    button: 'Similar messages',
    title: 'Similar messages',
    lead: 'Mail of the same kind that has been reported here. Likeness alone moves nothing.',
    none: 'Nothing similar has been reported.',
    incomplete: 'There were more than could be compared at once.',
    percent: (percent: number) => `${percent} % the same`,
    campaign: 'Same campaign',
    reports: (n: number) => plural(n, 'report', 'reports'),
    choose: (subject: string) => `Choose “${subject}”`,
    retract: 'Take back the chosen',
    chosen: (n: number) => plural(n, 'chosen', 'chosen'),
    takenBack: 'taken back',
    started: (n: number) => `${plural(n, 'retraction', 'retractions')} under way:`,
    search: 'Search the mailboxes too',
    searching: 'Searching the mailboxes…',
    found: (found: number, foundIn: number, searched: number, total: number) =>
      `${plural(found, 'mail', 'mails')} in ${plural(foundIn, 'mailbox', 'mailboxes')}; ${searched} of ${total} searched`,
    partly: 'not complete',
    table: 'Found by sender, subject and time; nobody has looked into them',
    columns: { mailbox: 'Mailbox', subject: 'Subject', when: 'Received' },
    more: (n: number) => `and ${n} more`,
  },
  destination: {
    Quarantine: 'Quarantine',
    Inbox: 'Inbox',
    JunkEmail: 'Junk Email, Spam',
    DeletedItems: 'Deleted Items, Bin',
    RecoverableItemsDeletions: 'Recoverable Items (Microsoft 365 only)',
    RecoverableItemsPurges: 'Deleted for good',
    NoAction: 'Leave it',
  } as Record<string, string>,
};
