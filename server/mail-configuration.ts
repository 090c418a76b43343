import { resolve } from 'node:path';
import { type Environment, integerOf, isNetwork, listOf, textOf, wordOf, wrong } from './environment.ts';

/** Mail that comes in at the service addresses, and mail to people. */
export interface MailConfiguration {
  /** null: no listener. */
  intake: {
    host: string;
    /** 0: any free port. */
    port: number;
    /** Lower case: `<account>+user+phish@<domain>` and so on are accepted, nothing else. */
    address: { account: string; domain: string };
    /** CIDRs or addresses that may hand in mail. */
    relays: string[];
    /**
     * `authenticated`: a sender counts when DKIM, SPF or a trusted receiver says so. `relays`: the relays let nobody use
     * the organisation's addresses who may not, and only a failed check speaks against a sender.
     */
    senders: 'authenticated' | 'relays';
    /** PEM with certificate and key; null: no STARTTLS. */
    tls: string | null;
  } | null;
  /** null: nobody is ever written to. */
  outgoing: { url: string; name: string; address: string; domain: string } | null;
}

/** Networks that nobody outside can use: RFC 1918, RFC 4193, loopback, link-local. */
export const PRIVATE_NETWORKS = [
  '127.0.0.0/8',
  '::1',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
  'fe80::/10',
];

export function readMail(env: Environment, read: (path: string) => string): MailConfiguration {
  return { intake: intakeOf(env, read), outgoing: outgoingOf(env) };
}

function intakeOf(env: Environment, read: (path: string) => string): MailConfiguration['intake'] {
  const port = integerOf(env, 'REELBACK_SMTP_PORT', 0, 65_535, -1);
  const host = wordOf(env, 'REELBACK_SMTP_HOST', /^[A-Za-z0-9.:-]{1,253}$/, 'an address or name of this machine');
  const address = addressOf(env);
  const relays = listOf(env, 'REELBACK_SMTP_RELAYS', isNetwork, 'addresses or CIDRs such as 192.0.2.0/24');
  const senders = wordOf(env, 'REELBACK_SMTP_SENDERS', /^(authenticated|relays)$/, 'authenticated or relays');
  const tls = tlsOf(env, read);
  if (port === -1) return null;
  if (address === null) {
    throw wrong(
      'REELBACK_SUBMISSION_ADDRESS',
      'must be set with REELBACK_SMTP_PORT, such as report@reports.example.org',
    );
  }
  return {
    host: host ?? '127.0.0.1',
    port,
    address,
    relays: relays.length === 0 ? PRIVATE_NETWORKS : relays,
    senders: senders === 'relays' ? 'relays' : 'authenticated',
    tls,
  };
}

function addressOf(env: Environment): { account: string; domain: string } | null {
  const value = wordOf(
    env,
    'REELBACK_SUBMISSION_ADDRESS',
    /^[A-Za-z0-9._-]{1,40}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/,
    'an address without + such as report@reports.example.org',
  );
  if (value === null) return null;
  const [account = '', domain = ''] = value.toLowerCase().split('@');
  return { account, domain };
}

function tlsOf(env: Environment, read: (path: string) => string): string | null {
  const name = 'REELBACK_SMTP_TLS';
  const path = textOf(env, name);
  if (path === null) return null;
  let pem: string;
  try {
    pem = read(resolve(path));
  } catch {
    throw wrong(name, 'must be the path of a readable PEM file');
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----') || !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw wrong(name, 'must hold the certificate with its chain and the private key, in PEM form');
  }
  return pem;
}

function outgoingOf(env: Environment): MailConfiguration['outgoing'] {
  const url = textOf(env, 'REELBACK_MAIL_URL');
  const from = textOf(env, 'REELBACK_MAIL_FROM');
  if (url === null) {
    if (from !== null) throw wrong('REELBACK_MAIL_URL', 'must be set with REELBACK_MAIL_FROM');
    return null;
  }
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || new URL(url).hostname === '') {
    throw wrong('REELBACK_MAIL_URL', 'must be smtp://user:password@host:587 or smtps://user:password@host:465');
  }
  const [, name = '', address = ''] =
    /^(?:"?([^"<>\r\n]{0,80}?)"?\s*<)?([^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:"]+?)>?$/.exec(from ?? '') ?? [];
  if (address === '') throw wrong('REELBACK_MAIL_FROM', 'must be an address such as Reelback <reelback@example.org>');
  return {
    url,
    name: name.trim(),
    address: address.toLowerCase(),
    domain: address.slice(address.lastIndexOf('@') + 1).toLowerCase(),
  };
}
