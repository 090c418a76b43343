/** The demo's organisation: its people, its groups and a fortnight of mail. The same every time for one start time. */
import type { Simulator } from '../simulator.ts';
import type { Delivery } from '../tenant/mailbox.ts';
import { chance } from './chance.ts';
import { compose, messageIdOf } from './compose.ts';
import type { Letter } from './letter.ts';
import { invitations } from './letters/calendar.ts';
import { internal } from './letters/internal.ts';
import { newsletters } from './letters/newsletters.ts';
import { partners } from './letters/partners.ts';
import { phishGerman } from './letters/phish-de.ts';
import { phishEnglish } from './letters/phish-en.ts';
import { series } from './letters/series.ts';
import { spam } from './letters/spam.ts';
import { transactions } from './letters/transactions.ts';
import { addressOf, type DemoPerson, demoGroups, demoPeople } from './people.ts';

const hourMs = 3_600_000;

/**
 * @param start ms since the epoch; letters were delivered in the hours before it
 * @param salt makes other Message-IDs of the same letters
 */
export function demoLetters(start: number, salt = ''): Letter[] {
  const letters = [
    ...phishEnglish,
    ...phishGerman,
    ...spam,
    ...newsletters,
    ...transactions,
    ...internal,
    ...partners,
    ...series,
    ...invitations(start),
  ].map((letter): Letter => ({ ...letter, salt, messageId: letter.messageId?.replace('@', `${salt}@`) }));
  const ids = new Map(letters.map((letter) => [letter.name, letter.messageId ?? messageIdOf(letter)]));
  return letters.map((letter) =>
    letter.inReplyTo?.startsWith('thread:')
      ? { ...letter, inReplyTo: ids.get(letter.inReplyTo.slice('thread:'.length)) }
      : letter,
  );
}

export function seedDemo(simulator: Pick<Simulator, 'tenant'>, start: number, salt = ''): void {
  const { tenant } = simulator;
  for (const person of demoPeople) {
    const { displayName, department, jobTitle, language, kind } = person;
    const aliases = person.aliases?.map((alias) => addressOf({ name: alias }));
    tenant.addPerson(addressOf(person), { displayName, department, jobTitle, language, kind, aliases });
  }
  for (const { name, displayName, has } of demoGroups)
    tenant.addGroup(addressOf({ name }), displayName, demoPeople.filter(has).map(addressOf));
  makeFolders(simulator);
  const people = new Map(demoPeople.map((person) => [person.name, person]));
  // Oldest first, as the world delivers.
  for (const letter of demoLetters(start, salt).sort((a, b) => b.hoursAgo - a.hoursAgo)) {
    const at = Math.floor((start - letter.hoursAgo * hourMs) / 1000) * 1000;
    for (const name of new Set(letter.to)) {
      const person = people.get(name)!;
      tenant.deliver(addressOf(person), compose(letter, mailboxOf(person), at), {
        label: letter.name,
        receivedAt: at,
        ...stateOf(letter, person),
      });
    }
    const author = letter.origin ? undefined : people.get(/<([^@]+)@/.exec(letter.from)?.[1] ?? '');
    if (author && author.kind !== 'shared') {
      const sent: Delivery = { folder: 'sentitems', isRead: true, label: letter.name, receivedAt: at };
      tenant.mailboxOrThrow(addressOf(author)).deliver(compose(letter, mailboxOf(author), at), sent);
    }
  }
}

const ownFolders: readonly { name: string; en: string; de: string; departments: readonly string[] }[] = [
  { name: 'invoices', en: 'Invoices', de: 'Rechnungen', departments: ['Finance'] },
  { name: 'projects', en: 'Projects', de: 'Projekte', departments: ['Engineering', 'Sales', 'Marketing'] },
];

function folderNameOf(person: DemoPerson): string | null {
  const folder = ownFolders.find(({ departments }) => departments.includes(person.department));
  return folder ? folder[person.language === 'de-DE' ? 'de' : 'en'] : null;
}

function makeFolders({ tenant }: Pick<Simulator, 'tenant'>): void {
  for (const person of demoPeople) {
    const name = folderNameOf(person);
    if (name) tenant.mailboxOrThrow(addressOf(person)).createFolder(name, false);
  }
}

/** What the owner did with it since: the older, the likelier read, filed or deleted. */
function stateOf(letter: Letter, person: DemoPerson): Delivery {
  if (letter.folder) return { folder: letter.folder, isRead: false };
  const dice = (what: string) => chance(`${letter.name}|${person.name}|${what}`);
  const age = Math.min(1, letter.hoursAgo / 48);
  const isRead = dice('read') < (letter.read ?? 0.25 + 0.7 * age);
  const state: Delivery = { isRead, flag: isRead && dice('flag') < 0.06 ? 'flagged' : 'notFlagged' };
  if (dice('category') < 0.05) state.categories = [person.language === 'de-DE' ? 'Blaue Kategorie' : 'Blue category'];
  if (!isRead || letter.hoursAgo < 20) return state;
  const own = folderNameOf(person);
  const place = dice('place');
  if (own && place < 0.15) return { ...state, folder: own };
  if (place > 0.93) return { ...state, folder: 'deleteditems' };
  return place > 0.85 ? { ...state, folder: 'archive' } : state;
}

function mailboxOf(person: DemoPerson): { address: string; displayName: string } {
  return { address: addressOf(person), displayName: person.displayName };
}
