/** Mail that comes again and again with other numbers: tickets, reports, menus, orders, invitations. */
import { britons, department, everyone, partOf } from '../audience.ts';
import { chance, digits } from '../chance.ts';
import type { Brand, Letter } from '../letter.ts';

const desk: Brand = {
  name: 'Support Desk',
  colour: '#334155',
  footer: 'Lindenhof Support Desk · reply above the line to add a comment',
};

const topics = [
  'Probe not recognised over USB',
  'Certificate download fails',
  'Cable strain relief broken',
  'Question about uncertainty budget',
  'Firmware update stuck at 63 %',
  'Touch trigger fires twice',
  'Spare stylus, 2 mm ruby',
  'Licence moved to a new PC',
  'Drift after warm-up',
  'API returns 500 on export',
  'Training for two operators',
  'Wrong language on display',
];
const customers = [
  'Brightwell Labs',
  'Aalto Metrology',
  'Donau Präzision',
  'Fjord Instruments',
  'Atelier Mesure',
  'Kestrel Aerospace',
  'Rhein Optik',
  'Tamar Engineering',
];

const tickets: Letter[] = Array.from({ length: 24 }, (_, i) => {
  const number = 20410 + i;
  const topic = topics[i % topics.length]!;
  const customer = customers[Math.floor(chance(`customer|${i}`) * customers.length)]!;
  return {
    name: `ticket-${number}`,
    from: 'Support Desk <support@example.org>',
    to: partOf(department('Support'), 2, `ticket|${i}`),
    subject: `[#${number}] ${topic} (${customer})`,
    hoursAgo: 2.2 + i * 6.7,
    brand: desk,
    body: [
      `**${customer}** opened ticket #${number}.`,
      {
        rows: [
          ['Product', i % 3 === 0 ? 'LP-20' : 'LP-40'],
          ['Serial', `26-0${1 + (i % 9)}-0${digits(`serial|${i}`, 3)}`],
          ['Priority', i % 5 === 0 ? 'High' : 'Normal'],
        ],
      },
      `${topic}. We tried the steps in the manual, section ${2 + (i % 6)}, without success.`,
    ],
  };
});

const backups: Letter[] = Array.from({ length: 14 }, (_, i) => {
  const gigabytes = (412 + chance(`backup|${i}`) * 40).toFixed(1);
  const failed = i === 4;
  return {
    name: `backup-${i}`,
    from: 'Backup srv-04 <backup@example.org>',
    to: ['sophie.ahrens', 'victor.hale'],
    subject: failed ? 'WARNING: nightly backup finished with 1 error' : 'Nightly backup finished',
    hoursAgo: 14 + i * 24,
    textOnly: true,
    read: failed ? 1 : 0.3,
    body: [
      `Job: nightly-full\nSize: ${gigabytes} GB\nDuration: ${38 + (i % 7)} min\nErrors: ${failed ? '1 (file in use: projects/interferometer/~lock)' : '0'}`,
    ],
  };
});

const dishes = [
  'Linsensuppe',
  'Gemüselasagne',
  'Königsberger Klopse',
  'Kürbisrisotto',
  'Fischfilet mit Dill',
  'Käsespätzle',
  'Chili sin Carne',
  'Grünkohl mit Pinkel',
  'Pilzragout',
  'Kartoffelauflauf',
];
const menus: Letter[] = Array.from({ length: 3 }, (_, i) => ({
  name: `menu-${i}`,
  from: 'Kantine Zur Linse <speiseplan@kantine-linse.example>',
  to: partOf(everyone, 20, 'menu'),
  subject: `Speiseplan KW ${48 - i}`,
  hoursAgo: 31 + i * 168,
  brand: {
    name: 'Kantine Zur Linse',
    colour: '#a16207',
    footer: 'Änderungen vorbehalten · [Abbestellen](https://kantine-linse.example/plan/aus)',
  },
  bulk: { listId: 'Speiseplan <plan.kantine-linse.example>', unsubscribe: 'https://kantine-linse.example/plan/aus' },
  origin: { host: 'mail.kantine-linse.example', ip: '192.0.2.140' },
  read: 0.5,
  body: [
    { heading: 'Guten Appetit!' },
    {
      rows: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'].map(
        (day, d) => [day, dishes[(i * 5 + d * 3) % dishes.length]!] as const,
      ),
    },
  ],
}));

const orders: Letter[] = Array.from({ length: 12 }, (_, i) => {
  const customer = customers[i % customers.length]!;
  const domain = `${customer
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/[^a-z]+/g, '-')}.example`;
  return {
    name: `order-${i}`,
    from: `${customer} Purchasing <purchasing@${domain}>`,
    to: [...partOf(department('Sales'), 1, `order|${i}`), ...(i % 3 === 0 ? ['invoices'] : [])],
    subject: `Purchase order ${4400 + i * 7} from ${customer}`,
    hoursAgo: 10 + i * 13.3,
    origin: { host: `smtp.${domain}`, ip: `192.0.2.${150 + i}`, dkim: i % 5 === 4 ? 'none' : 'pass' },
    body: [
      'Dear sales team,',
      'please find our order below and confirm price and delivery date.',
      {
        rows: [
          ['Item', i % 2 === 0 ? 'LP-40 touch probe' : 'LP-20 touch probe'],
          ['Quantity', String(1 + (i % 4))],
          ['Price', 'as per framework agreement'],
          ['Delivery', 'DAP, our goods-in'],
        ],
      },
      `Regards\n${customer}, Purchasing`,
    ],
  };
});

const timesheets: Letter[] = Array.from({ length: 4 }, (_, i) => ({
  name: `timesheet-${i}`,
  from: 'Tom Whitfield <tom.whitfield@example.org>',
  to: [...britons].filter((name) => name !== 'tom.whitfield'),
  shownTo: 'UK Staff <uk-staff@example.org>',
  subject: `Timesheets for week ${47 - i} by noon, please`,
  hoursAgo: 27 + i * 168,
  body: ['Hi all,', `friendly weekly nudge: timesheets for week ${47 - i} close at noon.`, 'Thanks\nTom'],
}));

export const series: readonly Letter[] = [...tickets, ...backups, ...menus, ...orders, ...timesheets];
