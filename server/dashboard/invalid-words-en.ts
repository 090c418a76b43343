/** What the dashboard says about reports that could not be judged, and about mail to and from people, in English. */
import type { MailKind } from '../../shared/mail.ts';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export const invalidEn = {
  invalid: {
    title: 'Invalid reports',
    count: (n: number, more: boolean) => `${plural(n, 'report', 'reports')}${more ? ' and more' : ''}`,
    search: 'Id, address or subject',
    reason: 'Reason',
    any: 'all',
    since: 'Since',
    days: { '1': '1 day', '7': '7 days', '30': '30 days', '90': '90 days' } as Record<string, string>,
    ever: 'ever',
    empty: {
      title: 'Nothing has gone wrong',
      lead: 'Reports that cannot be judged wait here with their reason: a mail forwarded as text, two mails in one, a sender nobody knows. With the mail as an .eml file you repair one in a minute.',
    },
    noMatch: { title: 'No report fits', clear: 'Show all' },
    team: 'Team submission',
    noSubject: '(no subject)',
    helps: 'What helps',
    kept: (size: string) => `What came is kept (${size}). It is a stranger’s file: look at it as text.`,
    notKept: 'Nothing of it is kept.',
    download: 'Download what came',
    upload: 'The reported mail as an .eml file',
    uploadLead:
      'It is judged at once. Nothing moves on an upload alone: only when the reporter’s mailbox has the same mail.',
    judge: 'Judge this mail',
    judging: 'Uploading…',
    choose: 'Choose an .eml file first.',
    size: (bytes: number) =>
      bytes < 1_048_576
        ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en')} KB`
        : `${(bytes / 1_048_576).toLocaleString('en', { maximumFractionDigits: 1 })} MB`,
  },
  notifications: {
    title: 'Mail to people',
    lead: 'Short answers without links. Nobody gets more than one mail for a report or a retraction, and no machine is answered.',
    off: 'This server sends no mail: set REELBACK_MAIL_URL and REELBACK_MAIL_FROM, and start it again.',
    who: 'Who is told what',
    fromName: 'Name before the address',
    language: 'Language where none is known',
    team: 'The verdict, to the sender of a team submission',
    users: 'The verdict, to reporters, when it is',
    removed: 'To whoever had a copy that was removed',
    restored: 'To whoever got a copy back',
    invalid: 'To the sender of a report that cannot be judged, with what helps',
    from: (address: string) => `Mail comes from ${address}.`,
    waiting: (n: number) => `${plural(n, 'mail waits', 'mails wait')} to be sent.`,
    trouble: (text: string) => `The mail server said: ${text}`,
    failed: 'Could not be sent',
    kinds: {
      team_verdict: 'verdict to the team',
      user_verdict: 'verdict to a reporter',
      mail_removed: 'notice of a removed mail',
      mail_restored: 'notice of a mail put back',
      invalid_submission: 'notice of an invalid report',
    } as Record<MailKind, string>,
  },
  intake: {
    title: 'Reports by mail',
    lead: 'People and other buttons forward mail, attached whole, to addresses that say what it is.',
    off: 'This server takes no mail: set REELBACK_SMTP_PORT and REELBACK_SUBMISSION_ADDRESS, and start it again.',
    addresses: 'Addresses to give out',
    bare: (address: string) => `${address} takes what other buttons write: the class stands in the subject.`,
    members: 'Who may use the team addresses',
    membersHint:
      'Addresses of people and groups, one a line. Empty: everybody of the organisation; team submissions never move mail by themselves.',
  },
};
