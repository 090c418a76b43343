/** Who gets a letter. Local parts. */
import { some } from './chance.ts';
import { demoPeople } from './people.ts';

const people = demoPeople.filter((person) => person.kind !== 'shared');

export const everyone: readonly string[] = people.map((person) => person.name);
export const germans: readonly string[] = people
  .filter((person) => person.language === 'de-DE')
  .map((person) => person.name);
export const britons: readonly string[] = people
  .filter((person) => person.language === 'en-GB')
  .map((person) => person.name);

export function department(...names: string[]): string[] {
  return people.filter((person) => names.includes(person.department)).map((person) => person.name);
}

/** So many of them, always the same ones for a salt; those named first are always among them. */
export function partOf(names: readonly string[], count: number, salt: string, ...always: string[]): string[] {
  return [...new Set([...always, ...some(names, count, salt)])].slice(0, count);
}
