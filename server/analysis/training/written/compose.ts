import { BRANDS } from '../../brands.ts';
import { random } from '../../model/random.ts';
import { EVERYDAY, type Everyday } from './everyday.ts';
import { asHtml, asText, type Blocks, type Pick } from './layout.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { FREE_MAIL, HALVES, LURE_SUFFIXES, SHARED_HOSTS, SUFFIXES, WORDS } from './words.ts';

/** A mail written for training: modern transactional mail is scarce in every public corpus, and lures of the same form keep it honest. */
export interface Written {
  raw: string;
  label: 'malicious' | 'benign';
  language: string;
}

/** Mails of people, not of machines: plain text, no button. */
const PERSONAL = new Set(['internal', 'business', 'everyday', 'ceo', 'supplier']);

/** `count` mails, the same for the same seed. About a quarter are lures. */
export function writtenMails(count: number, seed: number): Written[] {
  const draw = random(seed);
  const pick: Pick = (from) => from[Math.floor(draw() * from.length)] as (typeof from)[number];
  const lures = SCENARIOS.filter((scenario) => scenario.lure);
  const honest = SCENARIOS.filter((scenario) => !scenario.lure);
  return Array.from({ length: count }, () => {
    const wantsLure = draw() < 0.25;
    const pool = wantsLure ? lures : honest;
    // Half in English, as the mail of the world is; the rest over all.
    const language = draw() < 0.4 ? 'en' : draw() < 0.6 ? 'de' : pick(Object.keys(EVERYDAY));
    if (!wantsLure && draw() < 0.4)
      return { raw: write(everyday(language, pick, draw), pick, draw), label: 'benign', language } as const;
    const scenario = draw() < 0.5 ? pick(pool.filter(({ language }) => language === 'en')) : pick(pool);
    return {
      raw: write(scenario, pick, draw),
      label: scenario.lure ? 'malicious' : 'benign',
      language: scenario.language,
    } as const;
  });
}

/** Ordinary office mail as a scenario of its own. */
function everyday(language: string, pick: Pick, draw: () => number): Scenario {
  const words = EVERYDAY[language] as Everyday;
  const sentences = Array.from({ length: 2 + Math.floor(draw() * 5) }, () => [pick(words.sentences)]);
  const steps = [[pick(words.openings)], ...sentences, [pick(words.closings)]];
  return { language, name: 'everyday', lure: false, subjects: words.subjects, steps, buttons: [], details: [] };
}

function write(scenario: Scenario, pick: Pick, draw: () => number): string {
  const own = scenario.lure ? lureSender(scenario, pick, draw) : honestSender(scenario, pick, draw);
  const company = own.address.slice(own.address.indexOf('@') + 1);
  const sender = draw() < (PERSONAL.has(scenario.name) ? 0.6 : 0.12) ? throughProvider(own, pick, draw) : own;
  const slots = slotsOf(sender.brand, pick, draw);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]?.() ?? slot);
  const person = fill('{person}');
  const personal = PERSONAL.has(scenario.name);
  const you = pick(['Ulrich Okafor', 'Kim Moreno', 'Rosa Brandt', 'Felix Weber', 'Nina Dubois']);
  const mailbox = `${you.toLowerCase().replace(' ', '.')}@${pick(['example.com', 'example.org', 'corp.example', 'mail.example'])}`;
  const blocks: Blocks = {
    brand: sender.brand,
    greeting:
      scenario.name === 'everyday'
        ? ''
        : pick(GREETINGS[scenario.language] ?? ['Hello,']).replace('{you}', pick([you, you.split(' ')[0] as string])),
    paragraphs: scenario.steps
      .filter((_, step) => step < 2 || scenario.name === 'everyday' || draw() < 0.6)
      .map((step) => fill(pick(step))),
    details: draw() < 0.6 ? scenario.details.map(fill) : [],
    button:
      personal || scenario.buttons.length === 0 ? null : { label: fill(pick(scenario.buttons)), url: sender.link() },
    footer: personal ? [] : footerOf(sender.brand, pick, draw),
    links: personal || draw() < 0.3 ? [] : linksOf(sender, scenario, pick, draw),
  };
  const headers = [
    `Return-Path: <${sender.envelope}>`,
    `Received: from ${sender.server} (${sender.server} [192.0.2.${Math.floor(draw() * 250) + 1}])\r\n\tby mx.example.net with ESMTP id ${id(draw, 10).toUpperCase()}\r\n\tfor <${mailbox}>; ${date(draw)}`,
    `Message-ID: <${id(draw, 22)}@${sender.idHost}>`,
    `Date: ${date(draw)}`,
    `From: ${encode(personal ? person : sender.name)} <${
      personal && !scenario.lure
        ? `${person
            .normalize('NFKD')
            .replace(/[^A-Za-z ]/g, '')
            .toLowerCase()
            .replace(' ', '.')}@${company}`
        : sender.address
    }>`,
    `To: ${draw() < 0.5 ? `"${you}" <${mailbox}>` : mailbox}${personal && draw() < 0.3 ? `,\r\n ${encode(pick(WORDS.person))} <team.${id(draw, 4)}@${mailbox.slice(mailbox.indexOf('@') + 1)}>` : ''}`,
    `Subject: ${encodeSubject(fill(pick(scenario.subjects)))}`,
    'MIME-Version: 1.0',
    ...(sender.replyTo ? [`Reply-To: ${sender.replyTo}`] : []),
    ...(personal ? personalHeaders(pick, draw) : machineHeaders(sender, scenario, draw)),
  ];
  return assemble(headers, blocks, draw() < (personal ? 0.6 : 0.92), pick, draw);
}

