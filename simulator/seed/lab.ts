/** The lab's fortnight of mail in Google Workspace: seeded beside the first house, with campaigns that hit both. */
import type { Simulator } from '../simulator.ts';
import type { GmailDelivery } from '../workspace/mailbox.ts';
import { chance } from './chance.ts';
import { compose, messageIdOf, type Trace } from './compose.ts';
import { demoLetters } from './demo.ts';
import { labAddressOf, labGroups, labPeople } from './lab-people.ts';
import type { Letter } from './letter.ts';
import { labLetters, sharedLetters } from './letters/lab.ts';
import type { DemoPerson } from './people.ts';
import { gmailTrace } from './received-google.ts';

const hourMs = 3_600_000;

/** @param salt makes other Message-IDs of the same letters, the same as in the first house */
export function lettersOfTheLab(start: number, salt = ''): Letter[] {
  const shared = demoLetters(start, salt).flatMap((letter) => {
    const to = sharedLetters[letter.name];
    return to ? [{ ...letter, to }] : [];
  });
  const own = labLetters.map((letter) => ({ ...letter, salt, messageId: letter.messageId?.replace('@', `${salt}@`) }));
  const ids = new Map(own.map((letter) => [letter.name, letter.messageId ?? messageIdOf(letter)]));
  const threaded = own.map((letter) =>
    letter.inReplyTo ? { ...letter, inReplyTo: ids.get(letter.inReplyTo.slice('thread:'.length)) } : letter,
  );
  return [...shared, ...threaded];
}

export function seedLab({ google }: Pick<Simulator, 'google'>, start: number, salt = ''): void {
  for (const person of labPeople) {
    const { displayName, jobTitle: title, department, language } = person;
    const aliases = person.aliases?.map((alias) => labAddressOf({ name: alias }));
    google.addMailbox(labAddressOf(person), { displayName, title, department, language, aliases });
  }
  for (const { name, displayName, has, inside = [] } of labGroups)
    google.addGroup(
      labAddressOf({ name }),
      [...labPeople.filter(has).map(labAddressOf), ...inside.map((inner) => labAddressOf({ name: inner }))],
      displayName,
    );
  const people = new Map(labPeople.map((person) => [person.name, person]));
  // Oldest first, as the world delivers, so that answers find their threads.
  for (const letter of lettersOfTheLab(start, salt).sort((a, b) => b.hoursAgo - a.hoursAgo)) {
    const at = Math.floor((start - letter.hoursAgo * hourMs) / 1000) * 1000;
    const author = people.get(/<([^@]+)@lab\./.exec(letter.from)?.[1] ?? '');
    // What somebody sent has come through no receiver: no trace on top.
    if (author) put(author, letter, at, { labels: ['SENT'], isRead: true }, () => []);
    for (const name of letter.to) {
      const person = people.get(name)!;
      put(person, letter, at, stateOf(letter, person));
    }
  }

  function put(person: DemoPerson, letter: Letter, at: number, state: GmailDelivery, trace: Trace = gmailTrace): void {
    const mailbox = { address: labAddressOf(person), displayName: person.displayName };
    google.workspace.deliver(mailbox.address, compose(letter, mailbox, at, trace), {
      label: letter.name,
      receivedAt: at,
      ...state,
    });
  }
}

/** Labels a person files under. */
function ownLabel(person: DemoPerson): string {
  const german = person.language === 'de-DE';
  if (person.department === 'Administration') return german ? 'Bestellungen' : 'Orders';
  return german ? 'Versuche' : 'Experiments';
}

/** What the owner did with it since: the older, the likelier read, filed, archived or deleted. */
function stateOf(letter: Letter, person: DemoPerson): GmailDelivery {
  const dice = (what: string) => chance(`lab|${letter.name}|${person.name}|${what}`);
  const isRead = dice('read') < (letter.read ?? 0.25 + 0.7 * Math.min(1, letter.hoursAgo / 48));
  const labels = letter.bulk ? ['CATEGORY_PROMOTIONS'] : letter.brand ? ['CATEGORY_UPDATES'] : ['CATEGORY_PERSONAL'];
  if (dice('important') < 0.3) labels.push('IMPORTANT');
  if (isRead && dice('star') < 0.08) labels.push('STARRED');
  const place = letter.hoursAgo < 20 || !isRead ? 0 : dice('place');
  if (place > 0.92) return { isRead, labels: [...labels, 'TRASH'] };
  if (place > 0.8) return { isRead, labels };
  if (place > 0.65) return { isRead, labels: [...labels, ownLabel(person)] };
  return { isRead, labels: ['INBOX', ...labels] };
}
