/** Mail in bulk that people asked for, or at least signed up to once. */
import { britons, department, everyone, germans, partOf } from '../audience.ts';
import type { Block, Brand, Letter } from '../letter.ts';

type Row = {
  name: string;
  list: string;
  from: string;
  to: readonly string[];
  hoursAgo: number;
  colour: string;
  footer: string;
  subject: string;
  body: readonly Block[];
  ip: number;
  clutter?: boolean;
};

const rows: readonly Row[] = [
  {
    name: 'news-optics',
    list: 'weekly.photonics-week.example',
    from: 'Photonics Week <editor@photonics-week.example>',
    to: partOf(department('Engineering', 'Marketing', 'Production'), 14, 'optics'),
    hoursAgo: 29,
    colour: '#3b2f7f',
    ip: 20,
    footer:
      'You receive Photonics Week because you subscribed on photonics-week.example. [Unsubscribe](https://photonics-week.example/u/optout) · Photonics Week Media, 4 Mill Lane',
    subject: 'Photonics Week 47: metalenses leave the lab',
    body: [
      { heading: 'Metalenses leave the lab' },
      'Two foundries announced volume production of flat optics this week. We look at what that means for **machine vision** and where conventional glass still wins. [Read the analysis](https://photonics-week.example/47/metalens)',
      { heading: 'Also in this issue' },
      '[Interferometry on the shop floor](https://photonics-week.example/47/shopfloor): three case studies\n[Standards watch](https://photonics-week.example/47/iso): what changes in ISO 10110\n[Jobs](https://photonics-week.example/jobs): 38 new positions',
      { button: 'Read online', href: 'https://photonics-week.example/47' },
    ],
  },
  {
    name: 'news-optics-46',
    list: 'weekly.photonics-week.example',
    from: 'Photonics Week <editor@photonics-week.example>',
    to: partOf(department('Engineering', 'Marketing', 'Production'), 14, 'optics'),
    hoursAgo: 197,
    colour: '#3b2f7f',
    ip: 20,
    footer:
      'You receive Photonics Week because you subscribed on photonics-week.example. [Unsubscribe](https://photonics-week.example/u/optout)',
    subject: 'Photonics Week 46: a laser the size of a grain of salt',
    body: [
      { heading: 'A laser the size of a grain of salt' },
      'Researchers printed a tunable source directly on a fibre tip. [The full story](https://photonics-week.example/46/laser)',
      'Plus: our survey on **lead times for germanium** and a reader question about ghost reflections.',
      { button: 'Read online', href: 'https://photonics-week.example/46' },
    ],
  },
  {
    name: 'news-dev',
    list: 'digest.kernel-notes.example',
    from: 'Kernel Notes <hello@kernel-notes.example>',
    to: ['liam.doherty', 'mei.tanaka', 'yusuf.kaya', 'victor.hale', 'noah.fielding'],
    hoursAgo: 52,
    colour: '#111827',
    ip: 21,
    footer: '[Unsubscribe](https://kernel-notes.example/unsubscribe) · [Archive](https://kernel-notes.example/archive)',
    subject: 'Kernel Notes #212: schedulers, again',
    body: [
      { heading: 'Schedulers, again' },
      'The debate about latency-nice is back. We summarise 214 messages in five paragraphs. [Continue](https://kernel-notes.example/212)',
      'Links: [A tour of io_uring in 2026](https://kernel-notes.example/l/1) · [Writing a USB gadget in an afternoon](https://kernel-notes.example/l/2) · [Why your watchdog did not bite](https://kernel-notes.example/l/3)',
    ],
  },
  {
    name: 'news-finance-de',
    list: 'brief.steuer-kompakt.example',
    from: 'Steuer kompakt <redaktion@steuer-kompakt.example>',
    to: [...department('Finance'), 'bettina.kern', 'ulrike.brandt'],
    hoursAgo: 33,
    colour: '#0b5d3b',
    ip: 22,
    footer:
      'Sie erhalten diesen Brief als Abonnent. [Abmelden](https://steuer-kompakt.example/abmelden) · Verlag Steuer kompakt, Hafenweg 3',
    subject: 'Steuer kompakt: E-Rechnung – was ab Januar gilt',
    body: [
      { heading: 'E-Rechnung: die Übergangsfrist endet' },
      'Ab Januar müssen Unternehmen mit mehr als 800.000 € Umsatz elektronische Rechnungen **versenden**. Unsere Checkliste zeigt, welche Formate zulässig sind. [Zur Checkliste](https://steuer-kompakt.example/e-rechnung)',
      { heading: 'Kurz gemeldet' },
      'Verpflegungspauschalen 2027 veröffentlicht · BFH zur Bewirtung von Geschäftsfreunden · Neues Formular für die Dauerfristverlängerung',
      { button: 'Ausgabe lesen', href: 'https://steuer-kompakt.example/2026-47' },
    ],
  },
  {
    name: 'news-hr',
    list: 'people.workplace-letter.example',
    from: 'The Workplace Letter <team@workplace-letter.example>',
    to: ['ruth.ainsley', 'tanja.fuchs', 'wiebke.jansen', 'oliver.hartnell'],
    hoursAgo: 76,
    colour: '#9a3412',
    ip: 23,
    footer:
      'Sent to subscribers of The Workplace Letter. [Manage preferences](https://workplace-letter.example/prefs) or [unsubscribe](https://workplace-letter.example/bye)',
    subject: 'Do four-day weeks survive their second year?',
    body: [
      { heading: 'Do four-day weeks survive their second year?' },
      'We went back to 31 companies from the 2024 pilot. Twenty-two still do it, but almost none in the form they started with.',
      { button: 'Read the follow-up', href: 'https://workplace-letter.example/four-day-2' },
    ],
  },
  {
    name: 'news-rail',
    list: 'offers.nordbahn.example',
    from: 'Nordbahn Angebote <angebote@nordbahn.example>',
    to: partOf(germans, 13, 'rail'),
    hoursAgo: 44,
    colour: '#b91c1c',
    ip: 24,
    footer: 'Nordbahn Vertrieb · [Newsletter abbestellen](https://nordbahn.example/newsletter/abmelden)',
    subject: 'Super-Sparpreis: Weihnachten ab 17,90 € nach Hause',
    body: [
      { heading: 'Früh buchen, günstig fahren' },
      'Sichern Sie sich bis Sonntag **Super-Sparpreise** für Reisen vom 18. Dezember bis 6. Januar.',
      { button: 'Verbindung suchen', href: 'https://nordbahn.example/suche' },
      { small: 'Solange der Vorrat reicht. Stornierung ausgeschlossen.' },
    ],
  },
  {
    name: 'news-shop',
    list: 'deals.kettle-co.example',
    from: 'Kettle & Co <hello@kettle-co.example>',
    to: partOf(britons, 11, 'kettle'),
    hoursAgo: 26,
    colour: '#4d7c0f',
    ip: 25,
    clutter: true,
    footer: 'You signed up at kettle-co.example. [Unsubscribe in one click](https://kettle-co.example/unsub)',
    subject: 'Black Friday starts early: 30% off everything',
    body: [
      { heading: '30% off. Everything. Until Sunday.' },
      'From the copper pour-over to the travel press: use the code **EARLYBIRD** at the checkout.',
      { button: 'Shop the sale', href: 'https://kettle-co.example/sale' },
    ],
  },
  {
    name: 'news-shop-last',
    list: 'deals.kettle-co.example',
    from: 'Kettle & Co <hello@kettle-co.example>',
    to: partOf(britons, 11, 'kettle'),
    hoursAgo: 3.2,
    colour: '#4d7c0f',
    ip: 25,
    clutter: true,
    footer: 'You signed up at kettle-co.example. [Unsubscribe in one click](https://kettle-co.example/unsub)',
    subject: 'Last hours: your 30% ends tonight',
    body: [
      { heading: 'Going, going…' },
      'Your discount ends at midnight. The copper kettle is nearly gone.',
      { button: 'Shop now', href: 'https://kettle-co.example/sale' },
    ],
  },
  {
    name: 'news-security',
    list: 'advisories.cert-watch.example',
    from: 'CERT Watch <advisories@cert-watch.example>',
    to: department('IT'),
    hoursAgo: 15,
    colour: '#1e293b',
    ip: 26,
    footer: 'CERT Watch advisories. [Unsubscribe](https://cert-watch.example/unsubscribe)',
    subject: '[CERT Watch] Advisory 2026-331: phishing wave abuses QR codes in MFA notices',
    body: [
      { heading: 'Advisory 2026-331' },
      'We see an increase of phishing mails that imitate IT departments and ask staff to **renew their multi-factor registration** by scanning a QR code. The code leads to a reverse proxy that captures the session.',
      'Recommended: remind staff that IT never asks for this by e-mail, block newly registered domains, and use phishing-resistant factors.',
      '[Full advisory with indicators](https://cert-watch.example/2026-331)',
    ],
  },
  {
    name: 'news-union-de',
    list: 'rundbrief.sportverein-nord.example',
    from: 'SV Nord Betriebssport <rundbrief@sportverein-nord.example>',
    to: partOf(germans, 8, 'sport'),
    hoursAgo: 120,
    colour: '#1d4ed8',
    ip: 27,
    footer: 'SV Nord e. V. · [Rundbrief abbestellen](https://sportverein-nord.example/aus)',
    subject: 'Rundbrief: Hallenzeiten im Dezember',
    body: [
      'Liebe Sportfreunde,',
      'wegen der Bodensanierung ziehen wir im Dezember in die Halle an der Werftstraße um. Badminton dienstags 18:30, Volleyball donnerstags 19:00. Am 22. Dezember ist Weihnachtsturnier – Anmeldung formlos per Antwort.',
      'Mit sportlichen Grüßen\nHeiko',
    ],
  },
  {
    name: 'news-trade',
    list: 'info.messtechnik-messe.example',
    from: 'Messtechnik Messe <info@messtechnik-messe.example>',
    to: partOf(everyone, 16, 'messe', 'isaac.bloom', 'zoe.carter'),
    hoursAgo: 61,
    colour: '#0e7490',
    ip: 28,
    footer: 'Messe Nord GmbH · [Abmelden / Unsubscribe](https://messtechnik-messe.example/u)',
    subject: 'Ausstellerticket: Ihr Code für die Messtechnik Messe 2027 / Your exhibitor code',
    body: [
      { heading: 'Willkommen zurück / Welcome back' },
      'Als Aussteller laden Sie Ihre Kunden kostenlos ein. As an exhibitor you invite your customers for free.',
      {
        rows: [
          ['Halle / Hall', '5'],
          ['Stand', 'C 34'],
          ['Code', 'LI-2027-GUEST'],
        ],
      },
      { button: 'Tickets', href: 'https://messtechnik-messe.example/tickets' },
    ],
  },
  {
    name: 'news-vendor',
    list: 'release.pcb-studio.example',
    from: 'PCB Studio <updates@pcb-studio.example>',
    to: ['stefan.wolff', 'liam.doherty', 'joerg.steinbach'],
    hoursAgo: 140,
    colour: '#7c2d12',
    ip: 29,
    footer: 'PCB Studio product updates. [Unsubscribe](https://pcb-studio.example/optout)',
    subject: 'PCB Studio 9.2 is here',
    body: [
      { heading: 'What is new in 9.2' },
      'Length matching across connectors, 3D collision checks twice as fast, and a dark theme that engineers asked for 1,204 times.',
      { button: 'Release notes', href: 'https://pcb-studio.example/9.2' },
    ],
  },
];

export const newsletters: readonly Letter[] = rows.map(
  ({ name, list, from, to, hoursAgo, colour, footer, subject, body, ip, clutter }) => {
    const [label, domain] = [from.split(' <')[0]!, /@([^>]+)/.exec(from)![1]!];
    const brand: Brand = { name: label, colour, footer };
    return {
      name,
      from,
      to,
      hoursAgo,
      subject,
      body,
      brand,
      shownTo: `${label} subscribers <${list.split('.')[0]}@${domain}>`,
      bulk: { listId: `${label} <${list}>`, unsubscribe: `https://${domain}/unsubscribe?l=${list.split('.')[0]}` },
      origin: {
        host: `mail.${domain}`,
        ip: `192.0.2.${100 + ip}`,
        envelopeFrom: `bounces@mail.${domain}`,
        country: 'DE',
      },
      filter: clutter ? 'BULK' : 'NONE',
      read: 0.4,
    } satisfies Letter;
  },
);
