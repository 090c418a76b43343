import type { ClientWords } from './client-words.ts';

const number = new Intl.NumberFormat('de');

export const clientDe: ClientWords = {
  starting: 'Einen Moment …',
  form: {
    title: 'Diese Nachricht melden',
    from: 'Von',
    noSubject: '(kein Betreff)',
    whatIsSent: 'Was gesendet wird',
    wholeMessage: 'Die ganze Nachricht',
    attachments: (count) => (count === 1 ? 'mit ihrem Anhang' : `mit ihren ${number.format(count)} Anhängen`),
    recipient: (host) => `an den Sicherheitsdienst Ihrer Organisation (${host}) und an niemanden sonst.`,
    about: 'Was mit meiner Meldung geschieht',
    type: 'Wofür halten Sie sie?',
    types: {
      phish: 'Phishing oder Betrug',
      spam: 'Spam',
      not_sure: 'Ich bin nicht sicher',
      safe: 'Harmlos, sieht nur seltsam aus',
    },
    exposure: 'Ist davon schon etwas passiert?',
    exposures: {
      clicked_link: 'Ich habe einen Link angeklickt',
      opened_attachment: 'Ich habe einen Anhang geöffnet',
      entered_password: 'Ich habe ein Passwort eingegeben',
      replied: 'Ich habe geantwortet',
    },
    comment: 'Möchten Sie etwas ergänzen?',
    commentHint: 'Freiwillig',
    send: 'Meldung senden',
  },
  sending: {
    title: 'Ihre Meldung wird gesendet',
    signingIn: 'Sie werden angemeldet',
    reading: 'Die Nachricht wird gelesen',
    sending: 'Sie wird hochgeladen',
    patience: 'Bei einer großen Nachricht kann das eine Minute dauern.',
  },
  result: {
    alreadyReported: 'Sie hatten diese Nachricht schon gemeldet. Das ist daraus geworden.',
    stepsTitle: 'Was Sie jetzt tun sollten',
    reasonsTitle: 'Was uns aufgefallen ist',
    searched: (searched, total) => `${number.format(searched)} von ${number.format(total)} Postfächern durchsucht`,
    receipt: 'Beleg',
    slow: 'Es dauert länger als sonst. Sie können das hier schließen; Ihre Meldung geht nicht verloren.',
    reconnecting: 'Verbindung unterbrochen, neuer Versuch …',
    exposedTitle: 'Haben Sie geklickt, etwas geöffnet oder eingegeben?',
    exposedNote: 'Von hier wird davon nichts gesendet: Bitte sagen Sie es Ihrer IT oder Ihrem Sicherheitsteam selbst.',
  },
  wrong: {
    button: 'Ich habe mich geirrt',
    question: 'Meldung zurücknehmen?',
    explanation:
      'Was noch nicht geschehen ist, wird angehalten. Was entfernt wurde, kommt nur dann sofort zurück, wenn sonst niemand es gemeldet hat; sonst entscheidet Ihr Sicherheitsteam.',
    yes: 'Zurücknehmen',
    no: 'Behalten',
    sending: 'Wird zurückgenommen …',
    answers: {
      started: 'Zurückgenommen. Was entfernt worden war, wird an seinen Platz zurückgelegt.',
      review: 'Zurückgenommen. Ihr Sicherheitsteam sieht es sich an und entscheidet, was zurückkommt.',
      none: 'Zurückgenommen. Es war nichts entfernt worden.',
    },
    failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  },
  notReported: 'Ihre Meldung wurde nicht gesendet',
  trouble: {
    not_outlook: {
      title: 'Diese Seite gehört in Outlook',
      text: 'Öffnen Sie in Outlook eine Nachricht, und wählen Sie dort Phishing melden.',
    },
    office_silent: {
      title: 'Outlook antwortet nicht',
      text: 'Es wurde nichts gemeldet. Schließen Sie das hier, öffnen Sie die Nachricht neu, und versuchen Sie es noch einmal.',
    },
    not_configured: {
      title: 'Reelback ist nicht fertig eingerichtet',
      text: 'Es wurde nichts gemeldet. Bitte sagen Sie Ihrer IT, dass dem Add-in seine Einstellungen fehlen.',
    },
    no_item: {
      title: 'Es ist keine Nachricht geöffnet',
      text: 'Öffnen Sie die Nachricht, die Sie melden möchten, und versuchen Sie es noch einmal.',
    },
    unsupported_item: {
      title: 'Diese Art von Nachricht lässt sich nicht melden',
      text: 'Es ist ein Zustellbericht eines Mailservers. Wenn Sie unsicher sind, fragen Sie Ihre IT oder Ihr Sicherheitsteam.',
    },
    sign_in_needed: {
      title: 'Bitte melden Sie sich einmal an',
      text: 'Ihre Meldung ist noch nicht gesendet. Sie geht hinaus, sobald Sie angemeldet sind.',
    },
    sign_in_cancelled: {
      title: 'Sie sind nicht angemeldet',
      text: 'Die Anmeldung wurde nicht beendet; deshalb ist Ihre Meldung nicht gesendet.',
    },
    consent_needed: {
      title: 'Ihre Administration muss das erst erlauben',
      text: 'Ihre Meldung ist nicht gesendet. Bitte sagen Sie Ihrer IT, dass Reelback ihre Zustimmung braucht.',
    },
    sign_in_unavailable: {
      title: 'Outlook konnte Sie nicht anmelden',
      text: 'Ihre Meldung ist nicht gesendet. Versuchen Sie es noch einmal; wenn es weiter nicht geht, sagen Sie Ihrer IT oder Ihrem Sicherheitsteam von der Nachricht.',
    },
    offline: {
      title: 'Keine Verbindung',
      text: 'Ihre Meldung ist nicht angekommen. Lassen Sie die Nachricht bis dahin in Ruhe.',
    },
    timeout: {
      title: 'Noch keine Antwort',
      text: 'Wir wissen nicht, ob Ihre Meldung angekommen ist. Zweimal senden schadet nicht.',
    },
    token_rejected: {
      title: 'Der Server hat Ihre Anmeldung nicht angenommen',
      text: 'Ihre Meldung ist nicht gesendet. Versuchen Sie es noch einmal; wenn es weiter nicht geht, sagen Sie es Ihrer IT.',
    },
    not_onboarded: {
      title: 'Ihre Organisation ist nicht angemeldet',
      text: 'Dieser Server nimmt keine Meldungen Ihrer Organisation an. Bitte sagen Sie es Ihrer IT.',
    },
    mailbox_not_allowed: {
      title: 'Aus diesem Postfach können Sie nicht melden',
      text: 'Dieses Postfach ist nicht Ihres, oder es ist nicht für Meldungen freigegeben. Fragen Sie Ihre IT, oder lassen Sie die Nachricht dort melden, wo das Postfach hingehört.',
    },
    not_found: {
      title: 'Diese Meldung gibt es nicht',
      text: 'Vielleicht hat sie jemand anderes abgegeben, oder sie wurde nach Ablauf ihrer Frist gelöscht.',
    },
    answer_missing: {
      title: 'Ihre Meldung ist angekommen',
      text: 'Nur die Antwort lässt sich noch nicht zeigen. Lassen Sie die Nachricht bis dahin in Ruhe.',
    },
    too_large: {
      title: 'Diese Nachricht ist zu groß',
      text: 'Es wurde nichts gemeldet. Bitte sagen Sie Ihrer IT oder Ihrem Sicherheitsteam davon.',
    },
    unreadable: {
      title: 'Wir konnten diese Nachricht nicht lesen',
      text: 'Deshalb können wir nicht sagen, ob sie gefährlich ist. Ihre Meldung ist für Ihr Sicherheitsteam gespeichert. Öffnen Sie keine Links oder Anhänge daraus.',
    },
    refused: {
      title: 'Der Server hat die Meldung nicht verstanden',
      text: 'Es wurde nichts gemeldet. Bitte sagen Sie es Ihrer IT; vielleicht ist das Add-in veraltet.',
    },
    too_many: {
      title: 'Viele Meldungen auf einmal',
      text: 'Der Server macht eine kurze Pause mit Ihren Meldungen. Diese ist noch nicht angekommen.',
    },
    server: {
      title: 'Der Server hat ein Problem',
      text: 'Ihre Meldung ist nicht angekommen. Lassen Sie die Nachricht bis dahin in Ruhe.',
    },
  },
  kept: 'Sie bleibt auf diesem Gerät und wird von selbst noch einmal gesendet, solange dieser Bereich offen ist und wenn Sie ihn das nächste Mal öffnen.',
  keptCount: (count) =>
    count === 1 ? 'Eine frühere Meldung wartet noch.' : `${number.format(count)} frühere Meldungen warten noch.`,
  notKept: 'Sie ließ sich auf diesem Gerät nicht aufheben; bitte versuchen Sie es später noch einmal.',
  tryAgain: 'Noch einmal versuchen',
  signIn: 'Anmelden',
  technical: 'Einzelheit',
};
