import type { MailWords } from './mail-words.ts';

export const mailEn: MailWords = {
  facts: {
    subject: 'Subject',
    from: 'Sender shown',
    reportedAt: 'Reported',
    verdict: 'Verdict',
    receipt: 'Receipt',
  },
  noSubject: '(no subject)',
  dispositions: {
    MALICIOUS: 'malicious',
    SUSPICIOUS: 'suspicious',
    SPOOF: 'forged sender',
    SPAM: 'spam',
    BULK: 'mass mailing',
    NONE: 'nothing found',
  },
  verdict: {
    subject: (disposition) => `Your report: ${disposition}`,
    evidence: 'What speaks for it',
    team: {
      machine: 'This is the automatic verdict. A person of the security team looks at every team submission as well.',
      analyst: 'A person of the security team has decided this.',
    },
  },
  removed: {
    subject: 'A message was removed from your mailbox',
    title: 'A message was removed from your mailbox',
    lines: [
      'It was recognised as dangerous or unwanted after it had arrived, so it was taken out of your mailbox. There is nothing you need to do.',
      'If you clicked a link in it, opened an attachment or typed in a password, tell your security team now.',
    ],
  },
  restored: {
    subject: 'A message is back in your mailbox',
    title: 'A message is back in your mailbox',
    lines: ['It had been removed as a precaution, and is now where it was before. We are sorry for the trouble.'],
  },
  invalid: {
    subject: 'Your report could not be judged',
    title: 'Your report could not be judged',
    lead: 'Thank you for reporting. Something is missing before the message can be looked at:',
    what: 'What helps',
  },
  reasons: {
    no_eml: {
      title: 'No message was attached',
      remedy:
        'Attach the whole message instead of forwarding its text: in Outlook “Forward as attachment”, in other programs save it as an .eml file and attach that. A plain forward loses what tells where it came from.',
    },
    wrong_extension: {
      title: 'The attachment is not an .eml file',
      remedy: 'Attach the message itself, saved with the extension .eml, not packed in another file.',
    },
    outlook_msg: {
      title: 'The attachment is an Outlook .msg file',
      remedy:
        'This format does not hold the message as it arrived. Use “Forward as attachment”, or the Report phishing button, which sends the original.',
    },
    several_messages: {
      title: 'Several messages were attached',
      remedy: 'Report one message at a time: each needs a verdict of its own.',
    },
    unreadable: {
      title: 'The attached file is not a message',
      remedy: 'Attach the message again; the file may have been damaged or shortened on its way.',
    },
    too_large: {
      title: 'The message is too large',
      remedy: 'Report it with the Report phishing button: then the server reads it from your mailbox itself.',
    },
    wrong_alias: {
      title: 'The address it was sent to is not known',
      remedy:
        'Write to one of the addresses your administrator has given out: account+user+class@domain or account+team+class@domain.',
    },
    unknown_tenant: {
      title: 'The sender does not belong to this organisation',
      remedy: 'Reports are accepted from the organisation’s own addresses only.',
    },
    sender_not_verified: {
      title: 'It could not be verified who sent the report',
      remedy:
        'Anybody can write a name into a mail. Ask the administrator to sign outgoing mail (DKIM), or to name the servers that check senders.',
    },
    reporter_not_allowed: {
      title: 'The sender has no mailbox here',
      remedy: 'Report from an address that is in the organisation’s directory.',
    },
    team_not_allowed: {
      title: 'Team submissions are for the security team',
      remedy: 'Use the user address, or ask the administrator to add you to the team.',
    },
    mailbox_not_allowed: {
      title: 'The mailbox does not belong to the reporter',
      remedy: 'Report from your own mailbox, or ask the administrator to add the shared mailbox.',
    },
    no_original: {
      title: 'The reported message was not found',
      remedy: 'It may have been deleted. Report it with the message attached.',
    },
    analysis_failed: {
      title: 'The analysis failed',
      remedy: 'The security team sees it and can upload the message again.',
    },
  },
  footer: ['This message was written by Reelback, not by a person. It contains no links, and answers are not read.'],
};
