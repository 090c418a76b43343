/** Ordinary mail of the lab: among its people, from the company's first house, and from outside. */
import { digits } from '../chance.ts';
import { labDomain, labPeople } from '../lab-people.ts';
import type { Letter, Origin } from '../letter.ts';

type Row = [name: string, from: string, to: readonly string[], hoursAgo: number, subject: string, text: string];

const everyone = labPeople.map((person) => person.name);
const germans = labPeople.filter((person) => person.language === 'de-DE').map((person) => person.name);
const optics = labPeople.filter((person) => person.department === 'Optics Lab').map((person) => person.name);

/** From and to are local parts. A name that starts with `re:` answers the mail it names. */
const colleagues: readonly Row[] = [
  [
    'lab-open-day',
    'imogen.ashby',
    everyone,
    30,
    'Open day: who can give a tour?',
    'Dear all,|on Friday the 4th we expect about sixty visitors from the schools nearby. I need four people for tours of 25 minutes each. The cleanroom stays closed, the viewing window is enough.|Thanks\nImogen',
  ],
  [
    're:lab-open-day',
    'kwame.mensah',
    ['imogen.ashby'],
    28.5,
    'Re: Open day: who can give a tour?',
    'I can take the two morning ones, if somebody else explains the interferometer.|Kwame',
  ],
  [
    'lab-beamtime',
    'elif.demir',
    optics,
    20,
    'Table 3 is mine until Thursday',
    'Hi all,|the alignment on table 3 took me two days. Please do not lean on it, do not borrow the mounts, and do not be helpful.|Elif',
  ],
  [
    're:lab-beamtime',
    'hugo.marchand',
    ['elif.demir', 'kwame.mensah', 'annika.lorenzen'],
    19.2,
    'Re: Table 3 is mine until Thursday',
    'I may have been helpful on Monday. Sorry. The mirror is back where it was, within a millimetre.|Hugo',
  ],
  [
    'lab-reinraum',
    'matthias.rehm',
    ['siobhan.keane', 'jule.brinkmann', 'rainer.holst'],
    44,
    'Filterwechsel am Mittwoch',
    'Hallo zusammen,|am Mittwoch von 7 bis 12 Uhr werden die Filter getauscht. In dieser Zeit bitte keine Wafer offen liegen lassen. Danach messe ich die Partikel und gebe frei.|Gruß\nMatthias',
  ],
  [
    'lab-etch-recipe',
    'siobhan.keane',
    ['matthias.rehm', 'kwame.mensah'],
    12,
    'Etch recipe 14b',
    'Both,|14b is now 40 seconds shorter and the side walls look straight for once. Numbers are in the shared sheet. Please run the next three batches with it before we celebrate.|Siobhan',
  ],
  [
    'lab-ci-red',
    'wei.zhang',
    ['lukas.petry'],
    6,
    'fringe-counter: main is red',
    'Lukas, the unwrap test fails since your merge, but only on the slow runner. I think it reads the clock twice.|Wei',
  ],
  [
    're:lab-ci-red',
    'lukas.petry',
    ['wei.zhang'],
    5.1,
    'Re: fringe-counter: main is red',
    'Found it, you were right about the clock. Green again in ten minutes.|Lukas',
  ],
  [
    'lab-orders',
    'gisela.thoma',
    everyone,
    70,
    'Bestellungen vor dem Jahresende',
    'Liebe Kolleginnen und Kollegen,|bitte alle Bestellungen für dieses Jahr bis zum 4. Dezember einreichen, mit Kostenstelle. Was später kommt, zählt zum neuen Budget.|Viele Grüße\nGisela Thoma',
  ],
  [
    'lab-grant-report',
    'owen.pritchard',
    ['imogen.ashby', 'rainer.holst', 'kwame.mensah'],
    26,
    'Interim report: your paragraphs by Tuesday',
    'Dear Imogen, Rainer, Kwame,|the interim report is due in nine days. I have budget and publications; I still need one paragraph each on progress and deviations. Last year we were told that "none" is not a deviation.|Owen',
  ],
  [
    'lab-keys',
    'nadia.rahman',
    everyone,
    96,
    'Key cards: new reader at the back door',
    'Hello everybody,|the back door has a new reader from Monday. Cards are changed over at my desk, two minutes each, any morning.|Nadia',
  ],
  [
    'lab-thesis',
    'annika.lorenzen',
    ['rainer.holst'],
    50,
    'Kapitel 3',
    'Hallo Rainer,|Kapitel 3 liegt im gemeinsamen Ordner. Die Fehlerrechnung ist jetzt so, wie du sie wolltest, auch wenn ich sie immer noch für übertrieben halte.|Annika',
  ],
  [
    'lab-cake',
    'jule.brinkmann',
    everyone,
    3.3,
    'Kuchen / cake',
    'Ab 14 Uhr in der Küche, ich habe heute Geburtstag. From two in the kitchen, it is my birthday.|Jule',
  ],
];

/** From the first house of the company: Exchange Online hands it over. */
const house: Origin = { host: 'mail-am9pr04.outbound.protection.outlook.example', ip: '192.0.2.77', country: 'DE' };

