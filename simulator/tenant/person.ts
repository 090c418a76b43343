/** A directory entry: a person or a shared mailbox, and a group. */
import type { Language } from './folder.ts';

export interface Person {
  /** Entra object id. */
  id: string;
  /** Primary SMTP address, lower case. */
  mail: string | null;
  userPrincipalName: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  jobTitle: string | null;
  department: string | null;
  preferredLanguage: string;
  /** Further addresses, lower case. */
  aliases: string[];
  userType: 'Member' | 'Guest';
  accountEnabled: boolean;
  kind: 'user' | 'shared' | 'room';
}

export interface Group {
  id: string;
  mail: string;
  displayName: string;
  /** Object ids of people and of groups. */
  members: string[];
}

export function languageOf(person: Person): Language {
  return person.preferredLanguage.startsWith('de') ? 'de' : 'en';
}

/** `SMTP:` marks the primary address, `smtp:` the others, as Exchange writes them. */
export function proxyAddressesOf(person: Person): string[] {
  if (person.mail === null) return [];
  return [`SMTP:${person.mail}`, ...person.aliases.map((alias) => `smtp:${alias}`)];
}
