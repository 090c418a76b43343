/** Our own DKIM, ARC, SPF and DMARC checks over the original bytes, by mailauth, whose input is bounded here. */
import { arc } from 'mailauth/lib/arc/index.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { spf } from 'mailauth/lib/spf/index.js';
import type { AuthenticationOptions, Resolve } from './authentication.ts';
import type { Authentication, ResultWord } from './authentication-state.ts';
import { registrableDomain } from './envelope-mismatch.ts';
import type { Message, ReceivedHop } from './message.ts';
import { boundedOriginal } from './original-bytes.ts';

/** Questions to DNS for one mail: SPF may ask ten, each signature and each ARC set one. */
const MAX_QUESTIONS = 40;
/** Keys are rotated: a missing one says nothing about an older mail. */
const KEY_LIFETIME_DAYS = 7;

export type Recomputed = Pick<Authentication, 'spf' | 'dkim' | 'dmarc' | 'missing'> & {
  /** An unbroken ARC chain whose last sealer is one of ours. */
  arcPass: boolean;
};

/** @returns null when the bytes are not fit to be checked; DNS trouble is told in `missing` */
export async function recompute(
  raw: Uint8Array,
  message: Message,
  boundary: ReceivedHop | null,
  options: AuthenticationOptions,
): Promise<Recomputed | null> {
  const original = boundedOriginal(raw);
  if (original === null) return null;
  const missing = new Set<string>();
  const resolver = countingResolver(options.resolve, missing);
  try {
    const signatures = await dkimVerify(original, { resolver, curTime: options.now });
    const isOld = ageInDays(message, options.now) > KEY_LIFETIME_DAYS;
    const dkim = signatures.results.map((one) => dkimResult(one, isOld, missing)).filter((one) => one !== null);
    const chain =
      signatures.arc === undefined ? null : await arc(signatures.arc as Parameters<typeof arc>[0], { resolver });
    const sender = await checkSpf(message, boundary, resolver);
    if (sender === null) missing.add('spf');
    const record = await readDmarc(message, dkim, sender, resolver);
    return {
      spf: sender,
      dkim,
      dmarc: soundDmarc(record, message, sender, missing),
      missing: [...missing],
      arcPass: chain?.status?.result === 'pass' && isTrustedSealer(chain.signature, options.trustedAuthservIds),
    };
  } catch {
    // mailauth is not made for everything that can be written; what it cannot read is not checked.
    return null;
  }
}

type Signature = Awaited<ReturnType<typeof dkimVerify>>['results'][number];

function dkimResult(
  signature: Signature,
  isOld: boolean,
  missing: Set<string>,
): { result: ResultWord; domain: string | null } | null {
  const { result, comment } = signature.status;
  const domain = signature.signingDomain?.toLowerCase() || null;
  if (result === 'neutral' && comment === 'no key') {
    if (isOld) missing.add('dkim_key');
    return { result: isOld ? 'temperror' : 'permerror', domain };
  }
  if (result === 'neutral' && comment === 'body hash did not verify') return { result: 'fail', domain };
  if (result === 'temperror' || result === 'temperr') {
    missing.add('dns');
    return { result: 'temperror', domain };
  }
  // A signature over the first bytes only (`l=`) lets anybody append a message of their own.
  if (result === 'pass' && signature.status.underSized) return { result: 'neutral', domain };
  if (result === 'skipped' || (result === 'none' && domain === null)) return null;
  return { result: result === 'policy' ? 'neutral' : (result as ResultWord), domain };
}

async function checkSpf(
  message: Message,
  boundary: ReceivedHop | null,
  resolver: Resolver,
): Promise<Authentication['spf']> {
  if (boundary?.ip == null || message.envelopeFrom === null) return null;
  const helo = boundary.from ?? boundary.ip;
  const answer = await spf({ ip: boundary.ip, sender: message.envelopeFrom, helo, resolver, mta: 'reelback' });
  if (!answer) return null;
  return { result: answer.status.result as ResultWord, domain: answer.domain?.toLowerCase() ?? null };
}

async function readDmarc(
  message: Message,
  dkim: { result: ResultWord; domain: string | null }[],
  sender: Authentication['spf'],
  resolver: Resolver,
): Promise<Authentication['dmarc']> {
  const from = message.headerFrom[0];
  if (from === undefined || from.domain === '') return null;
  const answer = await dmarc({
    headerFrom: [`x@${from.domain}`],
    spfDomains: sender?.result === 'pass' && sender.domain !== null ? [sender.domain] : [],
    dkimDomains: dkim
      .filter((one) => one.result === 'pass' && one.domain !== null)
      .map((one) => ({ domain: one.domain as string })),
    resolver,
  });
  if (!answer) return null;
  const policy =
    answer.policy === 'none' || answer.policy === 'quarantine' || answer.policy === 'reject' ? answer.policy : null;
  return { result: answer.status.result as ResultWord, domain: answer.domain ?? null, policy };
}

/** A fail is only one when every way to pass has been looked at. */
function soundDmarc(
  record: Authentication['dmarc'],
  message: Message,
  sender: Authentication['spf'],
  missing: Set<string>,
): Authentication['dmarc'] {
  if (record === null) return null;
  if (record.result === 'temperror') {
    missing.add('dns');
    return record;
  }
  if (record.result !== 'fail') return record;
  const from = message.headerFrom[0]?.domain ?? '';
  const envelope = message.envelopeFrom?.split('@').at(-1) ?? null;
  const spfCouldPass =
    sender === null && (envelope === null || registrableDomain(envelope) === registrableDomain(from));
  const unknown = spfCouldPass || missing.has('dns') || missing.has('dkim_key');
  return unknown ? { ...record, result: 'temperror' } : record;
}

function isTrustedSealer(
  signature: { signingDomain?: string } | false | undefined,
  trusted: readonly string[],
): boolean {
  const domain = signature ? signature.signingDomain?.toLowerCase() : undefined;
  return (
    domain !== undefined && trusted.some((id) => registrableDomain(id.toLowerCase()) === registrableDomain(domain))
  );
}

function ageInDays(message: Message, now: Date): number {
  const date = message.received[0]?.date ?? message.date;
  return date == null ? 0 : (now.getTime() - date.getTime()) / 86_400_000;
}

type Resolver = (name: string, type: string) => Promise<string[][]>;

/** Notes trouble, and stops a mail that makes us ask too much. */
function countingResolver(resolve: Resolve, missing: Set<string>): Resolver {
  let questions = 0;
  return async (name, type) => {
    if (++questions > MAX_QUESTIONS) {
      missing.add('dns');
      throw Object.assign(new Error('too many questions for one mail'), { code: 'ELIMIT' });
    }
    try {
      return (await resolve(name, type)) as string[][];
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code !== 'ENOTFOUND' && code !== 'ENODATA') missing.add('dns');
      throw error;
    }
  };
}
