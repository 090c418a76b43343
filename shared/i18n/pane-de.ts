import type { PaneWords } from './pane-words.ts';

const number = new Intl.NumberFormat('de');
const copies = (n: number) => (n === 1 ? 'Eine Kopie' : `${number.format(n)} Kopien`);
const was = (n: number) => (n === 1 ? 'wurde' : 'wurden');

export const paneDe: PaneWords = {
  working: {
    title: 'Wir sehen sie uns an',
    lead: 'Ihre Meldung ist angekommen. Die Antwort dauert meist nur ein paar Sekunden.',
    calm: 'Lassen Sie die Nachricht bis dahin in Ruhe. Sie haben das Richtige getan.',
  },
  verdict: {
    phishing: {
      title: 'Das ist Phishing',
      lead: 'Die Nachricht will Sie dazu bringen, zu klicken, sich anzumelden oder zu zahlen. Gut, dass Sie sie gemeldet haben.',
    },
    malware: {
      title: 'Diese Nachricht enthält etwas Schädliches',
      lead: 'Was sie mitbringt, kann einen Computer beschädigen oder übernehmen. Gut, dass Sie sie gemeldet haben.',
    },
    scam: {
      title: 'Das ist ein Betrugsversuch',
      lead: 'Jemand gibt sich als eine Person oder Firma aus, die Sie kennen. Gut, dass Sie die Nachricht gemeldet haben.',
    },
    impostor: {
      title: 'Hier gibt sich vielleicht jemand als jemand anderes aus',
      lead: 'Die Nachricht trägt den Namen einer Person aus Ihrer Organisation, kommt aber nicht von deren Adresse. Fragen Sie diese Person auf anderem Weg, zum Beispiel am Telefon. Gut, dass Sie die Nachricht gemeldet haben.',
    },
    spoof: {
      title: 'Der Absender ist gefälscht',
      lead: 'Die Nachricht kommt nicht von der Adresse, die sie anzeigt. Gut, dass Sie sie gemeldet haben.',
    },
    suspicious: {
      title: 'Das sieht verdächtig aus',
      lead: 'Es gibt Anzeichen für einen Trick, aber keinen Beweis. Behandeln Sie die Nachricht so, als wäre es einer.',
    },
    spam: { title: 'Das ist Spam', lead: 'Es ist unerwünschte Werbung. Antworten Sie nicht darauf.' },
    bulk: {
      title: 'Das ist eine Massensendung',
      lead: 'Ein Newsletter oder eine automatische Nachricht an viele Menschen. Wir haben nichts Gefährliches darin gefunden.',
    },
    none: {
      title: 'Wir haben nichts Gefährliches gefunden',
      lead: 'Das ist keine Garantie. Wenn die Nachricht nach einem Passwort, nach Geld oder einem Gefallen fragt, fragen Sie den Absender erst auf anderem Weg, zum Beispiel am Telefon.',
    },
  },
  safeReportContradicted:
    'Sie haben sie als harmlos gemeldet, aber wir haben Anzeichen dagegen gefunden. Bitte seien Sie vorsichtig.',
  rightToAsk: 'Es war richtig zu fragen: lieber eine Meldung zu viel als eine zu wenig.',
  simulation: {
    title: 'Gut erkannt: Das war eine Übung',
    lead: 'Ihre Organisation hat diese Nachricht verschickt, um das Erkennen von Phishing zu üben. Sie haben sie erkannt und gemeldet.',
    noHarm: 'Es ist nichts Schlimmes passiert, und Sie müssen nichts weiter tun.',
    clicked:
      'Auch wenn Sie vorher geklickt oder etwas eingegeben haben: Es war eine Übung, kein Fremder hat es gesehen.',
  },
  withdrawn: {
    title: 'Sie haben Ihre Meldung zurückgenommen',
    nothingMoved: 'Wegen Ihrer Meldung wird nichts entfernt.',
    puttingBack: 'Was entfernt worden war, wird an seinen Platz zurückgelegt.',
    putBack: (n) => `${copies(n)} ${was(n)} an ihren Platz zurückgelegt.`,
    analystLooks: 'Was schon entfernt war, bleibt weg, bis Ihr Sicherheitsteam es noch einmal angesehen hat.',
  },
  invalid: {
    title: 'Wir konnten diese Nachricht nicht lesen',
    lead: 'Deshalb können wir Ihnen nicht sagen, ob sie gefährlich ist.',
    kept: 'Ihre Meldung ist gespeichert, und Ihr Sicherheitsteam kann sie sehen.',
  },
  team: {
    looks: 'Auch ein Mensch aus Ihrem Sicherheitsteam sieht sie sich an.',
    found: 'Ein Mensch aus Ihrem Sicherheitsteam hat sie sich angesehen: sie ist gefährlich.',
    cleared: 'Ein Mensch aus Ihrem Sicherheitsteam hat sie sich angesehen und nichts daran auszusetzen.',
    other: 'Ein Mensch aus Ihrem Sicherheitsteam hat sie sich angesehen.',
  },
  putBack: {
    title: 'Diese Nachricht wurde zurückgelegt',
    lead: 'Sie war nach Ihrer Meldung entfernt worden. Sie wurde noch einmal geprüft und das Entfernen rückgängig gemacht.',
  },
  progress: {
    planned: 'Wir entfernen sie gleich aus allen Postfächern, die sie bekommen haben, auch aus Ihrem.',
    searching: (total) =>
      total === 1
        ? 'Wir durchsuchen ein Postfach danach.'
        : `Wir durchsuchen ${number.format(total)} Postfächer danach.`,
    running: (retracted, found, searched, total) =>
      `Bisher ${number.format(retracted)} von ${number.format(found)} ${found === 1 ? 'Kopie' : 'Kopien'} entfernt, ` +
      `${number.format(searched)} von ${number.format(total)} Postfächern durchsucht.`,
    removed: (n) => `${copies(n)} ${was(n)} aus den Postfächern Ihrer Organisation entfernt.`,
    nobodyOpened: 'Niemand hatte sie dort geöffnet.',
    unopened: (n) => `${n === 1 ? 'Eine' : number.format(n)} davon ${n === 1 ? 'war' : 'waren'} noch ungeöffnet.`,
    nothingLeft: 'Wir haben die Postfächer Ihrer Organisation durchsucht; es war keine Kopie mehr zu entfernen.',
    gone: (n) => `${copies(n)} hatte${n === 1 ? '' : 'n'} die Empfänger schon selbst gelöscht.`,
    failed: (n) => `${copies(n)} ließ${n === 1 ? '' : 'en'} sich nicht entfernen. Ihr Sicherheitsteam sieht, welche.`,
    lookAgain: 'Wir sehen später noch einmal nach, falls weitere Kopien eintreffen.',
    cancelled: 'Ihr Sicherheitsteam hat das Entfernen angehalten.',
    expired: 'Ihr Sicherheitsteam hat das Entfernen nicht rechtzeitig bestätigt, deshalb unterbleibt es.',
    removedBefore: (n) => `${copies(n)} ${was(n)} vorher schon entfernt.`,
    restoring: 'Sie wird an ihren Platz zurückgelegt.',
    restored: (n) => `${copies(n)} ${was(n)} zurückgelegt.`,
  },
  hold: {
    blast_radius:
      'So viele Postfächer haben sie bekommen, dass erst ein Mensch aus Ihrem Sicherheitsteam das Entfernen bestätigt.',
    client_supplied_only:
      'Wir haben das Original in Ihrem Postfach nicht gefunden. Ein Mensch aus Ihrem Sicherheitsteam prüft sie, bevor etwas entfernt wird.',
    protected_mailbox:
      'Sie liegt auch in besonders geschützten Postfächern. Ein Mensch aus Ihrem Sicherheitsteam prüft sie, bevor etwas entfernt wird.',
    paused: 'Das automatische Entfernen ist gerade angehalten. Ihr Sicherheitsteam entscheidet, wie es weitergeht.',
    other: 'Ein Mensch aus Ihrem Sicherheitsteam prüft sie, bevor etwas entfernt wird.',
  },
  preview:
    'Das automatische Entfernen wird in Ihrer Organisation noch erprobt: Es wurde nichts verschoben, aber Ihr Sicherheitsteam sieht die Nachricht.',
  none: {
    allow_policy: 'Eine Regel Ihrer Organisation erlaubt diesen Absender; deshalb wurde nichts verschoben.',
    no_action_configured: 'Ihre Organisation entfernt solche Nachrichten nicht automatisch; sie bleibt, wo sie ist.',
    paused: 'Das automatische Entfernen ist gerade angehalten; sie bleibt, wo sie ist.',
    other: 'Sie bleibt, wo sie ist.',
  },
  partialOriginal: 'Uns lag nur eine unvollständige Kopie vor, deshalb konnten wir nicht alles prüfen.',
  someChecksMissing: 'Wir konnten nicht in jeden Teil von ihr hineinsehen.',
  steps: {
    doNotTouch: 'Öffnen Sie keine Links oder Anhänge daraus, und antworten Sie nicht.',
    tellIfExposed:
      'Wenn Sie schon geklickt, etwas geöffnet, geantwortet oder ein Passwort eingegeben haben, sagen Sie es jetzt Ihrer IT oder Ihrem Sicherheitsteam.',
    deleteYourself: 'Sie können sie löschen.',
    leaveIt: 'Lassen Sie sie bis dahin, wo sie ist.',
    spam: 'Löschen Sie sie, oder verschieben Sie sie in den Junk-Ordner.',
    bulk: 'Wenn Sie den Absender kennen, können Sie sie abbestellen. Sonst löschen Sie sie.',
    whenInvalid:
      'Öffnen Sie keine Links oder Anhänge daraus. Wenn Sie unsicher sind, fragen Sie Ihre IT oder Ihr Sicherheitsteam.',
  },
};
