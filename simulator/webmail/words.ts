/** The web mail's own words. The add-in brings its own, in the language the host announces. */
const english = {
  simulated: 'Simulated tenant',
  simulatedHint: 'An invented company. Nothing here leaves this computer.',
  gmailOfTheLab: 'The lab has Gmail',
  openMailbox: 'Open another mailbox',
  youAre: 'You are',
  searchPeople: 'Search people, departments, addresses',
  nobody: 'Nobody by that name.',
  shared: 'Shared mailbox',
  room: 'Room',
  folders: 'Folders',
  messages: 'Messages',
  reading: 'Reading pane',
  unread: 'unread',
  adminView: 'What the admin sees',
  adminViewHint: 'Hidden folders, such as the quarantine',
  hiddenFolder: 'hidden',
  emptyFolder: 'Nothing here.',
  emptyFolderHint: 'New mail appears by itself.',
  nothingOpen: 'Choose a message to read it.',
  tryIt: [
    'Open a message that looks wrong.',
    'Press Report phishing and see what is found.',
    'Look into a colleague’s mailbox: the copy is gone there, too.',
  ],
  gone: 'This message is no longer here.',
  goneHint: 'It was moved out of this folder while you were looking at it.',
  leftFolder: 'A message left this mailbox:',
  today: 'Today',
  yesterday: 'Yesterday',
  earlier: 'Earlier',
  from: 'From',
  to: 'To',
  cc: 'Cc',
  attachments: 'Attachments',
  flagged: 'Flagged',
  important: 'High importance',
  noSubject: '(no subject)',
  mailActions: 'Message actions',
  remove: 'Delete',
  junk: 'Junk',
  notJunk: 'To inbox',
  markUnread: 'Mark unread',
  back: 'Back',
  close: 'Close',
  cancel: 'Cancel',
  report: 'Report',
  dontReport: "Don't Report",
  moreInfo: 'For more info go to:',
  reporting: 'Reporting the message …',
  reportTimedOut: 'The add-in did not answer in time.',
  reportTimedOutHint: 'Outlook waits five minutes for an add-in. Your message has not been moved.',
  reportBroken: 'The add-in could not be started.',
  reportBrokenHint: 'Its page did not load, or it lacks the function its manifest names.',
  noAddin: 'The add-in is not there yet.',
  noAddinHint: 'Its server cannot be reached. This page looks again every few seconds.',
  addinPane: 'Add-in pane',
  signIn: 'Sign in to the add-in?',
  signInText: 'wants to know who you are. It will see your name and address.',
  continue: 'Continue',
  copiesTitle: 'In the whole tenant',
  copiesHint: 'Only the simulator knows this; a mail client would not.',
  otherMail: 'another mail that borrows this Message-ID',
  linkLeads: 'Links stay closed in the demo. This one leads to:',
  settings: 'Simulation settings',
  language: 'Language',
  theme: 'Appearance',
  themeAuto: 'As the system',
  themeLight: 'Light',
  themeDark: 'Dark',
  client: 'Outlook generation',
  clientNow: 'Today (Mailbox 1.15)',
  clientLtsc: 'LTSC 2024 (Mailbox 1.14)',
  clientOld: 'Before reporting (Mailbox 1.8)',
  signInMode: 'Sign-in of add-ins',
  signInSilent: 'Silent',
  signInAsks: 'Asks first',
  signInFails: 'Fails',
};

export type Words = typeof english;

