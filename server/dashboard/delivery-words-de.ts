/** What the cards of delivered mail say, in German. */
import type { deliveryEn } from './delivery-words-en.ts';

const mails = (n: number) => `${n.toLocaleString('de')} ${n === 1 ? 'Mail' : 'Mails'}`;

export const deliveryDe: typeof deliveryEn = {
  pdr: {
    title: 'Wenn sich zugestellte Mail als schädlich erweist',
    lead: 'Post Delivery Response: Mail, die bei der Zustellung gesehen wurde, wird nach 5 Minuten, 12 Stunden und 24 Stunden erneut bewertet, und immer, wenn sich eine Liste, das Modell oder ein bestätigter Fall ändert. Was dann ein Urteil hat, für das unter „Wohin Kopien kommen“ ein Ziel steht, wird zurückgeholt, auch Mail, die schon beim ersten Blick schädlich ist. Gemeldet haben muss sie niemand.',
    modes: {
      on: ['An', 'Kopien werden aus allen Postfächern zurückgeholt, in den Grenzen der Sicherung.'],
      preview: [
        'Vorschau',
        'Kopien werden gefunden und gezählt und bleiben, wo sie sind. Ein Mensch kann jede Rückholung freigeben.',
      ],
      off: ['Aus', 'Nichts wird gesucht. Das Prüfprotokoll sagt trotzdem, was zurückgeholt worden wäre.'],
    },
    needs:
      'Nur gesehene Mail kann bewertet werden: Postfächer beobachten, oder Journalberichte oder Blindkopien hierher senden lassen.',
  },
  watch: {
    title: 'Beobachtete Postfächer',
    lead: 'Neue Mail im Posteingang dieser Postfächer wird bei der Zustellung gelesen und bewertet. Von Mail, in der nichts gefunden wird, bleiben nur Metadaten, Prüfsummen und Zahlen: Absender, Empfänger, Betreff, Hosts der Links, Namen der Anhänge. Ihr Text bleibt nicht.',
    all: 'Alle Postfächer des Verzeichnisses',
    some: 'Postfächer, eine Adresse je Zeile',
    every: 'Sekunden zwischen zwei Blicken',
    back: 'Stunden, die zu Beginn zurückgelesen werden',
    none: 'Nichts wird beobachtet. Oben Adressen eintragen oder alle Postfächer wählen, dann speichern.',
    watched: (n, begun) =>
      begun < n
        ? `${n.toLocaleString('de')} beobachtet, ${begun.toLocaleString('de')} davon bisher gelesen.`
        : `${n.toLocaleString('de')} beobachtet.`,
    last: 'Letzter Blick:',
    today: (seen, detected) =>
      `In den letzten 24 Stunden ${mails(seen)} gesehen, ${detected.toLocaleString('de')} erkannt.`,
    failing: 'Diese lassen sich nicht lesen:',
    since: 'seit',
    reasons: {
      not_authorized: 'wir dürfen dieses Postfach nicht lesen; bitte der App den Zugriff geben',
      no_mailbox: 'in der Cloud gibt es kein Postfach',
      provider_not_configured: 'der Mailanbieter ist nicht verbunden',
    },
    sweep: {
      reasons: {
        model: 'sich das Modell geändert hat',
        lists: 'sich eine Liste geändert hat',
        case: 'ein Fall bestätigt wurde',
      },
      running: (reason, n) => `Gespeicherte Mail wird erneut bewertet, weil ${reason}: bisher ${mails(n)}.`,
      over: (reason, n, changed) =>
        `Zuletzt erneut bewertet, weil ${reason}: ${mails(n)}, davon ${changed.toLocaleString('de')} mit anderem Urteil.`,
    },
  },
};
