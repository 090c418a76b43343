/** Colleagues writing to each other. */
import { everyone } from '../audience.ts';
import type { Letter } from '../letter.ts';
import { demoPeople } from '../people.ts';
import { officeRows } from './internal-office.ts';
import { worksRows } from './internal-works.ts';

/** From and to are local parts; paragraphs are separated by |. A name that starts with `re:` answers the mail it names. */
export type ColleagueRow = [
  name: string,
  from: string,
  to: readonly string[],
  hoursAgo: number,
  subject: string,
  text: string,
];

export const internal: readonly Letter[] = [...officeRows, ...worksRows].map(
  ([name, from, to, hoursAgo, subject, text]) => ({
    name,
    from: `${fullName(from)} <${from}@example.org>`,
    to: to.filter((one) => one !== from),
    shownTo:
      to.length >= everyone.length - 1
        ? 'All Staff <all-staff@example.org>'
        : to
            .filter((one) => one !== from)
            .map((one) => `${fullName(one)} <${one}@example.org>`)
            .join(', '),
    subject,
    body: text.split('|'),
    hoursAgo,
    inReplyTo: name.startsWith('re:') ? `thread:${name.slice(3)}` : undefined,
  }),
);

function fullName(name: string): string {
  return demoPeople.find((person) => person.name === name)!.displayName;
}
