/** What the dashboard says around decisions about copies, in German. */
import type { decisionsEn } from './decision-words-en.ts';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('de')} ${n === 1 ? one : many}`;

export const decisionsDe: typeof decisionsEn = {
  decide: {
    approve: {
      button: 'Laufen lassen',
      title: 'Jede Kopie zurückholen?',
      text: (n) =>
        `Kopien aus bis zu ${plural(n, 'Postfach', 'Postfächern')} wandern ans Ziel. Sie können sie später zurücklegen.`,
      confirm: 'Zurückholen',
    },
    cancel: {
      button: 'Anhalten',
      title: 'Hier anhalten?',
      text: () => 'Es wird nichts mehr bewegt. Was bewegt wurde, bleibt, wo es ist.',
      confirm: 'Anhalten',
    },
    restore: {
      button: 'Zurücklegen',
      title: 'Jede Kopie zurücklegen?',
      text: (n) =>
        `${plural(n, 'Kopie kommt', 'Kopien kommen')} in den alten Ordner zurück, gelesen oder ungelesen wie zuvor. Meldungen dieser Mail bewegen sie nicht noch einmal.`,
      confirm: 'Zurücklegen',
    },
    takeBack: {
      button: 'Zurückholen',
      title: 'Jede Kopie zurückholen?',
      many: (n) => `${plural(n, 'Nachricht', 'Nachrichten')} zurückholen?`,
      text: 'Jedes Postfach wird durchsucht, jede Kopie bewegt. Sie können sie später zurücklegen. Die Grenze und geschützte Postfächer gelten wie immer.',
      confirm: 'Zurückholen',
    },
  },
  purge: {
    button: 'Endgültig löschen…',
    title: 'Endgültig löschen?',
    text: (copies, mailboxes) =>
      `${plural(copies, 'Kopie', 'Kopien')} in ${plural(mailboxes, 'Postfach', 'Postfächern')} werden vernichtet. Das lässt sich nicht rückgängig machen.`,
    confirm: (copies) => `${plural(copies, 'Kopie', 'Kopien')} endgültig löschen`,
    outdated: 'Dort liegen inzwischen andere Kopien. Bitte sehen Sie noch einmal hin, bevor Sie bestätigen.',
    waits: (time) =>
      `Sie haben es verlangt. Bis ${time} muss eine zweite Person bestätigen: mit demselben Knopf, hier.`,
    askedBy: (name) => `${name} hat es verlangt. Sie wären die zweite Person.`,
    counts: 'endgültig gelöscht',
  },
  refusal: {
    destination_fixed: 'Kopien wurden schon bewegt: bitte erst zurücklegen, dann ein anderes Ziel wählen.',
    standing_retraction: 'Diese Mail wird schon an einen anderen Ort geholt: bitte erst zurücklegen.',
    nothing_to_restore: 'Von dieser Mail wurde nichts weggenommen.',
    not_searchable: 'Diese Mail hat keine Message-ID; ihre Kopien lassen sich nicht suchen.',
    simulation: 'Das ist eine Ihrer eigenen Phishing-Übungen: sie bleibt, wo sie ist.',
    nothing_to_purge: 'Von ihr gibt es keine Kopie, die sich endgültig löschen ließe.',
    confirmation_invalid: 'Diese Bestätigung wurde schon benutzt oder ist abgelaufen. Bitte fangen Sie neu an.',
    second_person_required: 'Jemand anderes muss bestätigen, was Sie verlangt haben.',
    counting: 'Die Kopien werden erst gezählt; nichts wird bewegt. Bitte gleich noch einmal versuchen.',
    confirmation_required: 'Das lässt sich nicht rückgängig machen. Es braucht eine eigene Bestätigung.',
    confirmation_outdated: 'Dort liegen inzwischen andere Kopien. Bitte sehen Sie vor dem Bestätigen noch einmal hin.',
    one_at_a_time: 'Endgültig gelöscht wird immer nur eine Nachricht auf einmal.',
    already_listed: 'Das steht schon in dieser Liste.',
    rate_limited: 'Zu viele Anfragen. Bitte warten Sie kurz und versuchen Sie es noch einmal.',
    temporarily_unavailable: 'Das geht gerade nicht. Bitte versuchen Sie es noch einmal.',
    request_timeout: 'Die Anfrage kam nicht rechtzeitig an. Bitte versuchen Sie es noch einmal.',
    internal: 'Bei uns ist etwas schiefgegangen. Es ist notiert.',
  },
  effects: {
    title: 'Was es wo bewirkt',
    destination: 'Ziel',
    provider: { microsoft365: 'Microsoft 365', google: 'Gmail' },
    copies: (copies, mailboxes) =>
      `${plural(copies, 'Kopie', 'Kopien')} in ${plural(mailboxes, 'Postfach', 'Postfächern')}`,
    searched: (searched, total) => `${searched} von ${plural(total, 'Postfach', 'Postfächern')} durchsucht`,
    unsearched: (total) => `${plural(total, 'Postfach', 'Postfächer')}, noch nicht durchsucht`,
    protectedOnes: (n) => `davon ${n} in geschützten Postfächern`,
  },
  similar: {
    button: 'Ähnliche Nachrichten',
    title: 'Ähnliche Nachrichten',
    lead: 'Mail derselben Art, die hier gemeldet wurde. Ähnlichkeit allein bewegt nichts.',
    none: 'Ähnliches wurde nicht gemeldet.',
    incomplete: 'Es waren mehr, als sich auf einmal vergleichen lassen.',
    percent: (percent) => `zu ${percent} % gleich`,
    campaign: 'Gleiche Kampagne',
    reports: (n) => plural(n, 'Meldung', 'Meldungen'),
    choose: (subject) => `„${subject}“ auswählen`,
    retract: 'Ausgewählte zurückholen',
    chosen: (n) => plural(n, 'ausgewählt', 'ausgewählt'),
    takenBack: 'zurückgeholt',
    started: (n) => `${plural(n, 'Rückholung läuft', 'Rückholungen laufen')}:`,
    search: 'Auch in den Postfächern suchen',
    searching: 'Die Postfächer werden durchsucht …',
    found: (found, foundIn, searched, total) =>
      `${plural(found, 'Mail', 'Mails')} in ${plural(foundIn, 'Postfach', 'Postfächern')}; ${searched} von ${total} durchsucht`,
    partly: 'unvollständig',
    table: 'Gefunden nach Absender, Betreff und Zeit; hineingesehen hat niemand',
    columns: { mailbox: 'Postfach', subject: 'Betreff', when: 'Empfangen' },
    more: (n) => `und ${n} weitere`,
  },
  destination: {
    Quarantine: 'Quarantäne',
    Inbox: 'Posteingang',
    JunkEmail: 'Junk-E-Mail, Spam',
    DeletedItems: 'Gelöschte Elemente, Papierkorb',
    RecoverableItemsDeletions: 'Wiederherstellbare Elemente (nur Microsoft 365)',
    RecoverableItemsPurges: 'Endgültig gelöscht',
    NoAction: 'Liegen lassen',
  },
};
