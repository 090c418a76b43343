/** Invitations: a text/calendar part beside the text. */
import { department, everyone } from '../audience.ts';
import { digits } from '../chance.ts';
import type { Letter } from '../letter.ts';
import { demoPeople } from '../people.ts';

type Row = [
  name: string,
  from: string,
  to: readonly string[],
  hoursAgo: number,
  title: string,
  place: string,
  startsInHours: number,
  minutes: number,
];

const rows: readonly Row[] = [
  [
    'cal-townhall',
    'ulrike.brandt',
    everyone,
    45,
    'Town hall / Betriebsversammlung',
    'Assembly hall and Teams',
    290,
    90,
  ],
  [
    'cal-standup',
    'liam.doherty',
    ['mei.tanaka', 'yusuf.kaya', 'stefan.wolff'],
    150,
    'Firmware stand-up',
    'Teams',
    18,
    15,
  ],
  [
    'cal-review',
    'joerg.steinbach',
    department('Engineering'),
    64,
    'Design-Review Interferometer',
    'Besprechungsraum Linse',
    42,
    120,
  ],
  [
    'cal-audit',
    'petra.schulte',
    ['gerd.hoffmann', 'karl.metzger', 'ingrid.lorenz', 'miriam.engel'],
    44,
    'Vorbereitung Überwachungsaudit',
    'Büro QM',
    66,
    15,
  ],
  ['cal-forecast', 'priya.nair', department('Sales'), 34, 'Q4 forecast review', 'Teams', 44, 60],
  [
    'cal-interview',
    'tanja.fuchs',
    ['katrin.adler', 'joerg.steinbach'],
    19,
    'Vorstellungsgespräch Optik (M. Kowalska)',
    'Besprechungsraum Prisma',
    92,
    60,
  ],
  ['cal-1on1', 'hannah.price', ['chloe.bennett'], 80, 'Hannah / Chloe 1:1', 'Teams', 21, 30],
  [
    'cal-board',
    'oliver.hartnell',
    ['margarethe.lindenhof', 'arthur.quill'],
    100,
    'Board meeting',
    'Board room',
    140,
    180,
  ],
  ['cal-christmas', 'wiebke.jansen', everyone, 72, 'Weihnachtsfeier / Christmas party', 'Hotel am Hafen', 620, 300],
];

/** @param start ms since the epoch when the letter is delivered */
export function invitations(start: number): Letter[] {
  return rows.map(([name, from, to, hoursAgo, title, place, startsInHours, minutes]) => {
    const organiser = demoPeople.find((person) => person.name === from)!;
    const begins = Math.round((start + startsInHours * 3_600_000) / 1_800_000) * 1_800_000;
    const stamp = (ms: number) => `${new Date(ms).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
    return {
      name,
      from: `${organiser.displayName} <${from}@example.org>`,
      to: to.filter((one) => one !== from),
      shownTo: to.length > 12 ? 'All Staff <all-staff@example.org>' : to.map((one) => `${one}@example.org`).join(', '),
      subject: title,
      hoursAgo,
      body: [
        {
          rows: [
            ['When', new Date(begins).toUTCString().replace('GMT', 'UTC')],
            ['Where', place],
          ],
        },
      ],
      calendar: [
        'BEGIN:VCALENDAR',
        'METHOD:REQUEST',
        'PRODID:Microsoft Exchange Server 2010',
        'VERSION:2.0',
        'BEGIN:VEVENT',
        `ORGANIZER;CN=${organiser.displayName}:mailto:${from}@example.org`,
        `UID:${digits(name, 40).toUpperCase()}`,
        `SUMMARY:${title}`,
        `DTSTART:${stamp(begins)}`,
        `DTEND:${stamp(begins + minutes * 60_000)}`,
        `LOCATION:${place}`,
        'STATUS:CONFIRMED',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\n'),
    };
  });
}
