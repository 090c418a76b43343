import type { GmailWords } from './words.ts';

export const wordsDe: GmailWords = {
  home: {
    title: 'Eine Nachricht melden',
    text: 'Öffnen Sie die Nachricht, die Ihnen Sorgen macht. Hier können Sie sie melden.',
  },
  about: 'Was mit meiner Meldung geschieht',
  checkAgain: 'Noch einmal nachsehen',
  asOf: (time) => `Stand ${time}. Dieser Bereich erneuert sich nicht von selbst.`,
  notFresh: (time) => `Eine neuere Antwort ließ sich nicht holen. Das war der Stand um ${time}.`,
  reported: {
    title: 'Sie haben diese Nachricht gemeldet',
    text: (time) => `Ihre Meldung vom ${time} ist angekommen. „Noch einmal nachsehen“ holt, was daraus geworden ist.`,
  },
  unsure: {
    title: 'Ist Ihre Meldung angekommen?',
    text: (time) => `Sie haben diese Nachricht am ${time} gemeldet, und seitdem kam keine Antwort.`,
  },
  safeToRepeat: 'Sie können sie ruhig noch einmal senden: Sie zählt einmal.',
  wait: (seconds) => `Bitte warten Sie ${seconds < 90 ? `${seconds} Sekunden` : `${Math.ceil(seconds / 60)} Minuten`}.`,
  goesOn: 'Sie können diesen Bereich schließen; Ihre Meldung geht nicht verloren.',
  trouble: {
    message_gone: {
      title: 'Diese Nachricht ist nicht mehr da',
      text: 'Sie wurde inzwischen gelöscht oder verschoben; deshalb wurde nichts gemeldet. Sie müssen nichts weiter tun.',
    },
    quota: {
      title: 'Google lässt heute nichts mehr durch',
      text: 'Die Tagesgrenze, die Google für Add-ons setzt, ist erreicht; deshalb ist Ihre Meldung nicht angekommen. Lassen Sie die Nachricht in Ruhe, und sagen Sie Ihrer IT oder Ihrem Sicherheitsteam davon, wenn es nicht bis morgen warten kann.',
    },
    scope_missing: {
      title: 'Reelback darf nicht sehen, wer Sie sind',
      text: 'Die Meldung braucht Ihren Namen und die offene Nachricht, und Google darf sie nicht herausgeben. Versuchen Sie es noch einmal, und stimmen Sie auf der Seite von Google allem zu. Ihre Meldung ist nicht gesendet.',
    },
    answer_lost: {
      title: 'Es kam keine Antwort',
      text: 'Wir wissen nicht, ob Ihre Meldung angekommen ist.',
    },
  },
  timePattern: 'dd.MM., HH:mm',
};
