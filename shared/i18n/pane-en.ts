import type { PaneWords } from './pane-words.ts';

const number = new Intl.NumberFormat('en');
const copies = (n: number) => (n === 1 ? 'One copy' : `${number.format(n)} copies`);
const was = (n: number) => (n === 1 ? 'was' : 'were');

export const paneEn: PaneWords = {
  working: {
    title: 'We are looking at it',
    lead: 'Your report has arrived. The answer usually takes a few seconds.',
    calm: 'Until then, leave the message alone. You did the right thing.',
  },
  verdict: {
    phishing: {
      title: 'This is phishing',
      lead: 'It tries to trick you into clicking, signing in or paying. You were right to report it.',
    },
    malware: {
      title: 'This message carries something harmful',
      lead: 'What comes with it can damage or take over a computer. You were right to report it.',
    },
    scam: {
      title: 'This is a scam',
      lead: 'Somebody pretends to be a person or a company you know. You were right to report it.',
    },
    impostor: {
      title: 'This may be an impostor',
      lead: 'It uses the name of somebody in your organisation, but it was not sent by that person’s address. Ask that person in another way, for example by phone. You were right to report it.',
    },
    spoof: {
      title: 'The sender is forged',
      lead: 'It was not sent by the address it shows. You were right to report it.',
    },
    suspicious: {
      title: 'This looks suspicious',
      lead: 'There are signs of a trick, but no proof. Treat it as if it were one.',
    },
    spam: { title: 'This is spam', lead: 'It is unwanted advertising. Do not answer it.' },
    bulk: {
      title: 'This is a mass mailing',
      lead: 'A newsletter or an automatic message, sent to many people. We found nothing dangerous in it.',
    },
    none: {
      title: 'We found nothing dangerous in it',
      lead: 'That is no guarantee. If it asks for a password, money or a favour, ask the sender in another way first, for example by phone.',
    },
  },
  safeReportContradicted: 'You reported it as harmless, but we found signs that it is not. Please be careful with it.',
  rightToAsk: 'You were right to ask: better one report too many than one too few.',
  simulation: {
    title: 'Well spotted: this was an exercise',
    lead: 'Your organisation sent this message to practise recognising phishing. You recognised it and reported it.',
    noHarm: 'Nothing bad has happened, and there is nothing left for you to do.',
    clicked: 'Even if you clicked or typed something first: it was an exercise, and no stranger has seen it.',
  },
  withdrawn: {
    title: 'You took your report back',
    nothingMoved: 'Nothing is being removed because of your report.',
    puttingBack: 'What had been removed is being put back where it was.',
    putBack: (n) => `${copies(n)} ${was(n)} put back where ${n === 1 ? 'it was' : 'they were'}.`,
    analystLooks: 'What had already been removed stays away until your security team has looked at it again.',
  },
  invalid: {
    title: 'We could not read this message',
    lead: 'So we cannot tell you whether it is dangerous.',
    kept: 'Your report is kept, and your security team can see it.',
  },
  team: {
    looks: 'A person of your security team is looking at it too.',
    found: 'A person of your security team has looked at it: it is dangerous.',
    cleared: 'A person of your security team has looked at it: they found nothing wrong with it.',
    other: 'A person of your security team has looked at it.',
  },
  putBack: {
    title: 'This message was put back',
    lead: 'It had been removed after your report. It was looked at again, and the removal was reversed.',
  },
  progress: {
    planned: 'We are about to remove it from every mailbox that received it, yours included.',
    searching: (total) => `We are searching ${number.format(total)} ${total === 1 ? 'mailbox' : 'mailboxes'} for it.`,
    running: (retracted, found, searched, total) =>
      `${number.format(retracted)} of ${number.format(found)} ${found === 1 ? 'copy' : 'copies'} removed so far, ` +
      `${number.format(searched)} of ${number.format(total)} mailboxes searched.`,
    removed: (n) => `${copies(n)} ${was(n)} removed from the mailboxes of your organisation.`,
    nobodyOpened: 'Nobody had opened it there.',
    unopened: (n) => `${n === 1 ? 'One' : number.format(n)} of them had not been opened.`,
    nothingLeft: 'We searched the mailboxes of your organisation and found no copy left to remove.',
    gone: (n) => `${copies(n)} had already been deleted by ${n === 1 ? 'its owner' : 'their owners'}.`,
    failed: (n) => `${copies(n)} could not be removed. Your security team can see which.`,
    lookAgain: 'We look again later, in case more copies arrive.',
    cancelled: 'Your security team stopped the removal.',
    expired: 'Nobody on your security team confirmed the removal in time, so it was called off.',
    removedBefore: (n) => `${copies(n)} had been removed before that.`,
    restoring: 'It is being put back where it was.',
    restored: (n) => `${copies(n)} ${was(n)} put back.`,
  },
  hold: {
    blast_radius: 'So many mailboxes have it that a person on your security team confirms the removal first.',
    client_supplied_only:
      'We could not find the original in your mailbox, so a person on your security team looks before anything is removed.',
    protected_mailbox:
      'It also lies in specially protected mailboxes, so a person on your security team looks before anything is removed.',
    paused: 'Automatic removal is paused at the moment. Your security team decides what happens next.',
    other: 'A person on your security team looks before anything is removed.',
  },
  preview:
    'Automatic removal is on trial in your organisation: nothing was moved, but your security team can see the message.',
  none: {
    allow_policy: 'A rule of your organisation allows this sender, so nothing was moved.',
    no_action_configured: 'Your organisation does not remove such messages automatically, so it stays where it is.',
    paused: 'Automatic removal is paused at the moment, so it stays where it is.',
    other: 'It stays where it is.',
  },
  partialOriginal: 'We only had an incomplete copy of it, so we could not check everything.',
  someChecksMissing: 'We could not look into every part of it.',
  steps: {
    doNotTouch: 'Do not open its links or attachments, and do not answer it.',
    tellIfExposed:
      'If you already clicked, opened something, answered or typed a password, tell your IT or security team now.',
    deleteYourself: 'You can delete it.',
    leaveIt: 'Leave it where it is until then.',
    spam: 'Delete it, or move it to your junk folder.',
    bulk: 'If you know the sender, you can unsubscribe. Otherwise delete it.',
    whenInvalid: 'Do not open its links or attachments. If it worries you, ask your IT or security team.',
  },
};
