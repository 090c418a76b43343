import { BRANDS, type Brand } from './brands.ts';
import { domainLabel, isWithin, publicSuffix, registrableDomain } from './domains.ts';
import { skeleton, withinOneEdit } from './skeleton.ts';

/** Why a host seems to be somebody else's. */
export interface LookAlike {
  /** Whose name it borrows: a brand, or one of the own domains. */
  of: string;
  /**
   * `homoglyph`: looks the same and is not (paypa1); `typo`: one letter off; `subdomain`: the name stands left of a foreign
   * domain; `word`: the name is a part of the domain (paypal-secure).
   */
  how: 'homoglyph' | 'typo' | 'subdomain' | 'word';
}

interface Name {
  brand: Brand;
  /** As a host can spell it: letters and digits only. */
  plain: string;
  skeleton: string;
}

const names: Name[] = BRANDS.flatMap((brand) =>
  brand.words
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((plain) => plain.length >= 3)
    .map((plain) => ({ brand, plain, skeleton: skeleton(plain) })),
);
const bySkeleton = new Map<string, Name>();
for (const name of names) if (!bySkeleton.has(name.skeleton)) bySkeleton.set(name.skeleton, name);
/** Names that are also ordinary words of hosts: a letter off, or left of a domain, they say nothing. */
const EVERYDAY = new Set([
  'outlook',
  'tonline',
  'die post',
  'diepost',
  'finanzamt',
  'acrobat',
  'visacard',
  'steamguard',
  'medicare',
]);
const longNames = names.filter((name) => name.plain.length >= 7 && !name.brand.weak && !EVERYDAY.has(name.plain));
const LONG_NAME_WITHIN = new RegExp(longNames.map((name) => name.skeleton).join('|'));
const longByLength = new Map<number, string[]>();
for (const { skeleton: shape } of longNames)
  longByLength.set(shape.length, [...(longByLength.get(shape.length) ?? []), shape]);

/** Whether one edit leads to a long name: of three lengths only. */
function isNearLongName(shape: string): boolean {
  for (let length = shape.length - 1; length <= shape.length + 1; length++)
    for (const name of longByLength.get(length) ?? []) if (withinOneEdit(shape, name)) return true;
  return false;
}

const LURE_WORD =
  /^(?:login|log|signin|secure|security|verify|verification|account|support|service|id|online|mail|update|auth|help|billing|pay|payment|delivery|parcel|track|tracking|portal|customer|app|info|center)$/;

const domainOwner = new Map<string, Brand[]>();
for (const brand of BRANDS)
  for (const domain of brand.domains) domainOwner.set(domain, [...(domainOwner.get(domain) ?? []), brand]);

/** Brands that may speak from this host; [] for a stranger's. */
export function brandsOf(host: string): readonly Brand[] {
  const known = brandsRemembered.get(host);
  if (known !== undefined) return known;
  const brands = lookUpBrands(host);
  if (brandsRemembered.size > MOST_REMEMBERED) brandsRemembered.clear();
  if (host.length <= LONGEST_REMEMBERED) brandsRemembered.set(Buffer.from(host).toString(), brands);
  return brands;
}

/** Caches, not state: bounded, and the answer depends on the host alone. A slice of its mail would keep all of that alive. */
const brandsRemembered = new Map<string, readonly Brand[]>();
const remembered = new Map<string, LookAlike | null>();
const MOST_REMEMBERED = 10_000;
const LONGEST_REMEMBERED = 255;

function lookUpBrands(host: string): readonly Brand[] {
  const domain = registrableDomain(host);
  const exact = domainOwner.get(domain) ?? domainOwner.get(host);
  if (exact) return exact;
  const suffix = publicSuffix(host);
  // A big name's country domains are its own; under the free-for-all suffixes they are not.
  if (/^(?:com|(?:(?:com|co|org|net)\.)?[a-z]{2})$/.test(suffix) && !CHEAP_COUNTRY.has(suffix)) {
    const owned = domainOwner.get(`${domainLabel(host)}.*`);
    if (owned) return owned;
  }
  for (const [owned, brands] of statesDomains) if (isWithin(host, owned)) return brands;
  return [];
}
/** Governments' suffixes are public suffixes, so that what lies below them is found by its end. */
const statesDomains = [...domainOwner].filter(([owned]) => /^(?:gouv|gov|gob)\./.test(owned));
/** Country suffixes sold to everybody for next to nothing. */
const CHEAP_COUNTRY = new Set(['tk', 'ml', 'ga', 'cf', 'gq', 'cc', 'ws', 'pw', 'to', 'su', 'la', 'im']);

/** Does this brand speak from this host? */
export function speaksFor(host: string, brand: Brand): boolean {
  return brandsOf(host).includes(brand) || brand.domains.some((domain) => isWithin(host, domain));
}

