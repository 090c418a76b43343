/** Campaigns and newsletters made up from a seed: who gets what, and what a gateway on the way makes of it. */

export interface Person {
  name: string;
  address: string;
}

/** One generated campaign: the same for everybody but for what its maker fills in. */
export interface Story {
  from: string;
  subject: string;
  greeting: string;
  sentences: string[];
  link: string;
  attachment: string | null;
}

export interface Variation {
  encoding?: 'quoted-printable' | 'base64' | '8bit';
  /** Safe Links around links, a tag in the subject and a banner on top. */
  gateway?: boolean;
  footer?: boolean;
  /** Sent as a blind copy: the header names nobody. */
  blind?: boolean;
  /** Another sentence, host or attachment than the rest of the campaign. */
  sentence?: string;
  host?: string;
  attachment?: string;
  messageId?: string;
}

export type Chance = () => number;

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;

const FIRST =
  'Ana Ben Carla Dmitri Elena Farid Greta Hugo Ines Jonas Kemal Lucía Marek Nadia Olu Priya Søren Tomás'.split(' ');
const LAST = 'Okoro Lang Rossi Meyer Duarte Novák Haddad Lindqvist Van_Dyke Müller Ferrari O’Brien Petrov Sato'.split(
  ' ',
);
const SUBJECTS = [
  '{name}, your mailbox is almost full',
  'Action required for {address}',
  'Parcel {number} could not be delivered',
  'Invoice {number} is overdue',
  'Payroll: statement {number} for {name}',
  'Ihre Sendung {number} wartet',
  'Shared document for {first}',
  'Unusual sign-in to your account',
];
const GREETINGS = [
  'Dear {name},',
  'Hello {first},',
  'Hi {first}',
  'Dear {address},',
  'Sehr geehrte Frau {last},',
  'Dear customer,',
];
const OBJECTS = [
  'mailbox',
  'payment',
  'parcel',
  'document',
  'voicemail',
  'contract',
  'salary statement',
  'benefit form',
];
const EVENTS = [
  'was put on hold',
  'could not be delivered',
  'is waiting for you',
  'expires on Friday',
  'needs your approval',
];
const ORDERS = [
  'Confirm your details',
  'Sign in with your work account',
  'Release it now',
  'Review the terms',
  'Pay the open fee',
];
const REASONS = [
  'before the end of the week',
  'to avoid a suspension',
  'so that nothing is lost',
  'as the new policy asks',
];
const LINKS = [
  'https://{host}/verify/start?uid={token}',
  'https://{host}/s/{token}/view',
  'https://{host}/login?e={encoded}&t={token}',
  'https://{host}/go#{base64}',
  'https://{host}/track/{number}',
];

export function people(chance: Chance, count: number): Person[] {
  return Array.from({ length: count }, (_, at) => {
    const [first, last] = [pick(chance, FIRST), pick(chance, LAST).replace('_', ' ')];
    const local = `${first}.${last}${at}`
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9.]/g, '')
      .toLowerCase();
    return { name: `${first} ${last}`, address: `${local}@example.org` };
  });
}

export function story(chance: Chance, serial: number): Story {
  const host = `${pick(chance, ['login', 'parcel', 'hr', 'pay'])}-${serial}.example`;
  return {
    from: `${pick(chance, ['Support', 'Payroll', 'Delivery', 'IT Service Desk'])} <notice@${host}>`,
    subject: pick(chance, SUBJECTS),
    greeting: pick(chance, GREETINGS),
    sentences: Array.from({ length: 4 + Math.floor(chance() * 8) }, () => sentence(chance)),
    link: pick(chance, LINKS).replace('{host}', host),
    attachment: chance() < 0.25 ? `%PDF-1.4 ${serial}` : null,
  };
}

export function sentence(chance: Chance): string {
  const object = pick(chance, OBJECTS);
  const number = 2 + Math.floor(chance() * 90);
  return `Your ${object} ${number} ${pick(chance, EVENTS)}. ${pick(chance, ORDERS)} ${pick(chance, REASONS)}, ${pick(chance, OBJECTS)} included.`;
}

/** One mail of a story, as this person's mailbox holds it. */
export function mailOf(story: Story, to: Person, chance: Chance, variation: Variation = {}): Buffer {
  const number = String(10_000 + Math.floor(chance() * 89_999));
  const token = Buffer.from(`${to.address}|${number}`).toString('hex');
  const fill = (text: string) => filled(text, to, number, token);
  const { host } = variation;
  const link = host ? fill(story.link).replace(/\/\/[^/]+/, `//${host}`) : fill(story.link);
  const shown = variation.gateway
    ? `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&data=05%7C02%7C${number}&reserved=0`
    : link;
  const sentences = variation.sentence ? [...story.sentences.slice(0, -1), variation.sentence] : story.sentences;
  const html = [
    '<html><body>',
    ...(variation.gateway ? [`<p>${BANNER}</p>`] : []),
    `<p>${fill(story.greeting)}</p>`,
    ...sentences.map((one) => `<p>${one}</p>`),
    `<p><a href="${shown.replaceAll('&', '&amp;')}">Open</a></p>`,
    ...(variation.footer ? [`<p>${NOTICE}</p>`] : []),
    '</body></html>',
  ].join('\r\n');
  const attachment = variation.attachment ?? story.attachment;
  const head = [
    `From: ${story.from}`,
    ...(variation.blind ? [] : [`To: =?utf-8?B?${Buffer.from(to.name).toString('base64')}?= <${to.address}>`]),
    `Subject: =?utf-8?B?${Buffer.from(`${variation.gateway ? '[EXTERNAL] ' : ''}${fill(story.subject)}`).toString('base64')}?=`,
    `Message-ID: ${variation.messageId ?? `<${token}@mailer.example>`}`,
    'Date: Fri, 20 Nov 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=mm',
    '',
    `--mm\r\n${part(html, variation.encoding ?? 'base64')}`,
    ...(attachment === null ? [] : [`--mm\r\n${ATTACHED}${attachment}\r\n`]),
    '--mm--\r\n',
  ];
  return Buffer.from(head.join('\r\n'));
}

const BANNER =
  'CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender and know the content is safe.';
const NOTICE =
  'This message and any attachments are confidential and intended solely for the addressee. If you have received it in error, please notify the sender and delete it.';
const ATTACHED = 'Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n';

function filled(text: string, to: Person, number: string, token: string): string {
  const [first = '', ...rest] = to.name.split(' ');
  const values: Record<string, string> = {
    name: to.name,
    first,
    last: rest.join(' '),
    address: to.address,
    number,
    token,
    encoded: encodeURIComponent(to.address),
    base64: Buffer.from(to.address).toString('base64url'),
  };
  return text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}

function part(html: string, encoding: 'quoted-printable' | 'base64' | '8bit'): string {
  const head = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  if (encoding === '8bit') return `${head}${html}`;
  if (encoding === 'base64') return `${head}${Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n')}`;
  const lines = html.split('\r\n').map((line) => {
    const quoted = [...Buffer.from(line)].map((byte) =>
      byte === 61 || byte > 126 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte),
    );
    let out = '';
    let width = 0;
    for (const piece of quoted) {
      if (width + piece.length > 75) {
        out += '=\r\n';
        width = 0;
      }
      out += piece;
      width += piece.length;
    }
    return out;
  });
  return `${head}${lines.join('\r\n')}`;
}
