/** Address lists, RFC 5322 section 3.4, as they really come: quotes, comments, groups and anything broken. */
import { decodeEightBit } from './charset.ts';
import { decodeHeaderValue } from './encoded-words.ts';
import type { Address } from './message.ts';

const MAX_ADDRESSES = 1_000;

export interface AddressList {
  addresses: Address[];
  /** More than 1,000 were given, or nothing that stands there is an address. */
  defects: ('address_limit' | 'bad_address')[];
}

/** One mailbox in the making. */
interface Draft {
  /** Text outside quotes, comments and angles. */
  bare: string;
  /** Display words in order, quoted ones included. */
  phrase: string;
  comment: string;
  /** Every `<...>`; the last one that holds an @ is what clients answer to. */
  angles: string[];
}

/** Every address of one field. Never throws; linear in the length. @param latin1 unfolded value, one character a byte */
export function readAddressList(latin1: string): AddressList {
  const value = /[\x80-\xff]/.test(latin1) ? decodeEightBit(latin1) : latin1;
  let list = scan(value, true);
  if (list === null) list = scan(value, false);
  let addresses = list ?? [];
  if (!value.includes('@') && value.includes('=?')) {
    // The whole mailbox inside one encoded word: not allowed, but shown as an address by clients.
    const decoded = scan(decodeHeaderValue(value), false) ?? [];
    if (decoded.some((address) => address.domain !== '')) addresses = decoded;
  }
  const defects: AddressList['defects'] = [];
  if (addresses.length > MAX_ADDRESSES) {
    addresses.length = MAX_ADDRESSES;
    defects.push('address_limit');
  }
  if (addresses.some((address) => address.domain === '')) {
    defects.push('bad_address');
    addresses = withLooseNames(addresses);
  }
  return { addresses, defects };
}

/** `Novak, Ana <ana@example.org>`: what stands alone before an address was meant as its name; nothing to join to stays. */
function withLooseNames(addresses: readonly Address[]): Address[] {
  const joined: Address[] = [];
  let loose: string[] = [];
  for (const address of addresses) {
    if (address.domain === '') loose.push(address.address);
    else {
      joined.push({ ...address, name: [...loose, address.name].filter((name) => name !== '').join(', ') });
      loose = [];
    }
  }
  if (joined.length === 0) return loose.map((name) => ({ name: '', address: name, domain: '' }));
  const last = joined.at(-1) as Address;
  last.name = [last.name, ...loose].filter((name) => name !== '').join(', ');
  return joined;
}

/** null when a quote stays open: then quotes mean nothing and the caller reads again without them. */
function scan(value: string, quotes: boolean): Address[] | null {
  const addresses: Address[] = [];
  let draft: Draft = { bare: '', phrase: '', comment: '', angles: [] };
  const finish = () => {
    const address = fromDraft(draft);
    if (address !== null) addresses.push(address);
    draft = { bare: '', phrase: '', comment: '', angles: [] };
  };
  let i = 0;
  while (i < value.length && addresses.length <= MAX_ADDRESSES) {
    const char = value[i] as string;
    if (char === '"' && quotes) {
      const end = closingQuote(value, i + 1);
      if (end < 0) return null;
      const text = value.slice(i + 1, end).replace(/\\(.)/gs, '$1');
      // "local part"@domain keeps its quotes in the address.
      if (value[end + 1] === '@') draft.bare += `"${text}"`;
      draft.phrase += text;
      i = end + 1;
    } else if (char === '(') {
      const end = closingComment(value, i);
      draft.comment += (draft.comment === '' ? '' : ' ') + value.slice(i + 1, end).trim();
      i = end + 1;
    } else if (char === '<') {
      const end = closingAngle(value, i + 1);
      draft.angles.push(value.slice(i + 1, end));
      i = value[end] === '>' ? end + 1 : end;
    } else if (char === ',' || char === ';') {
      finish();
      i++;
    } else if (
      char === ':' &&
      draft.angles.length === 0 &&
      !draft.bare.includes('@') &&
      !/^\s*mailto\s*$/i.test(draft.bare)
    ) {
      // The name of a group; its members count as they come.
      draft = { bare: '', phrase: '', comment: '', angles: [] };
      i++;
    } else {
      const end = nextSpecial(value, i + 1);
      const text = value.slice(i, end);
      draft.bare += text;
      draft.phrase += text;
      i = end;
    }
  }
  finish();
  return addresses;
}

function fromDraft(draft: Draft): Address | null {
  const phrase = decodeHeaderValue(draft.phrase).replace(/\s+/g, ' ').trim();
  const comment = decodeHeaderValue(draft.comment).replace(/\s+/g, ' ').trim();
  if (draft.angles.length > 0) {
    const angle = draft.angles.findLast((text) => text.includes('@')) ?? (draft.angles.at(-1) as string);
    const address = angle
      .replace(/\s+/g, '')
      .replace(/^@[^:]*:/, '')
      .replace(/^mailto:/i, '');
    if (address === '' && phrase === '') return null;
    if (address === '') return split(phrase, '');
    return split(address, phrase === '' ? comment : phrase);
  }
  const bare = decodeHeaderValue(draft.bare).trim();
  if (bare === '' && phrase === '') return null;
  const token = wordAround(bare, bare.indexOf('@'));
  if (token !== '' && !bare.startsWith('"')) {
    const rest = bare.replace(token, ' ').replace(/\s+/g, ' ').trim();
    return split(token.replace(/^mailto:/i, ''), rest === '' ? comment : rest);
  }
  if (bare.includes('@')) return split(bare, comment);
  return { name: comment, address: phrase === '' ? bare : phrase, domain: '' };
}

/** The word that holds the character at `at`; '' when `at` is negative or one side of it is empty. */
function wordAround(text: string, at: number): string {
  if (at < 0) return '';
  let start = at;
  while (start > 0 && !isWordEnd(text.charCodeAt(start - 1))) start--;
  let end = at + 1;
  while (end < text.length && !isWordEnd(text.charCodeAt(end))) end++;
  return start === at || end === at + 1 ? '' : text.slice(start, end);
}

/** Blanks, quotes, angles, comma, semicolon. */
function isWordEnd(code: number): boolean {
  return code <= 32 || code === 34 || code === 39 || code === 60 || code === 62 || code === 44 || code === 59;
}

/** Splits at the last @; the local part keeps its case. */
function split(text: string, name: string): Address {
  const at = text.lastIndexOf('@');
  if (at < 0) return { name, address: text, domain: '' };
  const domain = text
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.+$/, '');
  return { name, address: `${text.slice(0, at)}@${domain}`, domain };
}

function closingQuote(value: string, from: number): number {
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) return i;
  }
  return -1;
}

/** Offset of the `)` that closes the comment at `from`; the end when it stays open. */
function closingComment(value: string, from: number): number {
  let depth = 0;
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 40) depth++;
    else if (code === 41 && --depth === 0) return i;
  }
  return value.length;
}

/** Offset of the `>`, or of what ends an angle that was never closed. */
function closingAngle(value: string, from: number): number {
  // A comma ends it only behind an address; `<@relay,@relay:user@host>` is an old route.
  let at = false;
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === 62 || code === 60) return i;
    if (code === 64 && i > from) at = true;
    if (code === 44 && at && value.charCodeAt(from) !== 64) return i;
  }
  return value.length;
}

function nextSpecial(value: string, from: number): number {
  for (let i = from; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === 34 || code === 40 || code === 60 || code === 44 || code === 59 || code === 58) return i;
  }
  return value.length;
}