interface Sender {
  brand: string;
  name: string;
  address: string;
  envelope: string;
  replyTo: string | null;
  server: string;
  idHost: string;
  link: () => string;
}

const ROLES = [
  'no-reply',
  'noreply',
  'info',
  'service',
  'news',
  'hello',
  'notifications',
  'support',
  'billing',
  'team',
  'account',
  'updates',
];

function honestSender(scenario: Scenario, pick: Pick, draw: () => number): Sender {
  const known = draw() < 0.45 && !PERSONAL.has(scenario.name) && scenario.name !== 'newsletter';
  const brand = pick(BRANDS);
  const label = known ? (brand.domains[0] as string).replace('.*', '') : pick(HALVES[0]) + pick(HALVES[1]);
  const domain = known ? (brand.domains[0] as string).replace('.*', '.com') : `${label}.${pick(SUFFIXES)}`;
  const name = known ? brand.name : label[0]?.toUpperCase() + label.slice(1);
  const host = draw() < 0.4 ? `${pick(['mail', 'email', 'news', 'notify', 'e', 'mg', 'info'])}.${domain}` : domain;
  const tracked = draw() < 0.35;
  const linkHost = tracked
    ? `${pick(['click', 'links', 'track', 'url1234', 'go'])}.${domain}`
    : draw() < 0.6
      ? `www.${domain}`
      : `${pick(['account', 'my', 'app', 'shop'])}.${domain}`;
  const own = draw() < 0.55;
  const service = `${pick(['bounce', 'em', 'mta', 'o1', 'smtp'])}${Math.floor(draw() * 90)}.${own ? domain : `${pick(HALVES[0])}mail.com`}`;
  return {
    brand: name,
    name: pick([name, name, `${name} Team`, `${name} Support`, name.toUpperCase()]),
    address: `${pick(ROLES)}@${host}`,
    envelope: own ? `bounce+${id(draw, 12)}@${host}` : `bounces+${id(draw, 14)}@${service}`,
    replyTo: draw() < 0.2 ? `${pick(['support', 'reply', 'info'])}@${domain}` : null,
    server: service,
    idHost: draw() < 0.6 ? host : service,
    link: () =>
      tracked
        ? `https://${linkHost}/${pick(['c', 'ls/click', 'e', 'f/a'])}/${id(draw, 60)}`
        : `https://${linkHost}/${pick(['account', 'orders', 'security', 'track', 'settings/security', 'invoices', 'blog', 'login', ''])}${draw() < 0.4 ? `?utm_source=email&id=${id(draw, 8)}` : ''}`,
  };
}

/** Half of the world's office mail leaves through two providers, honest or not. */
function throughProvider(sender: Sender, pick: Pick, draw: () => number): Sender {
  if (draw() < 0.65) {
    const code = () =>
      `${pick(['AM9', 'DB8', 'FR2', 'SN6', 'PA4'])}PR0${1 + Math.floor(draw() * 8)}MB${1000 + Math.floor(draw() * 8999)}`;
    const region = `${pick(['eur', 'nam', 'deu'])}prd0${1 + Math.floor(draw() * 8)}`;
    const server = `mail-${id(draw, 8)}on20${10 + Math.floor(draw() * 80)}.outbound.protection.outlook.com`;
    return { ...sender, server, idHost: `${code()}.${region}.prod.outlook.com`, envelope: sender.address };
  }
  return {
    ...sender,
    server: `mail-${pick(['wm', 'lf', 'qt', 'pj'])}1-f${10 + Math.floor(draw() * 80)}.google.com`,
    idHost: 'mail.gmail.com',
    envelope: sender.address,
  };
}