const german: Words = {
  simulated: 'Simulierte Organisation',
  simulatedHint: 'Eine erfundene Firma. Nichts davon verlässt diesen Rechner.',
  gmailOfTheLab: 'Das Labor hat Gmail',
  openMailbox: 'Anderes Postfach öffnen',
  youAre: 'Sie sind',
  searchPeople: 'Personen, Abteilungen, Adressen suchen',
  nobody: 'Niemand mit diesem Namen.',
  shared: 'Gemeinsames Postfach',
  room: 'Raum',
  folders: 'Ordner',
  messages: 'Nachrichten',
  reading: 'Lesebereich',
  unread: 'ungelesen',
  adminView: 'Was die Administration sieht',
  adminViewHint: 'Verborgene Ordner wie die Quarantäne',
  hiddenFolder: 'verborgen',
  emptyFolder: 'Hier ist nichts.',
  emptyFolderHint: 'Neue Nachrichten erscheinen von selbst.',
  nothingOpen: 'Wählen Sie eine Nachricht aus, um sie zu lesen.',
  tryIt: [
    'Öffnen Sie eine Nachricht, die verdächtig aussieht.',
    'Drücken Sie Phishing melden und sehen Sie, was gefunden wird.',
    'Schauen Sie in ein anderes Postfach: Auch dort ist die Kopie weg.',
  ],
  gone: 'Diese Nachricht ist nicht mehr hier.',
  goneHint: 'Sie wurde aus diesem Ordner verschoben, während Sie sie angesehen haben.',
  leftFolder: 'Eine Nachricht hat dieses Postfach verlassen:',
  today: 'Heute',
  yesterday: 'Gestern',
  earlier: 'Früher',
  from: 'Von',
  to: 'An',
  cc: 'Cc',
  attachments: 'Anlagen',
  flagged: 'Gekennzeichnet',
  important: 'Hohe Wichtigkeit',
  noSubject: '(kein Betreff)',
  mailActions: 'Nachrichtenaktionen',
  remove: 'Löschen',
  junk: 'Junk',
  notJunk: 'In den Posteingang',
  markUnread: 'Ungelesen',
  back: 'Zurück',
  close: 'Schließen',
  cancel: 'Abbrechen',
  report: 'Melden',
  dontReport: 'Nicht melden',
  moreInfo: 'Weitere Informationen:',
  reporting: 'Die Nachricht wird gemeldet …',
  reportTimedOut: 'Das Add-In hat nicht rechtzeitig geantwortet.',
  reportTimedOutHint: 'Outlook wartet fünf Minuten auf ein Add-In. Ihre Nachricht wurde nicht verschoben.',
  reportBroken: 'Das Add-In konnte nicht gestartet werden.',
  reportBrokenHint: 'Seine Seite wurde nicht geladen, oder ihr fehlt die im Manifest genannte Funktion.',
  noAddin: 'Das Add-In ist noch nicht da.',
  noAddinHint: 'Sein Server ist nicht erreichbar. Diese Seite versucht es alle paar Sekunden wieder.',
  addinPane: 'Bereich des Add-Ins',
  signIn: 'Beim Add-In anmelden?',
  signInText: 'möchte wissen, wer Sie sind. Es sieht Ihren Namen und Ihre Adresse.',
  continue: 'Weiter',
  copiesTitle: 'In der ganzen Organisation',
  copiesHint: 'Das weiß nur der Simulator; ein Mailprogramm würde es nicht zeigen.',
  otherMail: 'eine andere Nachricht, die diese Message-ID borgt',
  linkLeads: 'Links bleiben in der Demo geschlossen. Dieser führt zu:',
  settings: 'Einstellungen der Simulation',
  language: 'Sprache',
  theme: 'Darstellung',
  themeAuto: 'Wie das System',
  themeLight: 'Hell',
  themeDark: 'Dunkel',
  client: 'Outlook-Generation',
  clientNow: 'Heute (Mailbox 1.15)',
  clientLtsc: 'LTSC 2024 (Mailbox 1.14)',
  clientOld: 'Ohne Meldefunktion (Mailbox 1.8)',
  signInMode: 'Anmeldung von Add-Ins',
  signInSilent: 'Still',
  signInAsks: 'Fragt zuerst',
  signInFails: 'Schlägt fehl',
};

export const wordsIn = (language: 'en' | 'de'): Words => (language === 'de' ? german : english);

/** Short times for a list, long ones for a header, as the reader's language writes them. */
export function timeText(iso: string, language: 'en' | 'de', length: 'short' | 'long', now = new Date()): string {
  const at = new Date(iso);
  const locale = language === 'de' ? 'de-DE' : 'en-GB';
  if (length === 'long') return at.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' });
  if (dayOf(at) === dayOf(now)) return at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
  return at.toLocaleDateString(locale, { day: 'numeric', month: 'short' });
}

export function dayGroup(iso: string, now = new Date()): 'today' | 'yesterday' | 'earlier' {
  const day = dayOf(new Date(iso));
  if (day === dayOf(now)) return 'today';
  const before = new Date(now);
  before.setDate(before.getDate() - 1);
  return day === dayOf(before) ? 'yesterday' : 'earlier';
}

const dayOf = (at: Date) => `${at.getFullYear()}-${at.getMonth()}-${at.getDate()}`;

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
