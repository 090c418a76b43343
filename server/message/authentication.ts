/** What may be believed about who sent a mail: a trusted receiver's results, else our own checks of the original bytes. */
import { type MethodResult, resultWord } from './authentication-results.ts';
import type { Authentication, ResultWord } from './authentication-state.ts';
import { readMismatch, registrableDomain } from './envelope-mismatch.ts';
import type { Message } from './message.ts';
import { type Recomputed, recompute } from './recompute.ts';
import { type TrustedHeaders, trustedHeaders } from './trusted-headers.ts';

/**
 * Records of one name and type, in the shape of node:dns `resolve` (TXT as string[][]). Rejects with an Error whose `code`
 * is ENOTFOUND or ENODATA when there is no such record, and anything else when nobody knows.
 */
export type Resolve = (name: string, type: string) => Promise<unknown[]>;

export interface AuthenticationOptions {
  resolve: Resolve;
  /** Authserv-ids of our receivers; `microsoft365` stands for Microsoft 365. */
  trustedAuthservIds: readonly string[];
  now: Date;
}

type Policy = 'none' | 'quarantine' | 'reject' | null;
type Evidence = Pick<Authentication, 'spf' | 'dkim' | 'dmarc' | 'missing'>;

/** Never throws; asks DNS only where no trusted receiver has decided. */
export async function authenticate(
  raw: Uint8Array,
  message: Message,
  options: AuthenticationOptions,
): Promise<Authentication> {
  const trusted = trustedHeaders(message.headers, options.trustedAuthservIds);
  const { boundary } = trusted;
  const authentication = await read(raw, message, trusted, options);
  return boundary === null
    ? authentication
    : { ...authentication, client: { ip: boundary.ip, name: boundary.from?.toLowerCase() ?? null } };
}

async function read(
  raw: Uint8Array,
  message: Message,
  trusted: TrustedHeaders,
  options: AuthenticationOptions,
): Promise<Authentication> {
  const believed = fromHeaders(trusted, message);
  if (trusted.submittedInside) return insideOf(message, believed);
  if (believed !== null) return conclude(message, believed, 'trusted_header', false);
  const computed = await recompute(raw, message, trusted.boundary, options);
  if (computed === null) {
    const missing = ['original_headers'];
    return conclude(message, { spf: null, dkim: [], dmarc: null, missing }, 'none', false);
  }
  return conclude(message, computed, 'recomputed', computed.arcPass);
}

/** A colleague who was signed in: there is no DMARC for what never left the house. */
function insideOf(message: Message, believed: Evidence | null): Authentication {
  const evidence = believed ?? { spf: null, dkim: [], dmarc: null, missing: [] };
  const authentication = conclude(message, evidence, 'trusted_header', false);
  const oneAuthor = fromDomain(message) !== null && !message.defects.includes('duplicate_from');
  return oneAuthor ? { ...authentication, state: 'pass', mismatch: false, missing: [] } : authentication;
}

function conclude(
  message: Message,
  evidence: Evidence | Recomputed,
  source: Authentication['source'],
  arcPass: boolean,
): Authentication {
  const { spf, dkim, dmarc, missing } = evidence;
  const state = stateOf(message, evidence, arcPass);
  const envelopeFrom = message.envelopeFrom ?? spf?.domain ?? null;
  return { state, spf, dkim, dmarc, source, mismatch: readMismatch(message, envelopeFrom, state === 'pass'), missing };
}

function stateOf(message: Message, { spf, dkim, dmarc, missing }: Evidence, arcPass: boolean): Authentication['state'] {
  const from = fromDomain(message);
  // Which of several authors a check speaks for is anybody's guess: such mail never passes.
  if (message.defects.includes('duplicate_from') || (message.headerFrom.length > 1 && from === null)) return 'fail';
  if (from === null) return missing.length > 0 ? 'unknown' : 'none';
  if (arcPass) return 'pass';
  switch (dmarc?.result) {
    case 'pass':
      return 'pass';
    case 'fail':
    case 'softfail':
      return dmarc.policy === 'quarantine' || dmarc.policy === 'reject' ? 'fail_enforced' : 'fail';
    case 'temperror':
    case 'permerror':
      return 'unknown';
  }
  // No DMARC record, or nobody looked.
  if (dmarc === null && missing.length > 0) return 'unknown';
  const aligned = (domain: string | null) => domain !== null && registrableDomain(domain) === registrableDomain(from);
  const spfAligned = spf?.result === 'pass' && aligned(spf.domain);
  if (spfAligned || dkim.some((one) => one.result === 'pass' && aligned(one.domain))) return 'none';
  const failed = spf?.result === 'fail' || spf?.result === 'softfail' || dkim.some((one) => one.result === 'fail');
  return failed ? 'unaligned' : 'none';
}

