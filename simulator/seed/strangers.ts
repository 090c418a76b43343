/** What the demo's lures lead to, and since when their domains exist: the rest of the internet as the company meets it. */
import type { Internet } from '../internet/internet.ts';

const dayMs = 86_400_000;

interface FalsePage {
  host: string;
  /** Whose name it bears. */
  brand: string;
  colour: string;
  title: string;
  asks: 'password' | 'card' | 'pin';
  /** Whole days since the domain was registered. */
  days: number;
}

const falsePages: readonly FalsePage[] = [
  {
    host: 'northgate-invoices.test',
    brand: 'Microsoft',
    colour: '#0067b8',
    title: 'Sign in to your account',
    asks: 'password',
    days: 3,
  },
  {
    host: 'login.micros0ft-login.example',
    brand: 'Microsoft 365',
    colour: '#0067b8',
    title: 'Keep your password',
    asks: 'password',
    days: 6,
  },
  {
    host: 'dhl-redelivery.parcel-status.test',
    brand: 'DHL Express',
    colour: '#d40511',
    title: 'Redelivery fee',
    asks: 'card',
    days: 11,
  },
  {
    host: 'zahlung.paket-zoll.test',
    brand: 'DHL',
    colour: '#d40511',
    title: 'Zollgebühr bezahlen',
    asks: 'card',
    days: 9,
  },
  {
    host: 'kunden.sparkasse-pushtan.example',
    brand: 'Sparkasse',
    colour: '#e2001a',
    title: 'pushTAN aktualisieren',
    asks: 'pin',
    days: 2,
  },
  {
    host: 'voice-msg.secure-portal.test',
    brand: 'Microsoft 365',
    colour: '#0067b8',
    title: 'Voice Message',
    asks: 'password',
    days: 19,
  },
  {
    host: 'lindenhof-my.sharepoint-docs.test',
    brand: 'OneDrive',
    colour: '#0067b8',
    title: 'Shared document',
    asks: 'password',
    days: 14,
  },
  {
    host: 'portal.hr-lindenhof.test',
    brand: 'Lindenhof',
    colour: '#3c5a3f',
    title: 'Employee portal',
    asks: 'password',
    days: 8,
  },
  {
    host: 'outlook-web.lindenh0f-support.test',
    brand: 'Outlook Web App',
    colour: '#0067b8',
    title: 'Outlook',
    asks: 'password',
    days: 5,
  },
  {
    host: 'ca1ibration-portal.test',
    brand: 'Calibration Portal',
    colour: '#224488',
    title: 'Certificates',
    asks: 'password',
    days: 4,
  },
];

/** Domains that send and own no page here. */
const youngSenders: Record<string, number> = {
  'northgate-supp1ies.example': 5,
  'dhl-parcel-status.test': 11,
  'officine-vetr0.test': 12,
  'lindenhof-id.test': 1,
  'pbx-notify.test': 16,
  'executive-mail.example': 21,
};

/** @param start ms since the epoch */
export function seedStrangers({ sites, registry }: Pick<Internet, 'sites' | 'registry'>, start: number): void {
  const register = (domain: string, days: number) => registry.register(domain, new Date(start - days * dayMs));
  for (const page of falsePages) {
    sites.put(page.host, falsePage(page));
    register(page.host.split('.').slice(-2).join('.'), page.days);
  }
  for (const [domain, days] of Object.entries(youngSenders)) register(domain, days);
}

const fields: Record<FalsePage['asks'], string> = {
  password: '<input name="loginfmt" placeholder="Email"><input name="passwd" type="password" placeholder="Password">',
  card: '<input name="cardnumber" autocomplete="cc-number" placeholder="Card number"><input name="cvc" placeholder="CVC">',
  pin: '<input name="login" placeholder="Anmeldename"><input name="pin" type="password" placeholder="PIN"><input name="tan" placeholder="TAN">',
};

function falsePage({ brand, colour, title, asks }: FalsePage): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head>
<body style="font-family:Segoe UI,sans-serif;background:#f3f2f1"><div style="max-width:400px;margin:60px auto;background:#fff;padding:32px">
<img alt="${brand}" src="logo.png"><h1 style="color:${colour}">${title}</h1>
<form method="post" action="collect.php">${fields[asks]}<button style="background:${colour};color:#fff">Continue</button></form>
</div></body></html>`;
}
