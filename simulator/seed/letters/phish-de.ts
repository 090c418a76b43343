/** Phishing in German. All hosts are reserved names. */
import { department, germans, partOf } from '../audience.ts';
import type { Letter, Origin } from '../letter.ts';
import { macroWorkbook } from '../macro-workbook.ts';

const rented: Origin = {
  host: 'srv-204.mietserver.example',
  ip: '203.0.113.204',
  spf: 'pass',
  dkim: 'none',
  dmarc: 'none',
  country: 'BG',
};

export const phishGerman: readonly Letter[] = [
  {
    name: 'postfach-voll',
    from: 'IT-Service Lindenhof <it-service@lindenh0f-support.test>',
    to: partOf(germans, 10, 'postfach', 'ulrike.brandt', 'sabine.krug', 'gerd.hoffmann', 'lena.fischer'),
    subject: 'Ihr Postfach ist zu 98 % voll – bitte umgehend bestätigen',
    origin: { ...rented, host: 'mail.lindenh0f-support.test' },
    hoursAgo: 1.7,
    read: 0.2,
    importance: 'high',
    brand: {
      name: 'IT-Service',
      colour: '#243b6b',
      footer: 'Lindenhof Instruments · IT-Service · Diese Nachricht wurde automatisch erstellt.',
    },
    body: [
      { heading: 'Ihr Speicherplatz ist fast aufgebraucht' },
      'Sehr geehrte Nutzerin, sehr geehrter Nutzer,',
      'Ihr Postfach hat **98 %** des zulässigen Speichers erreicht. Ab heute, 18:00 Uhr, können keine E-Mails mehr empfangen werden. Bitte melden Sie sich an, um Ihren Speicher kostenlos zu erweitern.',
      { button: 'Speicher erweitern', href: 'https://outlook-web.lindenh0f-support.test/anmelden?quota=98' },
      'Nicht bestätigte Postfächer werden gelöscht.',
      'Mit freundlichen Grüßen\nIhr IT-Service',
    ],
  },
  {
    name: 'sparkasse-pushtan',
    personal: true,
    from: 'Sparkasse Kundenservice <service@sparkasse-pushtan.example>',
    to: partOf(germans, 9, 'sparkasse', 'karl.metzger', 'tanja.fuchs', 'ingrid.lorenz'),
    subject: 'Wichtig: Ihre pushTAN-Registrierung läuft ab (Vorgang {id})',
    origin: { ...rented, ip: '198.51.100.222', host: 'mx2.sparkasse-pushtan.example', dkim: 'pass', dmarc: 'pass' },
    hoursAgo: 9,
    brand: {
      name: 'Sparkasse',
      colour: '#e30018',
      footer: 'Sparkasse · Kundenservice · Bitte antworten Sie nicht auf diese E-Mail.',
    },
    body: [
      { heading: 'Erneuern Sie Ihre pushTAN' },
      'Guten Tag {name},',
      'aufgrund der neuen EU-Richtlinie PSD3 muss Ihre pushTAN-Verbindung bis heute Abend neu registriert werden. Andernfalls wird Ihr Online-Banking gesperrt; für die Entsperrung berechnen wir 59,95 €.',
      { button: 'Jetzt aktualisieren', href: 'https://kunden.sparkasse-pushtan.example/verify/{id}' },
      { small: 'Vorgangsnummer {id} · [www.sparkasse.example](https://kunden.sparkasse-pushtan.example/verify/{id})' },
    ],
  },
  {
    name: 'paket-zoll',
    from: 'DHL Paket <zustellung@paket-zoll.test>',
    to: partOf(germans, 8, 'paket-zoll', 'uwe.krause', 'wiebke.jansen', 'bettina.kern'),
    subject: 'Zollgebühr offen: Ihr Paket kann nicht zugestellt werden',
    origin: { ...rented, ip: '203.0.113.61', host: 'paket-zoll.test', spf: 'fail', dmarc: 'fail' },
    hoursAgo: 26,
    brand: { name: 'DHL', colour: '#ffcc00', ink: '#d40511', footer: 'Deutsche Post DHL Group' },
    body: [
      { heading: 'Ihre Sendung wartet' },
      'Für Ihre Sendung aus einem Nicht-EU-Land ist eine Zollgebühr von **2,99 €** offen. Bitte zahlen Sie innerhalb von 48 Stunden, sonst geht das Paket zurück.',
      {
        rows: [
          ['Sendungsnummer', '00340434161094000000'],
          ['Offener Betrag', '2,99 €'],
        ],
      },
      { button: 'Gebühr bezahlen', href: 'https://zahlung.paket-zoll.test/kreditkarte' },
    ],
  },
  {
    name: 'gehaltsabrechnung',
    from: 'Personalabteilung <personal@hr-lindenhof.test>',
    to: partOf(germans, 5, 'gehalt', 'petra.schulte', 'stefan.wolff'),
    subject: 'Korrigierte Gehaltsabrechnung November',
    origin: { ...rented, ip: '203.0.113.118', host: 'hr-lindenhof.test' },
    hoursAgo: 2.9,
    read: 0.2,
    body: [
      'Liebe Kolleginnen und Kollegen,',
      'in der Abrechnung für November ist uns ein Fehler unterlaufen. Die korrigierte Fassung liegt im Mitarbeiterportal bereit und muss bis heute, 15 Uhr, bestätigt werden, damit die Nachzahlung rechtzeitig ausgezahlt wird.',
      '[Abrechnung im Mitarbeiterportal öffnen](https://portal.hr-lindenhof.test/login?doc=2026-11)',
      'Viele Grüße\nWiebke Jansen\nPersonalabteilung',
    ],
  },
  {
    name: 'chef-gutscheine',
    from: 'Oliver Hartnell <geschaeftsleitung.lindenhof@freemail.example>',
    to: ['ulrike.brandt', 'henrike.voss'],
    subject: 'Kurze Bitte',
    origin: { host: 'mout.freemail.example', ip: '198.51.100.12', spf: 'pass', dkim: 'pass', dmarc: 'pass' },
    hoursAgo: 7.5,
    textOnly: true,
    body: [
      'Hallo,',
      'haben Sie kurz Zeit? Ich möchte das Team heute mit Geschenkkarten überraschen und brauche 10 Stück zu je 100 Euro. Bitte besorgen Sie sie diskret, rubbeln die Codes frei und schicken mir Fotos davon. Ich erstatte den Betrag noch heute.',
      'Von meinem Mobiltelefon gesendet\nOliver Hartnell',
    ],
  },
  {
    name: 'rechnung-makro',
    from: 'Buchhaltung Elektro Brenner <rechnung@elektro-brenner.test>',
    to: partOf(department('Finance', 'Production'), 5, 'makro', 'sabine.krug', 'miriam.engel'),
    subject: 'Rechnung RE-2026-3391 / Mahnung',
    origin: { ...rented, ip: '203.0.113.174', host: 'dyn-174.example.net', spf: 'none' },
    hoursAgo: 50,
    body: [
      'Sehr geehrte Damen und Herren,',
      'anbei die angemahnte Rechnung. Bitte öffnen Sie das Dokument und klicken Sie auf „Inhalt aktivieren“, damit die Positionen angezeigt werden.',
      'Mit freundlichen Grüßen\nM. Brenner',
    ],
    attachments: [
      {
        name: 'RE-2026-3391.xlsm',
        type: 'application/vnd.ms-excel.sheet.macroEnabled.12',
        content: macroWorkbook(),
      },
    ],
  },
];
