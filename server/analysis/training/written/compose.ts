import { random } from '../../model/random.ts';
import { bulletin } from './bulletins.ts';
import { noise, obfuscate } from './evasion.ts';
import { EVERYDAY, type Everyday } from './everyday.ts';
import { asHtml, asText, type Blocks, hostOf, type Pick } from './layout.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { honestSender, id, lureSender, PERSONAL, type Sender, throughProvider } from './senders.ts';
import { serviceHtml } from './skeletons.ts';
import { WORDS } from './words.ts';

/** A mail written for training: modern transactional mail is scarce in every public corpus, and lures of the same form keep it honest. */
export interface Written {
  raw: string;
  label: 'malicious' | 'spam' | 'benign';
  language: string;
}

/** `count` mails, the same for the same seed. Three in ten are lures, one in fourteen is spam. */
export function writtenMails(count: number, seed: number): Written[] {
  const draw = random(seed);
  const pick: Pick = (from) => from[Math.floor(draw() * from.length)] as (typeof from)[number];
  const lures = SCENARIOS.filter((scenario) => scenario.lure);
  const spam = SCENARIOS.filter((scenario) => scenario.spam);
  const honest = SCENARIOS.filter((scenario) => !scenario.lure && !scenario.spam);
  return Array.from({ length: count }, () => {
    const wanted = draw();
    const pool = wanted < 0.3 ? lures : wanted < 0.37 ? spam : honest;
    // Half in English, as the mail of the world is; the rest over all.
    const language = draw() < 0.4 ? 'en' : draw() < 0.6 ? 'de' : pick(Object.keys(EVERYDAY));
    const kind = pool === honest ? draw() : 1;
    if (kind < 0.35) {
      const scenario = bulletin(pick, draw);
      return { raw: write(scenario, pick, draw), label: 'benign', language: scenario.language } as const;
    }
    if (kind < 0.68)
      return { raw: write(everyday(language, pick, draw), pick, draw), label: 'benign', language } as const;
    const scenario = draw() < 0.5 ? pick(pool.filter(({ language }) => language === 'en')) : pick(pool);
    return {
      raw: write(scenario, pick, draw),
      label: scenario.lure ? 'malicious' : scenario.spam ? 'spam' : 'benign',
      language: scenario.language,
    } as const;
  });
}

/** Nothing of these is left out: they were drawn sentence by sentence. */
const WHOLE = new Set(['everyday', 'bulletin']);

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
  const personal = PERSONAL.has(scenario.name);
  const you = pick(['Ulrich Okafor', 'Kim Moreno', 'Rosa Brandt', 'Felix Weber', 'Nina Dubois']);
  const slots = slotsOf(sender.brand, you.split(' ')[0] as string, pick, draw);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]?.() ?? slot);
  const person = fill('{person}');
  const mailbox = `${you.toLowerCase().replace(' ', '.')}@${pick(['example.com', 'example.org', 'corp.example', 'mail.example'])}`;
  const blocks: Blocks = {
    brand: sender.brand,
    greeting:
      scenario.name === 'everyday' || (scenario.name === 'bulletin' && draw() < 0.5)
        ? ''
        : pick(GREETINGS[scenario.language] ?? ['Hello,']).replace('{you}', pick([you, you.split(' ')[0] as string])),
    paragraphs: scenario.steps
      .filter((_, step) => step < 2 || WHOLE.has(scenario.name) || draw() < 0.6)
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
  if (scenario.lure && !personal && draw() < 0.12) blocks.hidden = noise(scenario.language, pick);
  if (scenario.lure && draw() < 0.12) obfuscate(blocks, pick, draw);
  return assemble(headers, blocks, draw() < (personal ? 0.6 : 0.92), pick, draw);
}

function slotsOf(brand: string, you: string, pick: Pick, draw: () => number): Record<string, () => string> {
  const digits = (length: number) => Array.from({ length }, () => Math.floor(draw() * 10)).join('');
  const currency = pick(['$', '€', '£']);
  const slots: Record<string, () => string> = {
    brand: () => brand,
    you: () => you,
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
    scenario.name === 'newsletter' || scenario.name === 'bulletin'
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
  const list = scenario.name === 'newsletter' || scenario.name === 'bulletin' ? 0.9 : scenario.lure ? 0.2 : 0.3;
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
  if (draw() < 0.45) return `${headers.join('\r\n')}\r\n${part('text/html', htmlOf(blocks, pick, draw))}`;
  const boundary = `=_${id(draw, 20)}`;
  return `${headers.join('\r\n')}\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${part('text/plain', asText(blocks))}--${boundary}\r\n${part('text/html', htmlOf(blocks, pick, draw))}--${boundary}--\r\n`;
}

function htmlOf(blocks: Blocks, pick: Pick, draw: () => number): string {
  const machine = blocks.button !== null || blocks.footer.length > 0;
  const html = machine && draw() < 0.6 ? serviceHtml(blocks, hostOf(blocks), pick, draw) : asHtml(blocks, pick);
  if (!blocks.hidden) return html;
  const hiding = pick(['display:none', 'font-size:0;line-height:0', 'color:#ffffff;font-size:1px']);
  return html.replace(/(<\/body>|$)/, `<div style="${hiding}">${blocks.hidden}</div>$1`);
}

function encode(text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? /[",.@:;<>()[\]]/.test(text)
      ? `"${text.replace(/"/g, '\\"')}"`
      : text
    : `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
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
