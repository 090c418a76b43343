import { BRANDS } from '../../brands.ts';
import type { Pick } from './layout.ts';
import type { Scenario } from './scenarios.ts';
import { FREE_MAIL, HALVES, LURE_SUFFIXES, SHARED_HOSTS, SUFFIXES, WORDS } from './words.ts';

/** Mails of people, not of machines: plain text, no button. */
export const PERSONAL = new Set([
  'internal',
  'business',
  'everyday',
  'ceo',
  'supplier',
  'fee',
  'loan',
  'extort',
  'quote',
  'job',
  'seo',
  'leads',
  'outsourcing',
  'factory',
  'journal',
  'webseite',
  'eintrag',
]);

export interface Sender {
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

export function honestSender(scenario: Scenario, pick: Pick, draw: () => number): Sender {
  const known =
    draw() < 0.45 &&
    !PERSONAL.has(scenario.name) &&
    scenario.name !== 'newsletter' &&
    draw() < (scenario.name === 'bulletin' ? 0.3 : 1);
  const brand = pick(BRANDS);
  const label = known ? (brand.domains[0] as string).replace('.*', '') : pick(HALVES[0]) + pick(HALVES[1]);
  const domain = known ? (brand.domains[0] as string).replace('.*', '.com') : `${label}.${pick(SUFFIXES)}`;
  const name = known ? brand.name : label[0]?.toUpperCase() + label.slice(1);
  const host = draw() < 0.4 ? `${pick(['mail', 'email', 'news', 'notify', 'e', 'mg', 'info'])}.${domain}` : domain;
  const tracked = draw() < 0.35;
  const foreign = scenario.name === 'bulletin' ? draw() < 0.45 : draw() < 0.15;
  const linkHost = foreign
    ? mailingHost(pick, draw)
    : tracked
      ? `${pick(['click', 'links', 'track', 'url1234', 'go'])}.${domain}`
      : draw() < 0.6
        ? `www.${domain}`
        : `${pick(['account', 'my', 'app', 'shop'])}.${domain}`;
  const own = draw() < 0.55;
  const bounce = scenario.name === 'bounce';
  const service = `${pick(['bounce', 'em', 'mta', 'o1', 'smtp'])}${Math.floor(draw() * 90)}.${own ? domain : `${pick(HALVES[0])}mail.com`}`;
  return {
    brand: name,
    name: bounce
      ? pick(['Mail Delivery Subsystem', 'Mail Delivery System', 'Postmaster'])
      : scenario.name === 'bulletin'
        ? pick([
            name,
            name,
            `Team ${name}`,
            `${name} HQ`,
            `${pick(WORDS.person)} at ${name}`,
            pick(WORDS.person),
            `${name} News`,
          ])
        : pick([name, name, `${name} Team`, `${name} Support`, name.toUpperCase()]),
    address: bounce ? `${pick(['mailer-daemon', 'postmaster', 'MAILER-DAEMON'])}@${host}` : `${pick(ROLES)}@${host}`,
    envelope: bounce ? '' : own ? `bounce+${id(draw, 12)}@${host}` : `bounces+${id(draw, 14)}@${service}`,
    replyTo: draw() < 0.2 ? `${pick(['support', 'reply', 'info'])}@${domain}` : null,
    server: service,
    idHost: draw() < 0.6 ? host : service,
    link: () =>
      tracked || foreign
        ? `https://${linkHost}/${pick(['c', 'ls/click', 'e', 'f/a', 'track/click', 'CL0', 'r'])}${pick(['/', '?u=', '?upn='])}${id(draw, 20 + Math.floor(draw() * 120))}`
        : `https://${linkHost}/${pick(['account', 'orders', 'security', 'track', 'settings/security', 'invoices', 'blog', 'login', ''])}${draw() < 0.4 ? `?utm_source=email&id=${id(draw, 8)}` : ''}`,
  };
}

/** Links of a mail that leaves through a mailing service lead to the service, not to the sender. Invented services. */
export function mailingHost(pick: Pick, draw: () => number): string {
  const service = `${pick(HALVES[0])}${pick(['send', 'mailer', 'list', 'post', 'letter', 'crm', 'track'])}.${pick(['com', 'net', 'io'])}`;
  return `${pick([`u${Math.floor(draw() * 1e8)}.ct`, 'click', `${id(draw, 8)}.us1${Math.floor(draw() * 9)}`, 'links', 'email', 'go'])}.${service}`;
}

/** Half of the world's office mail leaves through two providers, honest or not. */
export function throughProvider(sender: Sender, pick: Pick, draw: () => number): Sender {
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

export function lureSender(scenario: Scenario, pick: Pick, draw: () => number): Sender {
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
    mailingHost(pick, draw),
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

export function id(draw: () => number, length: number): string {
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(draw() * 36)]).join('');
}
