/** The company's other house: the research lab it bought last year, which still works in Google Workspace. */
import type { DemoPerson } from './people.ts';

const person =
  (language: DemoPerson['language']) =>
  (name: string, displayName: string, department: string, jobTitle: string, aliases?: string[]): DemoPerson => ({
    name,
    displayName,
    language,
    department,
    jobTitle,
    aliases,
  });
const en = person('en-GB');
const de = person('de-DE');

export const labPeople: readonly DemoPerson[] = [
  en('imogen.ashby', 'Imogen Ashby', 'Lab Management', 'Director of Research', ['director']),
  de('rainer.holst', 'Rainer Holst', 'Lab Management', 'Laborleiter'),
  en('kwame.mensah', 'Kwame Mensah', 'Optics Lab', 'Senior Scientist'),
  en('elif.demir', 'Elif Demir', 'Optics Lab', 'Scientist'),
  de('annika.lorenzen', 'Annika Lorenzen', 'Optics Lab', 'Doktorandin'),
  en('hugo.marchand', 'Hugo Marchand', 'Optics Lab', 'Doctoral Student'),
  de('matthias.rehm', 'Matthias Rehm', 'Cleanroom', 'Reinraumtechniker'),
  en('siobhan.keane', 'Siobhan Keane', 'Cleanroom', 'Process Engineer'),
  en('wei.zhang', 'Wei Zhang', 'Software', 'Research Software Engineer'),
  de('lukas.petry', 'Lukas Petry', 'Software', 'Softwareentwickler'),
  en('nadia.rahman', 'Nadia Rahman', 'Administration', 'Lab Coordinator', ['office']),
  de('gisela.thoma', 'Gisela Thoma', 'Administration', 'Einkauf und Buchhaltung', ['orders']),
  en('owen.pritchard', 'Owen Pritchard', 'Administration', 'Grants Officer'),
  de('jule.brinkmann', 'Jule Brinkmann', 'Cleanroom', 'Auszubildende'),
];

/** Group address to what its members have in common; `inside` are groups that are members. */
export const labGroups: readonly {
  name: string;
  displayName: string;
  has: (person: DemoPerson) => boolean;
  inside?: readonly string[];
}[] = [
  { name: 'optics', displayName: 'Optics Lab', has: (one) => one.department === 'Optics Lab' },
  { name: 'cleanroom', displayName: 'Cleanroom', has: (one) => one.department === 'Cleanroom' },
  {
    name: 'everyone',
    displayName: 'Everyone in the lab',
    has: (one) => !['Optics Lab', 'Cleanroom'].includes(one.department),
    inside: ['optics', 'cleanroom'],
  },
];

export const labDomain = 'lab.example.org';
export const labAddressOf = ({ name }: { name: string }): string => `${name}@${labDomain}`;
