import type { Finding } from '../../../shared/verdict.ts';
import type { Authentication } from '../../message/authentication-state.ts';
import type { Address, Message } from '../../message/message.ts';
import { domainLabel, isWithin, registrableDomain, sharedSuffix } from '../domains.ts';
import { isFreeMail } from '../free-mail.ts';
import { brandsNamed, lookAlike, speaksFor } from '../look-alike.ts';
import { toUnicode } from '../punycode.ts';
import { isInvisible, mixesScripts, skeleton, withinOneEdit } from '../skeleton.ts';
import type { ObservedWorld } from '../world.ts';
import { find } from './catalogue.ts';
import { looksMadeUp, writesDigitForLetter } from './made-up.ts';
import { trustsLook } from './trusted-domains.ts';

/** Who says they are speaking: sender, display name, answers' address, and what authentication could prove of it. */
export function identityEvidence(message: Message, authentication: Authentication, world: ObservedWorld): Finding[] {
  const findings: Finding[] = [];
  const own = world.ownDomains ?? [];
  const from = message.headerFrom[0];
  if (!from || from.domain === '') findings.push(find('identity.no_from', rawFrom(message)));
  if (new Set(message.headerFrom.map((address) => address.address)).size > 1)
    findings.push(find('identity.several_from', message.headerFrom.map((each) => each.address).join(', ')));
  if (from) {
    findings.push(...nameFindings(from, own, world));
    findings.push(...domainFindings(from, own, authentication, world));
    findings.push(...replyFindings(message, from, own));
    if (message.to.some((to) => to.address === from.address) && !own.some((domain) => isWithin(from.domain, domain)))
      findings.push(find('identity.from_is_to', from.address));
  }
  if (hasHiddenLetters(`${from?.name ?? ''} ${message.subject}`))
    findings.push(find('identity.hidden_letters', visible(from?.name ?? '', message.subject)));
  if (from && from.domain !== '') {
    const named = brandsNamed(message.subject).filter((brand) => !speaksFor(from.domain, brand));
    if (named[0] && !findings.some((each) => each.id === 'identity.brand_name'))
      findings.push(find('identity.brand_subject', message.subject));
  }
  if (/^(?:re|aw|fw|fwd|wg|sv|rif|ref|res)\s*:/i.test(message.subject) && !hasThread(message))
    findings.push(find('identity.fake_reply', message.subject));
  if (message.to.length === 0 || message.to.every((to) => to.domain === ''))
    findings.push(find('identity.to_undisclosed', message.to[0]?.name || 'no recipient is named'));
  findings.push(...authenticationFindings(authentication, from));
  if (from && isForgedColleague(from, authentication, world))
    findings.push(find('identity.registry_forged', `${from.name} <${from.address}>`));
  return findings;
}

function nameFindings(from: Address, own: readonly string[], world: ObservedWorld): Finding[] {
  const findings: Finding[] = [];
  const shown = `${from.name} <${from.address}>`;
  const inName = /[\w.+-]{1,64}@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/i.exec(from.name);
  if (inName && registrableDomain((inName[1] as string).toLowerCase()) !== registrableDomain(from.domain))
    findings.push(find('identity.address_in_name', shown));
  const brand = brandsNamed(from.name).find((each) => !speaksFor(from.domain, each));
  if (brand) findings.push(find(isFreeMail(from.domain) ? 'identity.free_mail_brand' : 'identity.brand_name', shown));
  const foreign = !own.some((domain) => isWithin(from.domain, domain));
  if (foreign && own.some((domain) => namesOwn(from.name, domain)))
    findings.push(find('identity.own_name_foreign', shown));
  if (registryMatch(from, world)) findings.push(find('identity.registry_name', shown));
  return findings;
}

/** Folded display name of a registered person (sorted words, one edit from 8 letters on) with a foreign address. */
export function registryMatch(from: Address, world: ObservedWorld): boolean {
  const registry = world.registry ?? [];
  if (registry.length === 0) return false;
  const name = foldName(from.name);
  if (name.length < 4) return false;
  return registry.some((person) => {
    const theirs = foldName(person.name);
    const close = name === theirs || (theirs.length >= 8 && withinOneEdit(name, theirs));
    return close && !person.addresses.some((address) => address.toLowerCase() === from.address.toLowerCase());
  });
}