/**
 * Whether a host borrows a known name. Own domains are compared by their label.
 * @param host lower case; U-label or A-label form (decoded by the caller).
 */
export function lookAlike(host: string, ownDomains: readonly string[]): LookAlike | null {
  if (ownDomains.length > 0) {
    const own = ownLookAlike(host, ownDomains);
    if (own !== undefined) return own;
  }
  const known = remembered.get(host);
  if (known !== undefined) return known;
  const found = brandLookAlike(host);
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  if (host.length <= LONGEST_REMEMBERED) remembered.set(Buffer.from(host).toString(), found);
  return found;
}

function brandLookAlike(host: string): LookAlike | null {
  if (host === '' || brandsOf(host).length > 0) return null;
  const label = domainLabel(host);
  const words = label.split('-').filter((word) => word !== '');
  const whole = bySkeleton.get(skeleton(label.replaceAll('-', '')));
  if (whole && (!whole.brand.weak || whole.plain !== label))
    return { of: whole.brand.name, how: whole.plain === label ? 'word' : 'homoglyph' };
  const lureWords = words.some((word) => LURE_WORD.test(word));
  if (words.length > 1)
    for (const word of words) {
      const name = bySkeleton.get(skeleton(word));
      if (name && (lureWords || !(name.brand.weak || name.plain.length < 4)))
        return { of: name.brand.name, how: name.plain === word ? 'word' : 'homoglyph' };
    }
  const shape = skeleton(label);
  if (LONG_NAME_WITHIN.test(shape) || isNearLongName(shape))
    for (const name of longNames) {
      if (shape.length > name.skeleton.length + 1 && shape.includes(name.skeleton))
        return { of: name.brand.name, how: 'word' };
      if (withinOneEdit(shape, name.skeleton)) return { of: name.brand.name, how: 'typo' };
    }
  return subdomainLookAlike(host, label);
}

function subdomainLookAlike(host: string, label: string): LookAlike | null {
  const left = host.slice(0, host.length - registrableDomain(host).length).replace(/\.$/, '');
  if (left === '' || left.length > 200) return null;
  const parts = left.split(/[.-]/);
  const lureWords = parts.some((word) => LURE_WORD.test(word));
  for (const part of parts) {
    const name = bySkeleton.get(skeleton(part));
    if (
      name &&
      name.plain.length >= 4 &&
      (!(name.brand.weak || EVERYDAY.has(name.plain)) || lureWords) &&
      part !== label
    )
      return { of: name.brand.name, how: 'subdomain' };
  }
  return null;
}

function ownLookAlike(host: string, ownDomains: readonly string[]): LookAlike | null | undefined {
  for (const own of ownDomains) if (isWithin(host, own)) return null;
  const label = domainLabel(host);
  const shape = skeleton(label);
  for (const own of ownDomains) {
    const ownLabel = domainLabel(own);
    if (ownLabel.length < 4) continue;
    const ownShape = skeleton(ownLabel);
    if (shape === ownShape) return { of: own, how: ownLabel === label ? 'word' : 'homoglyph' };
    if (ownLabel.length >= 6 && withinOneEdit(shape, ownShape)) return { of: own, how: 'typo' };
    if (label.split('-').some((word) => skeleton(word) === ownShape) && ownLabel.length >= 5)
      return { of: own, how: 'word' };
    if (host.includes(`${own}.`)) return { of: own, how: 'subdomain' };
  }
  return undefined;
}

/** Brands a text names as its speaker, such as a display name. Weak names need a second word of their own kind. */
export function brandsNamed(text: string): Brand[] {
  const words = foldWords(text.slice(0, 300));
  const found: Brand[] = [];
  for (let at = 0; at < words.length; at++)
    for (const { brand, rest } of namesByFirstWord.get(words[at] as string) ?? []) {
      if (found.includes(brand) || !rest.every((word, i) => words[at + 1 + i] === word)) continue;
      if (!brand.weak || LURE_NAME.test(text) || words.length === 1) found.push(brand);
    }
  return found;
}
const LURE_NAME =
  /\b(?:support|security|service|account|billing|team|help|alert|notification|delivery|customer|id|kunden|konto|kundenservice|sicherheit|store|pay)\b/i;

/** Words as a hurried reader sees them; everything but letters, digits, & and + separates. */
function foldWords(text: string): string[] {
  return skeleton(text).match(/[a-z0-9&+]+/g) ?? [];
}

const namesByFirstWord = new Map<string, { brand: Brand; rest: string[] }[]>();
for (const brand of BRANDS)
  for (const word of brand.words) {
    const [first, ...rest] = foldWords(word);
    if (first) namesByFirstWord.set(first, [...(namesByFirstWord.get(first) ?? []), { brand, rest }]);
  }