function lureSender(scenario: Scenario, pick: Pick, draw: () => number): Sender {
  const brand = pick(BRANDS);
  const label = draw() < 0.5 ? pick(HALVES[0]) + pick(HALVES[1]) : id(draw, 6 + Math.floor(draw() * 8));
  const domain = `${label}.${pick(LURE_SUFFIXES)}`;
  const free = draw() < (PERSONAL.has(scenario.name) ? 0.7 : 0.2);
  const borrowed = draw() < 0.2 && !PERSONAL.has(scenario.name);
  const short = brand.words[0]?.replace(/[^a-z0-9]/g, '') ?? label;
  const from = free
    ? pick(FREE_MAIL)
    : borrowed
      ? `${short}-${pick(['secure', 'support', 'alerts', 'mail'])}.${pick(LURE_SUFFIXES)}`
      : domain;
  const linkHost = pick([
    `${id(draw, 9)}.${pick(SHARED_HOSTS)}`,
    `${short}-${pick(['login', 'verify', 'secure'])}.${pick(LURE_SUFFIXES)}`,
    `${pick(HALVES[0]) + pick(HALVES[1])}.${pick(LURE_SUFFIXES)}`,
    domain,
  ]);
  return {
    brand: brand.name,
    name: pick([brand.name, `${brand.name} Support`, `${brand.name} Security`, `${brand.name} Service`]),
    address: `${free ? `${short}${Math.floor(draw() * 900)}` : pick([...ROLES, 'admin', 'root', 'secure', id(draw, 7)])}@${from}`,
    envelope: draw() < 0.5 ? `${id(draw, 8)}@${from}` : `${pick(['www-data', 'root', 'apache', 'info'])}@${domain}`,
    replyTo: draw() < 0.15 ? `${id(draw, 9)}@${pick(FREE_MAIL)}` : null,
    server: draw() < 0.5 ? `vps${Math.floor(draw() * 9000)}.${domain}` : `mail.${from}`,
    idHost: draw() < 0.5 ? from : 'localhost.localdomain',
    link: () =>
      `http${draw() < 0.8 ? 's' : ''}://${linkHost}/${pick(['', 'login', 'wp-content/verify/index.php', 'secure/', `?e=${id(draw, 12)}`, 'track/pay.html', id(draw, 6)])}`,
  };
}

function slotsOf(brand: string, pick: Pick, draw: () => number): Record<string, () => string> {
  const digits = (length: number) => Array.from({ length }, () => Math.floor(draw() * 10)).join('');
  const currency = pick(['$', '€', '£']);
  const slots: Record<string, () => string> = {
    brand: () => brand,
    n1: () => String(1 + Math.floor(draw() * 8)),
    n2: () => String(10 + Math.floor(draw() * 80)),
    n4: () => digits(4),
    n6: () => digits(6),
    ref: () => pick([digits(10), `${id(draw, 2).toUpperCase()}${digits(8)}`, `INV-${digits(5)}`]),
    amount: () => `${currency}${1 + Math.floor(draw() * 400)}.${digits(2)}`,
    date: () => `${1 + Math.floor(draw() * 28)} ${pick(WORDS.month)}`,
  };
  for (const [slot, words] of Object.entries(WORDS)) slots[slot] = () => pick(words);
  return slots;
}

const GREETINGS: Record<string, string[]> = {
  en: ['Hi {you},', 'Hello {you},', 'Dear {you},', 'Hello,', 'Dear customer,', 'Hi there,'],
  de: ['Hallo {you},', 'Guten Tag {you},', 'Guten Tag,', 'Sehr geehrte Kundin, sehr geehrter Kunde,'],
  fr: ['Bonjour {you},', 'Bonjour,', 'Cher client,'],
  es: ['Hola {you}:', 'Hola,', 'Estimado cliente:'],
  pt: ['Olá {you},', 'Olá,', 'Prezado cliente,'],
  it: ['Ciao {you},', 'Buongiorno,', 'Gentile cliente,'],
  nl: ['Hoi {you},', 'Beste klant,', 'Hallo,'],
};

