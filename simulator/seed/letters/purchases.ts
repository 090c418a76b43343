/** Orders, parcels, invoices, tickets and the like. All of it is good. */
import { everyone, germans, partOf } from '../audience.ts';
import type { Brand } from '../letter.ts';
import type { ServiceRow } from './transactions.ts';

const brand = (name: string, colour: string, footer: string): Brand => ({ name, colour, footer });
const parcel = brand(
  'Paketdienst Nord',
  '#f59e0b',
  'Paketdienst Nord GmbH · Diese Nachricht wurde automatisch erstellt.',
);
const rail = brand('Nordbahn', '#b91c1c', 'Nordbahn Vertrieb · Fragen? service@nordbahn.example');
const shop = brand('Laborbedarf Weber', '#166534', 'Laborbedarf Weber KG · Industriestraße 12 · USt-IdNr. DE000000000');
const bank = brand(
  'Handelsbank Nord',
  '#0f3d5e',
  'Handelsbank Nord eG. Wir fragen niemals per E-Mail nach Ihrer PIN oder TAN.',
);

export const purchaseRows: readonly ServiceRow[] = [
  [
    'parcel-weber',
    'Paketdienst Nord <status@paketdienst-nord.example>',
    ['uwe.krause', 'miriam.engel'],
    7.2,
    parcel,
    'Ihr Paket von Laborbedarf Weber kommt heute',
    [
      { heading: 'Heute zwischen 10:30 und 12:30 Uhr' },
      'Ihre Sendung **PN 4471 0092 118** ist im Zustellfahrzeug.',
      { button: 'Sendung verfolgen', href: 'https://paketdienst-nord.example/track/PN44710092118' },
    ],
  ],
  [
    'parcel-delivered',
    'Paketdienst Nord <status@paketdienst-nord.example>',
    ['uwe.krause'],
    4.6,
    parcel,
    'Zugestellt: PN 4471 0092 118',
    ['Ihre Sendung wurde um 11:04 Uhr an **Wareneingang / Krause** übergeben.'],
  ],
  [
    'parcel-private',
    'Paketdienst Nord <status@paketdienst-nord.example>',
    ['lena.fischer'],
    28,
    parcel,
    'Ihre Sendung wurde bei einem Nachbarn abgegeben',
    ['Guten Tag, wir haben Sie nicht angetroffen. Ihre Sendung liegt bei **Familie Öztürk, 2. OG**.'],
  ],
  [
    'courier-pickup',
    'Swift Courier <dispatch@swift-courier.example>',
    ['grace.liddell', 'uwe.krause'],
    49,
    brand('Swift Courier', '#be123c', 'Swift Courier Ltd, Bristol Depot'),
    'Pickup confirmed for tomorrow 14:00-16:00',
    [
      {
        rows: [
          ['Reference', 'SC-88120'],
          ['Parcels', '3'],
          ['To', 'Aalto Metrology, Espoo'],
        ],
      },
      'Please have the labels attached. Need to change it? Reply to this e-mail.',
    ],
  ],
  [
    'order-weber',
    'Laborbedarf Weber <bestellung@laborbedarf-weber.example>',
    ['miriam.engel'],
    55,
    shop,
    'Auftragsbestätigung AB-60214',
    [
      'Sehr geehrte Frau Engel,',
      'vielen Dank für Ihre Bestellung.',
      {
        rows: [
          ['2 × Reinraumtücher, 500 Stück', '118,00 €'],
          ['1 × Isopropanol 99,9 %, 10 l', '64,50 €'],
          ['Versand', '9,90 €'],
          ['Gesamt', '192,40 €'],
        ],
      },
      'Voraussichtliche Lieferung in zwei Werktagen.',
    ],
  ],
  [
    'invoice-weber',
    'Laborbedarf Weber <rechnung@laborbedarf-weber.example>',
    ['invoices', 'sabine.krug'],
    30,
    shop,
    'Rechnung RG-60214 zu Ihrem Auftrag AB-60214',
    [
      'Sehr geehrte Damen und Herren,',
      'anbei erhalten Sie unsere Rechnung **RG-60214** über **192,40 €**, zahlbar innerhalb von 14 Tagen ohne Abzug.',
      'Mit freundlichen Grüßen\nIhr Laborbedarf Weber',
    ],
  ],
  [
    'invoice-vetro',
    'Officine Vetro Amministrazione <amministrazione@officine-vetro.example>',
    ['ana.marsh', 'invoices'],
    122,
    brand('Officine Vetro', '#1e3a8a', 'Officine Vetro S.r.l., Via delle Lenti 8'),
    'Invoice 2026/1180 for PO 7731',
    [
      'Dear Ana,',
      'please find the details of our invoice 2026/1180 for PO 7731 (lens blanks, 400 pcs). Terms as agreed: 30 days net.',
      {
        rows: [
          ['Amount', '€ 21,300.00'],
          ['Due', 'in 30 days'],
        ],
      },
      'Bank details are unchanged and printed on the invoice.',
    ],
  ],
  [
    'train-anna',
    'Nordbahn <buchung@nordbahn.example>',
    ['benedikt.vogel'],
    101,
    rail,
    'Ihre Buchung 7Q4K2L: Hamburg – Frankfurt',
    [
      { heading: 'Gute Reise!' },
      {
        rows: [
          ['Hinfahrt', 'Di 06:24 Hamburg Hbf – 10:00 Frankfurt Hbf'],
          ['Rückfahrt', 'Mi 17:01 – 20:38'],
          ['Preis', '129,80 €'],
        ],
      },
      { button: 'Ticket öffnen', href: 'https://nordbahn.example/t/7Q4K2L' },
    ],
  ],
  [
    'train-delay',
    'Nordbahn <info@nordbahn.example>',
    ['benedikt.vogel'],
    9.4,
    rail,
    'Verspätung: Ihr Zug um 17:01 fährt etwa 25 Minuten später',
    [
      'Grund dafür ist eine Reparatur an der Strecke. Ihr Anschluss wird voraussichtlich erreicht. Die Zugbindung ist aufgehoben.',
    ],
  ],
  [
    'hotel',
    'Hotel am Hafen <reservierung@hotel-am-hafen.example>',
    ['isaac.bloom', 'zoe.carter'],
    150,
    brand('Hotel am Hafen', '#334155', 'Hotel am Hafen · Kaistraße 1'),
    'Your reservation HH-2210 is confirmed',
    [
      'Dear guests,',
      'we look forward to welcoming you for the trade fair.',
      {
        rows: [
          ['Arrival', '2 March, from 15:00'],
          ['Departure', '5 March'],
          ['Rooms', '2 single, breakfast included'],
        ],
      },
    ],
  ],
  [
    'bank-statement',
    'Handelsbank Nord <mitteilung@handelsbank-nord.example>',
    ['benedikt.vogel', 'sabine.krug'],
    79,
    bank,
    'Neue Dokumente in Ihrem Postfach',
    [
      'Guten Tag,',
      'in Ihrem Online-Postfach liegen neue Dokumente für Sie bereit: **Kontoauszug Oktober**. Bitte melden Sie sich wie gewohnt in Ihrem Online-Banking an. Diese Nachricht enthält aus Sicherheitsgründen keinen Link.',
    ],
  ],
  [
    'sign-request',
    'SignWell <requests@signwell-docs.example>',
    ['bettina.kern', 'arthur.quill'],
    25,
    brand('SignWell', '#0369a1', 'SignWell for Aalto Metrology Oy'),
    'Signature requested: Mutual NDA Aalto Metrology',
    [
      'Arto Virtanen (Aalto Metrology) asks you to sign **Mutual_NDA_2026.pdf**.',
      { button: 'Review and sign', href: 'https://signwell-docs.example/d/81c2' },
      { small: 'Access code was sent to you by Arto separately.' },
    ],
  ],
  [
    'survey-canteen',
    'Kantine Zur Linse <umfrage@kantine-linse.example>',
    partOf(everyone, 12, 'canteen'),
    96,
    brand('Kantine Zur Linse', '#a16207', 'Betriebskantine Zur Linse'),
    'Zwei Fragen zum Mittagessen',
    [
      'Hallo zusammen,',
      'schmeckt es noch? Zwei Fragen, eine Minute: [zur Umfrage](https://kantine-linse.example/umfrage).',
    ],
  ],
  [
    'training-portal',
    'LearnPath <no-reply@learnpath.example>',
    partOf(everyone, 15, 'learn'),
    130,
    brand('LearnPath', '#6d28d9', 'LearnPath for Lindenhof Instruments'),
    'Reminder: "Laser safety basics" is due in 10 days',
    [
      'You are enrolled in **Laser safety basics** (35 minutes).',
      { button: 'Continue course', href: 'https://lindenhof.learnpath.example/courses/laser-safety' },
    ],
  ],
  [
    'pension-de',
    'Versorgungswerk Nord <service@versorgungswerk-nord.example>',
    partOf(germans, 6, 'pension'),
    160,
    brand('Versorgungswerk Nord', '#475569', 'Versorgungswerk Nord VVaG'),
    'Ihre Standmitteilung 2026 ist online',
    [
      'Guten Tag,',
      'Ihre jährliche Standmitteilung zur betrieblichen Altersversorgung liegt im Kundenportal. Sie finden das Portal über unsere Startseite.',
    ],
  ],
];
