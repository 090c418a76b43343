import type { MailWords } from './mail-words.ts';

export const mailDe: MailWords = {
  facts: {
    subject: 'Betreff',
    from: 'Angezeigter Absender',
    reportedAt: 'Gemeldet',
    verdict: 'Urteil',
    receipt: 'Beleg',
  },
  noSubject: '(kein Betreff)',
  dispositions: {
    MALICIOUS: 'bösartig',
    SUSPICIOUS: 'verdächtig',
    SPOOF: 'gefälschter Absender',
    SPAM: 'Spam',
    BULK: 'Massenpost',
    NONE: 'nichts gefunden',
  },
  verdict: {
    subject: (disposition) => `Ihre Meldung: ${disposition}`,
    evidence: 'Was dafür spricht',
    team: {
      machine:
        'Dies ist das automatische Urteil. Jede Einsendung des Teams sieht sich außerdem jemand aus der IT-Sicherheit an.',
      analyst: 'Das hat jemand aus der IT-Sicherheit entschieden.',
    },
  },
  removed: {
    subject: 'Eine Nachricht wurde aus Ihrem Postfach entfernt',
    title: 'Eine Nachricht wurde aus Ihrem Postfach entfernt',
    lines: [
      'Sie wurde erst nach der Zustellung als gefährlich oder unerwünscht erkannt und deshalb aus Ihrem Postfach genommen. Sie müssen nichts tun.',
      'Falls Sie darin auf einen Link geklickt, einen Anhang geöffnet oder ein Passwort eingegeben haben, sagen Sie jetzt Ihrer IT-Sicherheit Bescheid.',
    ],
  },
  restored: {
    subject: 'Eine Nachricht ist wieder in Ihrem Postfach',
    title: 'Eine Nachricht ist wieder in Ihrem Postfach',
    lines: [
      'Sie war vorsichtshalber entfernt worden und liegt jetzt wieder dort, wo sie war. Bitte entschuldigen Sie die Umstände.',
    ],
  },
  invalid: {
    subject: 'Ihre Meldung konnte nicht beurteilt werden',
    title: 'Ihre Meldung konnte nicht beurteilt werden',
    lead: 'Danke für Ihre Meldung. Bevor die Nachricht geprüft werden kann, fehlt noch etwas:',
    what: 'Was hilft',
  },
  reasons: {
    no_eml: {
      title: 'Es war keine Nachricht angehängt',
      remedy:
        'Hängen Sie die ganze Nachricht an, statt ihren Text weiterzuleiten: in Outlook mit „Als Anlage weiterleiten“, in anderen Programmen als .eml-Datei gespeichert und angehängt. Beim einfachen Weiterleiten geht verloren, woher sie kam.',
    },
    wrong_extension: {
      title: 'Der Anhang ist keine .eml-Datei',
      remedy:
        'Hängen Sie die Nachricht selbst an, mit der Endung .eml gespeichert und nicht in eine andere Datei verpackt.',
    },
    outlook_msg: {
      title: 'Der Anhang ist eine .msg-Datei von Outlook',
      remedy:
        'Dieses Format enthält die Nachricht nicht so, wie sie ankam. Verwenden Sie „Als Anlage weiterleiten“ oder die Schaltfläche „Phishing melden“, die das Original schickt.',
    },
    several_messages: {
      title: 'Es waren mehrere Nachrichten angehängt',
      remedy: 'Melden Sie jede Nachricht einzeln: Jede braucht ein eigenes Urteil.',
    },
    unreadable: {
      title: 'Die angehängte Datei ist keine Nachricht',
      remedy: 'Hängen Sie die Nachricht noch einmal an; die Datei wurde unterwegs vielleicht beschädigt oder gekürzt.',
    },
    too_large: {
      title: 'Die Nachricht ist zu groß',
      remedy:
        'Melden Sie sie mit der Schaltfläche „Phishing melden“: Dann liest der Server sie selbst aus Ihrem Postfach.',
    },
    wrong_alias: {
      title: 'Die Adresse, an die sie ging, ist nicht bekannt',
      remedy:
        'Schreiben Sie an eine der Adressen, die Ihre Administration ausgegeben hat: konto+user+klasse@domain oder konto+team+klasse@domain.',
    },
    unknown_tenant: {
      title: 'Der Absender gehört nicht zu dieser Organisation',
      remedy: 'Meldungen werden nur von den eigenen Adressen der Organisation angenommen.',
    },
    sender_not_verified: {
      title: 'Es ließ sich nicht prüfen, wer die Meldung geschickt hat',
      remedy:
        'Jeder kann einen Namen in eine Mail schreiben. Bitten Sie die Administration, ausgehende Mail zu signieren (DKIM) oder die Server zu nennen, die Absender prüfen.',
    },
    reporter_not_allowed: {
      title: 'Der Absender hat hier kein Postfach',
      remedy: 'Melden Sie von einer Adresse aus, die im Verzeichnis der Organisation steht.',
    },
    team_not_allowed: {
      title: 'Einsendungen des Teams sind der IT-Sicherheit vorbehalten',
      remedy: 'Verwenden Sie die Adresse für alle oder bitten Sie die Administration, Sie ins Team aufzunehmen.',
    },
    mailbox_not_allowed: {
      title: 'Das Postfach gehört nicht der meldenden Person',
      remedy:
        'Melden Sie aus Ihrem eigenen Postfach oder bitten Sie die Administration, das geteilte Postfach einzutragen.',
    },
    no_original: {
      title: 'Die gemeldete Nachricht wurde nicht gefunden',
      remedy: 'Vielleicht ist sie gelöscht. Melden Sie sie mit der Nachricht als Anhang.',
    },
    analysis_failed: {
      title: 'Die Prüfung ist fehlgeschlagen',
      remedy: 'Die IT-Sicherheit sieht das und kann die Nachricht noch einmal hochladen.',
    },
  },
  footer: [
    'Diese Nachricht hat Reelback geschrieben, kein Mensch. Sie enthält keine Links, und Antworten werden nicht gelesen.',
  ],
};
