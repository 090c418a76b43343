import type { ClientWords } from './client-words.ts';

const number = new Intl.NumberFormat('en');

export const clientEn: ClientWords = {
  starting: 'One moment …',
  form: {
    title: 'Report this message',
    from: 'From',
    noSubject: '(no subject)',
    whatIsSent: 'What is sent',
    wholeMessage: 'The whole message',
    attachments: (count) => (count === 1 ? 'with its attachment' : `with its ${number.format(count)} attachments`),
    recipient: (host) => `to the security service of your organisation (${host}), and to nobody else.`,
    about: 'What happens with my report',
    type: 'What do you think it is?',
    types: {
      phish: 'Phishing or fraud',
      spam: 'Spam',
      not_sure: 'I am not sure',
      safe: 'Harmless, but it looks odd',
    },
    exposure: 'Has any of this happened already?',
    exposures: {
      clicked_link: 'I clicked a link',
      opened_attachment: 'I opened an attachment',
      entered_password: 'I typed a password',
      replied: 'I answered it',
    },
    comment: 'Anything to add?',
    commentHint: 'Optional',
    send: 'Send report',
  },
  sending: {
    title: 'Sending your report',
    signingIn: 'Signing you in',
    reading: 'Reading the message',
    sending: 'Uploading it',
    patience: 'A large message can take a minute.',
  },
  result: {
    alreadyReported: 'You had reported this message before. This is what became of it.',
    stepsTitle: 'What to do now',
    reasonsTitle: 'What we noticed',
    searched: (searched, total) => `${number.format(searched)} of ${number.format(total)} mailboxes searched`,
    receipt: 'Receipt',
    slow: 'This takes longer than usual. You can close this; your report is not lost.',
    reconnecting: 'Connection interrupted, trying again …',
    exposedTitle: 'Did you click, open or type something?',
    exposedNote: 'Nothing of this is sent from here: please tell your IT or security team yourself.',
  },
  wrong: {
    button: 'I was wrong',
    question: 'Take your report back?',
    explanation:
      'What has not happened yet is stopped. What has been removed comes back at once only if nobody else reported it; otherwise your security team decides.',
    yes: 'Take it back',
    no: 'Keep it',
    sending: 'Taking it back …',
    answers: {
      started: 'Taken back. What had been removed is being put back where it was.',
      review: 'Taken back. Your security team looks at it and decides what comes back.',
      none: 'Taken back. Nothing had been removed.',
    },
    failed: 'That did not work. Please try again.',
  },
  notReported: 'Your report was not sent',
  trouble: {
    not_outlook: {
      title: 'This page belongs into Outlook',
      text: 'Open a message in Outlook and choose Report phishing there.',
    },
    office_silent: {
      title: 'Outlook does not answer',
      text: 'Nothing was reported. Close this, open the message again and try once more.',
    },
    not_configured: {
      title: 'Reelback is not set up completely',
      text: 'Nothing was reported. Please tell your IT team that the add-in lacks its settings.',
    },
    no_item: {
      title: 'No message is open',
      text: 'Open the message you want to report, then try again.',
    },
    unsupported_item: {
      title: 'This kind of message cannot be reported',
      text: 'It is a delivery notice made by a mail server. If it worries you, ask your IT or security team.',
    },
    sign_in_needed: {
      title: 'Please sign in once',
      text: 'Your report has not been sent yet. It goes out as soon as you have signed in.',
    },
    sign_in_cancelled: {
      title: 'You are not signed in',
      text: 'The sign-in did not finish, so your report has not been sent.',
    },
    consent_needed: {
      title: 'Your administrator has to allow this first',
      text: 'Your report has not been sent. Please tell your IT team that Reelback needs their consent.',
    },
    sign_in_unavailable: {
      title: 'Outlook could not sign you in',
      text: 'Your report has not been sent. Try again; if it keeps failing, tell your IT or security team about the message.',
    },
    offline: {
      title: 'No connection',
      text: 'Your report has not arrived. Leave the message alone until it has.',
    },
    timeout: {
      title: 'No answer yet',
      text: 'We do not know whether your report has arrived. Sending it twice does no harm.',
    },
    token_rejected: {
      title: 'The server did not accept your sign-in',
      text: 'Your report has not been sent. Try again; if it keeps failing, tell your IT team.',
    },
    not_onboarded: {
      title: 'Your organisation is not registered',
      text: 'This server takes no reports from your organisation. Please tell your IT team.',
    },
    mailbox_not_allowed: {
      title: 'You cannot report from this mailbox',
      text: 'This mailbox is not yours, or it has not been released for reporting. Ask your IT team, or let its owner report the message.',
    },
    not_found: {
      title: 'This report cannot be found',
      text: 'It may have been made by somebody else, or it was removed after its time.',
    },
    answer_missing: {
      title: 'Your report has arrived',
      text: 'Only the answer cannot be shown yet. Until then, leave the message alone.',
    },
    too_large: {
      title: 'This message is too large to send',
      text: 'Nothing was reported. Please tell your IT or security team about it.',
    },
    unreadable: {
      title: 'We could not read this message',
      text: 'So we cannot tell you whether it is dangerous. Your report is kept for your security team. Do not open its links or attachments.',
    },
    refused: {
      title: 'The server did not understand this report',
      text: 'Nothing was reported. Please tell your IT team; the add-in may be out of date.',
    },
    too_many: {
      title: 'Many reports at once',
      text: 'The server takes a short break from your reports. This one has not arrived yet.',
    },
    server: {
      title: 'The server has a problem',
      text: 'Your report has not arrived. Leave the message alone until it has.',
    },
  },
  kept: 'It is kept on this device and sent again by itself while this pane is open, and the next time you open it.',
  keptCount: (count) =>
    count === 1
      ? 'One earlier report is waiting to be sent.'
      : `${number.format(count)} earlier reports are waiting to be sent.`,
  notKept: 'It could not be kept on this device, so please try again later.',
  tryAgain: 'Try again',
  signIn: 'Sign in',
  technical: 'Detail',
};
