/** The trace header that Exchange Online writes on top of a mail, and what stood below it. */
import { createHash } from 'node:crypto';
import { chance, digits } from './chance.ts';
import type { Letter, Origin } from './letter.ts';

/** RFC 5322 date in UTC. */
export function dateOf(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000');
}

/** Hops inside the tenant: they differ for every mailbox, as they do in life. */
export function deliveryHeader(letter: Letter, mailbox: string, at: number): string[] {
  const [near, far] = [server(`${mailbox}|near`), server(`${letter.name}|far`)];
  const inner = `Received: from ${far}.eurprd04.prod.outlook.com (192.0.2.${host(letter.name)})\r\n by ${near}.eurprd04.prod.outlook.com with HTTPS; ${dateOf(at + 2000)}`;
  if (letter.origin) return [inner];
  const submitted = `Received: from ${far}.eurprd04.prod.outlook.com ([192.0.2.${host(letter.name)}]) by\r\n ${far}.eurprd04.prod.outlook.com ([192.0.2.${host(letter.name)}]) with mapi id\r\n 15.20.9137.012; ${dateOf(at)}`;
  return [inner, submitted];
}

/** What the border server of Exchange Online found out; it writes no authserv-id. */
export function borderHeader(letter: Letter, at: number): string[] {
  const { origin } = letter;
  const fromDomain = domainOf(letter.from);
  if (!origin) {
    return [
      'Authentication-Results: dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none header.from=example.org;',
      'X-MS-Exchange-Organization-AuthAs: Internal',
      'X-MS-Exchange-Organization-AuthMechanism: 04',
      `X-MS-Exchange-Organization-Network-Message-Id: ${networkId(letter.name)}`,
      'X-MS-Exchange-Organization-SCL: -1',
    ];
  }
  const { spf = 'pass', dkim = 'pass', dmarc = 'pass' } = origin;
  const envelope = domainOf(origin.envelopeFrom ?? letter.from);
  const action = dmarc === 'fail' ? (origin.dmarcAction ?? 'none') : 'none';
  const compauth = dmarc === 'fail' ? 'fail reason=001' : dmarc === 'pass' ? 'pass reason=100' : 'pass reason=116';
  const signed =
    dkim === 'none'
      ? 'dkim=none (message not signed)\r\n header.d=none'
      : `dkim=${dkim} (${dkim === 'pass' ? 'signature was verified' : 'body hash did not verify'})\r\n header.d=${origin.dkimDomain ?? fromDomain}`;
  const border = `${server(`${letter.name}|border`)}.mail.protection.outlook.com`;
  const verdict = letter.filter ?? 'NONE';
  const scl = { NONE: 1, BULK: 4, SPM: 5, PHSH: 8 }[verdict];
  return [
    `Authentication-Results: spf=${spf} (sender IP is ${origin.ip})\r\n smtp.mailfrom=${envelope}; ${signed};dmarc=${dmarc}\r\n action=${action} header.from=${fromDomain};compauth=${compauth}`,
    `Received-SPF: ${spf[0]!.toUpperCase()}${spf.slice(1)} (protection.outlook.com: domain of ${envelope}\r\n ${spf === 'pass' ? 'designates' : 'does not designate'} ${origin.ip} as permitted sender)\r\n receiver=protection.outlook.com; client-ip=${origin.ip}; helo=${origin.host};`,
    `Received: from ${origin.host} (${origin.ip}) by\r\n ${border} (192.0.2.${host(`${letter.name}|b`)}) with Microsoft SMTP Server\r\n (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.9137.12 via Frontend\r\n Transport; ${dateOf(at)}`,
    ...(origin.hops ?? []).map((hop, i) => `Received: ${hop}; ${dateOf(at - 1000 * (i + 1))}`),
    'X-MS-Exchange-Organization-AuthAs: Anonymous',
    `X-MS-Exchange-Organization-AuthSource: ${border}`,
    `X-MS-Exchange-Organization-Network-Message-Id: ${networkId(letter.name)}`,
    `X-MS-Exchange-Organization-SCL: ${scl}`,
    `X-Forefront-Antispam-Report: CIP:${origin.ip};CTRY:${origin.country ?? 'DE'};LANG:en;SCL:${scl};SRV:;IPV:NLI;SFV:${verdict === 'NONE' || verdict === 'BULK' ? 'NSPM' : 'SPM'};H:${origin.host};PTR:${origin.host};CAT:${verdict};`,
    `Return-Path: ${origin.envelopeFrom ?? addrSpec(letter.from)}`,
  ];
}

/**
 * A DKIM signature whose body hash is right (relaxed canonicalization, RFC 6376 section 3.4.4). Its signature value is
 * made up: the domains do not exist, so no verifier finds a key.
 */
export function dkimHeader(letter: Letter, origin: Origin, body: string, at: number): string[] {
  if ((origin.dkim ?? 'pass') === 'none') return [];
  const domain = origin.dkimDomain ?? domainOf(letter.from);
  const bh = origin.dkim === 'fail' ? createHash('sha256').update(letter.name).digest('base64') : bodyHash(body);
  const b = Buffer.from(
    digits(`${letter.name}|1`, 64) +
      digits(`${letter.name}|2`, 64) +
      digits(`${letter.name}|3`, 64) +
      digits(`${letter.name}|4`, 64) +
      digits(`${letter.name}|5`, 64) +
      digits(`${letter.name}|6`, 64) +
      digits(`${letter.name}|7`, 64) +
      digits(`${letter.name}|8`, 64),
    'hex',
  ).toString('base64');
  const folded = b.match(/.{1,70}/g)!.join('\r\n\t ');
  return [
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=s${1 + Math.floor(chance(domain) * 4)};\r\n\th=from:to:subject:date:message-id:mime-version:content-type;\r\n\tt=${Math.floor(at / 1000)};\r\n\tbh=${bh};\r\n\tb=${folded}`,
  ];
}

function bodyHash(body: string): string {
  const relaxed = body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)*$/, '\r\n');
  return createHash('sha256').update(relaxed).digest('base64');
}

export function domainOf(address: string): string {
  return addrSpec(address).split('@')[1] ?? '';
}

export function addrSpec(address: string): string {
  return /<([^>]*)>/.exec(address)?.[1] ?? address;
}

function server(name: string): string {
  return `${digits(name, 5)
    .toUpperCase()
    .replace(/[0-9]/g, (d) => 'ABCDEFGHIJ'[Number(d)]!)}PR04MB${1000 + Math.floor(chance(name) * 8999)}`;
}

function host(name: string): number {
  return 10 + Math.floor(chance(name) * 200);
}

function networkId(name: string): string {
  const hex = digits(`network|${name}`, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
