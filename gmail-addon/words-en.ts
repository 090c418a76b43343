import type { GmailWords } from './words.ts';

export const wordsEn: GmailWords = {
  home: {
    title: 'Report a message',
    text: 'Open the message that worries you. You can report it here.',
  },
  about: 'What happens with my report',
  checkAgain: 'Check again',
  asOf: (time) => `As of ${time}. This panel does not refresh by itself.`,
  notFresh: (time) => `A newer answer could not be fetched. This is what was known at ${time}.`,
  reported: {
    title: 'You have reported this message',
    text: (time) => `Your report of ${time} has arrived. “Check again” fetches what became of it.`,
  },
  unsure: {
    title: 'Has your report arrived?',
    text: (time) => `You reported this message on ${time}, and no answer has come since.`,
  },
  safeToRepeat: 'Sending it again is safe: it counts once.',
  wait: (seconds) => `Please wait ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
  goesOn: 'You can close this panel; your report is not lost.',
  trouble: {
    message_gone: {
      title: 'This message is no longer here',
      text: 'It was deleted or moved meanwhile, so nothing was reported. There is nothing you have to do.',
    },
    quota: {
      title: 'Google lets nothing more through today',
      text: 'The daily limit that Google sets for add-ons is used up, so your report has not arrived. Leave the message alone, and tell your IT or security team if it cannot wait until tomorrow.',
    },
    scope_missing: {
      title: 'Reelback may not see who you are',
      text: 'The report needs your name and the open message, and Google has not been allowed to hand them over. Try again and agree to everything on Google’s page. Your report has not been sent.',
    },
    answer_lost: {
      title: 'No answer came back',
      text: 'We do not know whether your report has arrived.',
    },
  },
  timePattern: 'd MMM, HH:mm',
};
