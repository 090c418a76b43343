import type { Fault, Place } from './wire.ts';

export type Language = 'en' | 'de';

interface Words {
  places: Record<Place | 'ALL', string>;
  labels: string;
  account: string;
  language: string;
  fault: string;
  faults: Record<Fault, string>;
  panel: string;
  noAddon: string;
  empty: string;
  choose: string;
  back: string;
  to: string;
  away: (place: string) => string;
  gone: string;
  working: string;
  showMore: (count: number) => string;
  showLess: string;
  consent: { title: string; text: string; agree: string };
  failed: { title: string; text: string; again: string };
  pretence: string;
  outlook: string;
}

const en: Words = {
  places: { INBOX: 'Inbox', STARRED: 'Starred', SENT: 'Sent', SPAM: 'Spam', TRASH: 'Bin', ALL: 'All mail' },
  labels: 'Labels',
  account: 'Account',
  language: 'Language',
  fault: 'Try a fault',
  faults: {
    none: 'Everything works',
    consent: 'A permission was unticked',
    offline: 'No connection',
    silence: 'The server is silent',
    quota: 'Daily quota used up',
  },
  panel: 'Side panel',
  noAddon: 'No add-on is installed here.',
  empty: 'Nothing here.',
  choose: 'Choose a message to read it.',
  back: 'Back to the list',
  to: 'to',
  away: (place) => `This message now lies in ${place}.`,
  gone: 'This message is no longer in this mailbox.',
  working: 'Working …',
  showMore: (count) => `Show ${count} more`,
  showLess: 'Show less',
  consent: {
    title: 'Permission needed',
    text: 'Google asks: may Reelback read the open message when you use the add-on?',
    agree: 'Allow',
  },
  failed: {
    title: 'The add-on could not be run',
    text: 'This is what Gmail says when a script fails or takes longer than 30 seconds.',
    again: 'Reload',
  },
  pretence: 'A pretend mail client; not Gmail.',
  outlook: 'The main house has Outlook',
};

const de: Words = {
  places: {
    INBOX: 'Posteingang',
    STARRED: 'Markiert',
    SENT: 'Gesendet',
    SPAM: 'Spam',
    TRASH: 'Papierkorb',
    ALL: 'Alle Nachrichten',
  },
  labels: 'Labels',
  account: 'Konto',
  language: 'Sprache',
  fault: 'Störung ausprobieren',
  faults: {
    none: 'Alles funktioniert',
    consent: 'Eine Erlaubnis wurde abgewählt',
    offline: 'Keine Verbindung',
    silence: 'Der Server schweigt',
    quota: 'Tagesgrenze erreicht',
  },
  panel: 'Seitenleiste',
  noAddon: 'Hier ist kein Add-on installiert.',
  empty: 'Hier ist nichts.',
  choose: 'Wählen Sie eine Nachricht, um sie zu lesen.',
  back: 'Zurück zur Liste',
  to: 'an',
  away: (place) => `Diese Nachricht liegt jetzt in: ${place}.`,
  gone: 'Diese Nachricht ist nicht mehr in diesem Postfach.',
  working: 'Einen Moment …',
  showMore: (count) => `${count} weitere zeigen`,
  showLess: 'Weniger zeigen',
  consent: {
    title: 'Erlaubnis nötig',
    text: 'Google fragt: Darf Reelback die offene Nachricht lesen, wenn Sie das Add-on benutzen?',
    agree: 'Erlauben',
  },
  failed: {
    title: 'Das Add-on ließ sich nicht ausführen',
    text: 'Das sagt Gmail, wenn ein Skript scheitert oder länger als 30 Sekunden braucht.',
    again: 'Neu laden',
  },
  pretence: 'Ein nachgestelltes Mailprogramm, nicht Gmail.',
  outlook: 'Das Haupthaus hat Outlook',
};

export const words: Record<Language, Words> = { en, de };
export type { Words };