/** A registered address whose mail fails the check of its sender. */
function isForgedColleague(from: Address, { state }: Authentication, world: ObservedWorld): boolean {
  if (state !== 'fail' && state !== 'fail_enforced') return false;
  const address = from.address.toLowerCase();
  return (world.registry ?? []).some(({ addresses }) => addresses.some((own) => own.toLowerCase() === address));
}

function foldName(name: string): string {
  return skeleton(name.normalize('NFKC'))
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}

function namesOwn(name: string, domain: string): boolean {
  const label = domainLabel(domain);
  return (
    label.length >= 4 &&
    skeleton(name)
      .replace(/[^a-z0-9]/g, '')
      .includes(skeleton(label))
  );
}

function domainFindings(
  from: Address,
  own: readonly string[],
  authentication: Authentication,
  world: ObservedWorld,
): Finding[] {
  const findings: Finding[] = [];
  if (from.domain === '') return findings;
  const isOwn = own.some((domain) => isWithin(from.domain, domain));
  if (isOwn) {
    const failed =
      authentication.state === 'fail' ||
      authentication.state === 'fail_enforced' ||
      authentication.state === 'unaligned';
    if (failed) findings.push(find('identity.own_domain_forged', from.address));
    else if (authentication.state === 'none') findings.push(find('identity.own_domain_unproven', from.address));
    return findings;
  }
  const host = toUnicode(from.domain);
  const like = trustsLook(world, from.domain) ? null : lookAlike(host, own);
  if (like && own.includes(like.of))
    findings.push(find('identity.own_lookalike_domain', `${from.address} imitates ${like.of}`));
  else if (like) findings.push(find('identity.lookalike_domain', `${from.address} imitates ${like.of}`));
  if (looksMadeUp(domainLabel(from.domain))) findings.push(find('identity.machine_name', from.address));
  else if (!like && writesDigitForLetter(domainLabel(from.domain)))
    findings.push(find('identity.digit_for_letter', from.address));
  if (sharedSuffix(from.domain) !== null) findings.push(find('identity.shared_hosting', from.address));
  return findings;
}

function replyFindings(message: Message, from: Address, own: readonly string[]): Finding[] {
  const reply = message.replyTo[0];
  if (!reply || reply.domain === '' || from.domain === '') return [];
  if (registrableDomain(reply.domain) === registrableDomain(from.domain)) return [];
  if (own.some((domain) => isWithin(reply.domain, domain))) return [];
  const shown = `from ${from.address}, answers to ${reply.address}`;
  if (isFreeMail(reply.domain) && !isFreeMail(from.domain) && message.list.id === null)
    return [find('identity.reply_to_free', shown)];
  return [find('identity.reply_to_other', shown)];
}

function authenticationFindings(authentication: Authentication, from: Address | undefined): Finding[] {
  const shown = from ? from.address : '';
  if (authentication.state === 'fail_enforced') return [find('identity.dmarc_enforced', shown)];
  if (authentication.state === 'fail') return [find('identity.dmarc_fail', shown)];
  if (authentication.state === 'unaligned') return [find('identity.unaligned', shown)];
  return [];
}

const BEYOND_ASCII = /[^\x00-\x7f]/;

function hasHiddenLetters(text: string): boolean {
  if (!BEYOND_ASCII.test(text)) return false;
  if (mixesScripts(text)) return true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A zero-width joiner between emoji and a variation selector after one are ordinary; inside a word they are not.
    if (
      isInvisible(code) &&
      code !== 0xfeff &&
      /[\p{L}\p{N}]/u.test(text[i - 1] ?? '') &&
      /[\p{L}\p{N}]/u.test(text[i + 1] ?? '')
    )
      return true;
  }
  return false;
}

function visible(name: string, subject: string): string {
  return [...`${name} | ${subject}`].map((char) => (isInvisible(char.charCodeAt(0)) ? '·' : char)).join('');
}

function hasThread(message: Message): boolean {
  return message.headers.some(({ name }) => /^(?:in-reply-to|references|thread-index)$/i.test(name));
}

function rawFrom(message: Message): string {
  return message.headers.find(({ name }) => name.toLowerCase() === 'from')?.value ?? 'there is no From line';
}