const outside: readonly (readonly [...Row, origin: Origin])[] = [
  [
    'lab-townhall',
    'Margarethe Lindenhof <margarethe.lindenhof@example.org>',
    everyone,
    52,
    'Town hall on Thursday, lab included',
    'Dear colleagues in the lab,|on Thursday at 15:00 we talk about the year behind us. You are part of the company now, so please ask the uncomfortable questions. The link is in the calendar.|Margarethe Lindenhof',
    house,
  ],
  [
    'lab-accounts',
    'Sophie Ahrens <sophie.ahrens@example.org>',
    ['nadia.rahman', 'rainer.holst'],
    22,
    'Moving the lab to Microsoft 365: not this year',
    'Hello both,|to stop the rumour: nobody moves mailboxes before summer. Reporting a phishing mail works in Gmail just as it does with us, the button is in the side panel.|Sophie',
    house,
  ],
  [
    'lab-referee',
    'Journal of Fringe Optics <editor@fringe-optics.example>',
    ['kwame.mensah', 'elif.demir'],
    15,
    'Decision on manuscript JFO-2026-1184: minor revision',
    'Dear Dr Mensah,|the referees recommend publication after minor revision. Referee 2 asks for a longer discussion of the drift, and for one more citation of Referee 2.|The Editors',
    { host: 'out.fringe-optics.example', ip: '198.51.100.31', country: 'GB', dmarcAction: 'reject' },
  ],
  [
    'lab-quote',
    'Sven Aksel <sven.aksel@nordic-optics.example>',
    ['gisela.thoma', 'kwame.mensah'],
    33,
    'Offer 26-1187: beam splitters, coated',
    'Hello Gisela,|attached conditions as discussed by phone: four pieces, 11 weeks, no surcharge for the coating this time.|Best\nSven',
    { host: 'smtp.nordic-optics.example', ip: '198.51.100.77', country: 'SE', dmarc: 'none' },
  ],
  [
    'lab-gas',
    'Gase Rhein Kundendienst <service@gase-rhein.example>',
    ['matthias.rehm', 'gisela.thoma'],
    61,
    'Liefertermin Stickstoff: 25.11., 8 bis 10 Uhr',
    'Sehr geehrter Herr Rehm,|wir liefern am 25.11. zwischen 8 und 10 Uhr zwei Bündel Stickstoff 5.0. Bitte halten Sie die Rampe frei.|Ihr Kundendienst',
    { host: 'mail.gase-rhein.example', ip: '198.51.100.90', country: 'DE' },
  ],
  [
    'lab-forge-review',
    'Forge <notifications@forge.example>',
    ['wei.zhang', 'lukas.petry'],
    5.4,
    '[lab/fringe-counter] Review requested: read the clock once (#212)',
    'lukas-petry requested your review on #212.|3 files changed, 14 additions, 22 deletions.|You receive this because you watch lab/fringe-counter.',
    { host: 'out.forge.example', ip: '198.51.100.12', country: 'NL', dmarcAction: 'reject' },
  ],
];

function fullName(name: string): string {
  return labPeople.find((person) => person.name === name)!.displayName;
}

/** Gmail signs what its own people send, and checks it again on the way in. */
const inside: Origin = { host: 'mail-sor-f41.google.example', ip: '192.0.2.41', dmarcAction: 'quarantine' };

export const labLetters: readonly Letter[] = [
  ...colleagues.map(
    ([name, from, to, hoursAgo, subject, text]): Letter => ({
      name,
      from: `${fullName(from)} <${from}@${labDomain}>`,
      to: to.filter((one) => one !== from),
      shownTo:
        to === everyone
          ? `Everyone in the lab <everyone@${labDomain}>`
          : to
              .filter((one) => one !== from)
              .map((one) => `${fullName(one)} <${one}@${labDomain}>`)
              .join(', '),
      subject,
      body: text.split('|'),
      hoursAgo,
      origin: inside,
      messageId: `<CAH${digits(`lab|${name}`, 40)}@mail.gmail.example>`,
      inReplyTo: name.startsWith('re:') ? `thread:${name.slice(3)}` : undefined,
    }),
  ),
  ...outside.map(
    ([name, from, to, hoursAgo, subject, text, origin]): Letter => ({
      name,
      from,
      to,
      hoursAgo,
      subject,
      body: text.split('|'),
      origin,
    }),
  ),
];

/** Letters of the first house that reach the lab too, and whom: two campaigns, one with an id for everybody, bulk mail. */
export const sharedLetters: Readonly<Record<string, readonly string[]>> = {
  'invoice-lure': ['gisela.thoma', 'nadia.rahman', 'owen.pritchard', 'rainer.holst', 'wei.zhang'],
  'password-expiry': ['imogen.ashby', 'kwame.mensah', 'elif.demir', 'siobhan.keane', 'hugo.marchand', 'nadia.rahman'],
  'sparkasse-pushtan': germans,
  'news-optics': [...optics, 'rainer.holst'],
  'news-optics-46': optics,
  'news-dev': ['wei.zhang', 'lukas.petry'],
  'news-security': ['wei.zhang', 'nadia.rahman'],
};
