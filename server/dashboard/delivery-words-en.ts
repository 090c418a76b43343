/** What the cards of delivered mail say, in English. */
const mails = (n: number) => `${n.toLocaleString('en')} ${n === 1 ? 'mail' : 'mails'}`;

export const deliveryEn = {
  pdr: {
    title: 'When delivered mail turns out bad',
    lead: 'Post Delivery Response: mail that was seen on its delivery is evaluated again after 5 minutes, 12 hours and 24 hours, and whenever a list, the model or a confirmed case changes. What now has a verdict with a destination under “Where copies go” is taken back, also mail that is malicious at first sight. Nobody needs to have reported it.',
    modes: {
      on: ['On', 'Copies are taken back from every mailbox, within the guard.'],
      preview: ['Preview', 'Copies are found and counted, and stay where they are. A person can let each run.'],
      off: ['Off', 'Nothing is searched. The audit log still says what would have been taken back.'],
    },
    needs:
      'Only mail that is seen can be evaluated: watch mailboxes, or have journal reports or blind copies sent here.',
  },
  watch: {
    title: 'Watched mailboxes',
    lead: 'New mail in the inbox of these mailboxes is read and judged on its delivery. Of mail in which nothing is found only metadata, hashes and numbers are kept: sender, recipients, subject, hosts of links, names of attachments. Its text is not.',
    all: 'Every mailbox of the directory',
    some: 'Mailboxes, one address a line',
    every: 'Seconds between two looks',
    back: 'Hours to read back when watching begins',
    none: 'Nothing is watched. Add addresses above, or all mailboxes, and save.',
    watched: (n: number, begun: number) =>
      begun < n
        ? `${n.toLocaleString('en')} watched, ${begun.toLocaleString('en')} of them read so far.`
        : `${n.toLocaleString('en')} watched.`,
    last: 'Last look:',
    today: (seen: number, detected: number) =>
      `In the last 24 hours ${mails(seen)} seen, ${detected.toLocaleString('en')} detected.`,
    failing: 'These cannot be read:',
    since: 'since',
    reasons: {
      not_authorized: 'we may not read this mailbox; give the app access to it',
      no_mailbox: 'there is no mailbox in the cloud',
      provider_not_configured: 'its mail provider is not connected',
    },
    sweep: {
      reasons: { model: 'the model has changed', lists: 'a list has changed', case: 'a case was confirmed' },
      running: (reason: string, n: number) => `Stored mail is evaluated again because ${reason}: ${mails(n)} so far.`,
      over: (reason: string, n: number, changed: number) =>
        `Last evaluated again because ${reason}: ${mails(n)}, ${changed.toLocaleString('en')} judged otherwise.`,
    },
  },
};