function footerOf(brand: string, pick: Pick, draw: () => number): string[] {
  const lines = [
    `© ${brand}. All rights reserved.`,
    `${brand}, ${pick(WORDS.city)}`,
    'This is an automated message, please do not reply.',
    'You receive this email because you have an account with us.',
  ];
  return lines.filter(() => draw() < 0.45);
}

function linksOf(sender: Sender, scenario: Scenario, pick: Pick, draw: () => number): { label: string; url: string }[] {
  const labels =
    scenario.name === 'newsletter'
      ? ['Unsubscribe', 'View in browser', 'Preferences']
      : ['Help', 'Privacy', 'Unsubscribe', 'Contact us'];
  return labels
    .filter(() => draw() < 0.6)
    .map((label) => ({
      label,
      url: pick([sender.link(), sender.link().replace(/\/[^/]*$/, `/${label.toLowerCase()}`)]),
    }));
}

function machineHeaders(sender: Sender, scenario: Scenario, draw: () => number): string[] {
  const host = sender.address.slice(sender.address.indexOf('@') + 1);
  const list = scenario.name === 'newsletter' ? 0.9 : scenario.lure ? 0.2 : 0.3;
  const headers: string[] = [];
  if (draw() < list) {
    headers.push(`List-Unsubscribe: <https://${host}/unsubscribe/${id(draw, 20)}>, <mailto:unsubscribe@${host}>`);
    if (draw() < 0.6) headers.push('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    if (draw() < 0.4) headers.push(`Feedback-ID: ${id(draw, 6)}:${id(draw, 5)}:mail`);
    if (draw() < 0.3) headers.push(`List-ID: <${id(draw, 6)}.${host}>`);
  }
  if (draw() < 0.1) headers.push('Auto-Submitted: auto-generated');
  if (draw() < 0.08) headers.push('Precedence: bulk');
  if (draw() < 0.1)
    headers.push(
      `X-Mailer: ${draw() < 0.5 ? 'PHPMailer 6.8.0 (https://github.com/PHPMailer/PHPMailer)' : 'Customer.io'}`,
    );
  return headers;
}

function personalHeaders(pick: Pick, draw: () => number): string[] {
  const headers: string[] = [];
  if (draw() < 0.35)
    headers.push(`In-Reply-To: <${id(draw, 20)}@mail.example>`, `References: <${id(draw, 20)}@mail.example>`);
  if (draw() < 0.4)
    headers.push(
      pick([
        'X-Mailer: Microsoft Outlook 16.0',
        'User-Agent: Mozilla Thunderbird',
        'X-Mailer: Apple Mail (2.3774)',
        'X-Mailer: iPhone Mail (21A360)',
      ]),
    );
  if (draw() < 0.5)
    headers.push(`Thread-Index: ${id(draw, 22)}==`, 'Accept-Language: en-US', 'Content-Language: en-US');
  return headers;
}

function assemble(headers: string[], blocks: Blocks, html: boolean, pick: Pick, draw: () => number): string {
  const code = (text: string) =>
    (
      Buffer.from(text, 'utf8')
        .toString('base64')
        .match(/.{1,76}/g) ?? []
    ).join('\r\n');
  const part = (type: string, body: string) =>
    `Content-Type: ${type}; charset=${pick(['utf-8', 'UTF-8', '"utf-8"'])}\r\nContent-Transfer-Encoding: base64\r\n\r\n${code(body)}\r\n`;
  if (!html) return `${headers.join('\r\n')}\r\n${part('text/plain', asText(blocks))}`;
  if (draw() < 0.45) return `${headers.join('\r\n')}\r\n${part('text/html', asHtml(blocks, pick))}`;
  const boundary = `=_${id(draw, 20)}`;
  return `${headers.join('\r\n')}\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${part('text/plain', asText(blocks))}--${boundary}\r\n${part('text/html', asHtml(blocks, pick))}--${boundary}--\r\n`;
}

function encode(text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? /[",.@:;<>()[\]]/.test(text)
      ? `"${text.replace(/"/g, '\\"')}"`
      : text
    : `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}

function id(draw: () => number, length: number): string {
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(draw() * 36)]).join('');
}

function date(draw: () => number): string {
  return new Date(
    Date.UTC(
      2025,
      Math.floor(draw() * 12),
      1 + Math.floor(draw() * 28),
      Math.floor(draw() * 24),
      Math.floor(draw() * 60),
    ),
  )
    .toUTCString()
    .replace('GMT', '+0000');
}

function encodeSubject(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}
