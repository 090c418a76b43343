/** Was das Dashboard über Meldungen sagt, die nicht beurteilt werden konnten, und über Mail an und von Menschen. */
import type { MailKind } from '../../shared/mail.ts';
import type { invalidEn } from './invalid-words-en.ts';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('de')} ${n === 1 ? one : many}`;

export const invalidDe: typeof invalidEn = {
  invalid: {
    title: 'Ungültige Meldungen',
    count: (n, more) => `${plural(n, 'Meldung', 'Meldungen')}${more ? ' und mehr' : ''}`,
    search: 'Kennung, Adresse oder Betreff',
    reason: 'Grund',
    any: 'alle',
    since: 'Seit',
    days: { '1': '1 Tag', '7': '7 Tagen', '30': '30 Tagen', '90': '90 Tagen' },
    ever: 'jeher',
    empty: {
      title: 'Nichts ist schiefgegangen',
      lead: 'Meldungen, die nicht beurteilt werden können, warten hier mit ihrem Grund: eine als Text weitergeleitete Mail, zwei Mails in einer, ein Absender, den niemand kennt. Mit der Mail als .eml-Datei ist eine in einer Minute repariert.',
    },
    noMatch: { title: 'Keine Meldung passt', clear: 'Alle zeigen' },
    team: 'Einsendung des Teams',
    noSubject: '(kein Betreff)',
    helps: 'Was hilft',
    kept: (size) => `Was ankam, ist aufbewahrt (${size}). Es ist die Datei eines Fremden: Sehen Sie sie als Text an.`,
    notKept: 'Davon ist nichts aufbewahrt.',
    download: 'Herunterladen, was ankam',
    upload: 'Die gemeldete Mail als .eml-Datei',
    uploadLead:
      'Sie wird sofort beurteilt. Durch das Hochladen allein bewegt sich nichts: nur wenn dieselbe Mail im Postfach der meldenden Person liegt.',
    judge: 'Diese Mail beurteilen',
    judging: 'Wird hochgeladen …',
    choose: 'Wählen Sie zuerst eine .eml-Datei.',
    size: (bytes) =>
      bytes < 1_048_576
        ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('de')} KB`
        : `${(bytes / 1_048_576).toLocaleString('de', { maximumFractionDigits: 1 })} MB`,
  },
  notifications: {
    title: 'Mail an Menschen',
    lead: 'Kurze Antworten ohne Links. Niemand bekommt mehr als eine Mail zu einer Meldung oder Rücknahme, und keiner Maschine wird geantwortet.',
    off: 'Dieser Server verschickt keine Mail: Setzen Sie REELBACK_MAIL_URL und REELBACK_MAIL_FROM und starten Sie ihn neu.',
    who: 'Wer was erfährt',
    fromName: 'Name vor der Adresse',
    language: 'Sprache, wo keine bekannt ist',
    team: 'Das Urteil, an Absender von Einsendungen des Teams',
    users: 'Das Urteil, an Meldende, wenn es lautet',
    removed: 'An alle, denen eine Kopie entfernt wurde',
    restored: 'An alle, die eine Kopie zurückbekommen haben',
    invalid: 'An Absender von Meldungen, die nicht beurteilt werden können, mit dem, was hilft',
    from: (address) => `Die Mail kommt von ${address}.`,
    waiting: (n) => `${plural(n, 'Mail wartet', 'Mails warten')} auf den Versand.`,
    trouble: (text) => `Der Mailserver sagte: ${text}`,
    failed: 'Nicht zustellbar',
    kinds: {
      team_verdict: 'Urteil an das Team',
      user_verdict: 'Urteil an Meldende',
      mail_removed: 'Hinweis auf eine entfernte Mail',
      mail_restored: 'Hinweis auf eine zurückgelegte Mail',
      invalid_submission: 'Hinweis auf eine ungültige Meldung',
    } as Record<MailKind, string>,
  },
  intake: {
    title: 'Meldungen per Mail',
    lead: 'Menschen und andere Schaltflächen leiten Mail, als Ganzes angehängt, an Adressen weiter, die sagen, was es ist.',
    off: 'Dieser Server nimmt keine Mail an: Setzen Sie REELBACK_SMTP_PORT und REELBACK_SUBMISSION_ADDRESS und starten Sie ihn neu.',
    addresses: 'Adressen zum Weitergeben',
    bare: (address) => `${address} versteht, was andere Schaltflächen schreiben: Die Klasse steht im Betreff.`,
    members: 'Wer die Adressen des Teams verwenden darf',
    membersHint:
      'Adressen von Personen und Gruppen, eine pro Zeile. Leer: alle in der Organisation; Einsendungen des Teams bewegen von selbst keine Mail.',
  },
};
