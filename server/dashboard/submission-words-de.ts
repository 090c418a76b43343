/** What the list of submissions says, in German. */
import type { submissionsEn } from './submission-words-en.ts';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('de')} ${n === 1 ? one : many}`;

export const submissionsDe: typeof submissionsEn = {
  submissions: {
    title: 'Meldungen',
    count: (shown, more) => (more ? `Die neuesten ${shown}` : plural(shown, 'Meldung', 'Meldungen')),
    search: 'Betreff, Absender oder Meldende suchen',
    verdict: 'Urteil',
    status: 'Stand',
    all: 'Alle',
    columns: { verdict: 'Urteil', mail: 'Mail', reporter: 'Gemeldet von', when: 'Wann', retraction: 'Kopien' },
    noSubject: '(ohne Betreff)',
    from: (sender) => `von ${sender}`,
    simulation: 'Übung',
    none: {
      title: 'Noch keine Meldung',
      lead: 'Meldungen erscheinen hier, sobald jemand auf Phishing melden drückt.',
      steps: [
        ['Jemand meldet', 'In Outlook oder Gmail, mit einem Knopf. Die Originalmail kommt mit.'],
        ['Wir urteilen', 'In Sekunden, mit Gründen, die ein Mensch nachprüfen kann.'],
        ['Kopien werden eingeholt', 'Aus jedem Postfach. Ein Druck legt sie genau dorthin zurück, wo sie lagen.'],
      ],
      demo: 'In der Demo: die Webmail öffnen, eine Mail wählen und Phishing melden drücken.',
    },
    noMatch: { title: 'Keine Meldung passt', clear: 'Filter aufheben' },
  },
};