/** The one domain of all From addresses; null when there is none or more than one. */
function fromDomain(message: Message): string | null {
  const domains = new Set(message.headerFrom.map((address) => address.domain));
  const [domain] = domains;
  return domains.size === 1 && domain !== undefined && domain !== '' ? domain : null;
}

/** null when no trusted receiver has said anything. */
function fromHeaders(trusted: TrustedHeaders, message: Message): Evidence | null {
  const results = trusted.results.flatMap((field) => field.results);
  if (results.length === 0) return null;
  const missing: string[] = [];
  const spf = results.find((result) => result.method === 'spf');
  const dmarc = results.find((result) => result.method === 'dmarc');
  const evidence: Evidence = {
    spf: spf === undefined ? spfOf(trusted.receivedSpf) : { result: resultWord(spf.word), domain: spfDomain(spf) },
    dkim: results.filter((result) => result.method === 'dkim').map(dkimOf),
    dmarc: dmarc === undefined ? null : dmarcOf(dmarc),
    missing,
  };
  if (evidence.spf === null) missing.push('spf');
  if (evidence.dmarc === null) missing.push('dmarc');
  const checked = evidence.dmarc?.domain ?? null;
  const from = fromDomain(message);
  if (evidence.dmarc?.result === 'pass' && checked !== null && from !== null) {
    // The receiver read another From than we do: its word is not about what the reader sees.
    if (registrableDomain(checked) !== registrableDomain(from)) {
      evidence.dmarc = { ...evidence.dmarc, result: 'permerror' };
      missing.push('dmarc');
    }
  }
  return evidence;
}

function domainOf(address: string | undefined): string | null {
  if (address === undefined) return null;
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .replace(/[<>]/g, '')
    .replace(/\.$/, '');
  return domain === '' || domain === 'none' ? null : domain;
}

function spfDomain(result: MethodResult): string | null {
  return domainOf(result.properties.get('smtp.mailfrom') ?? result.properties.get('smtp.helo'));
}

function spfOf(receivedSpf: string | null): Authentication['spf'] {
  if (receivedSpf === null) return null;
  const word = /^\s*([a-z]{4,10})/i.exec(receivedSpf)?.[1]?.toLowerCase();
  if (word === undefined) return null;
  const envelope =
    /envelope-from="?<?([^\s;">]{1,300})/i.exec(receivedSpf)?.[1] ??
    /domain of ([^\s;)]{1,300})/i.exec(receivedSpf)?.[1];
  return { result: resultWord(word), domain: domainOf(envelope?.toLowerCase()) };
}

function dkimOf(result: MethodResult): { result: ResultWord; domain: string | null } {
  return {
    result: resultWord(result.word),
    domain: domainOf(result.properties.get('header.d') ?? result.properties.get('header.i')),
  };
}

function dmarcOf(result: MethodResult): Authentication['dmarc'] {
  return {
    result: resultWord(result.word),
    domain: domainOf(result.properties.get('header.from')),
    policy: policyOf(result),
  };
}

/** `p=` in a comment (Google), `policy.p`, `policy.dmarc`, `polrec.p`, or the `action` of Microsoft 365. */
function policyOf(result: MethodResult): Policy {
  const { properties, comment } = result;
  const said =
    properties.get('policy.p') ??
    properties.get('policy.dmarc') ??
    properties.get('policy.published-domain-policy') ??
    properties.get('polrec.p') ??
    /(?:^|[\s,;])p=\s?(\w{1,12})/.exec(comment)?.[1] ??
    properties.get('action');
  if (said === undefined) return null;
  if (said.endsWith('reject')) return 'reject';
  if (said.startsWith('quarantine')) return 'quarantine';
  return said === 'none' ? 'none' : null;
}
