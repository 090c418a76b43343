import { isIP } from 'node:net';
import { RE2JS } from 're2js';
import { getDomain } from 'tldts';
import { PermanentError } from '../../shared/errors.ts';
import type { ListEntryChange, NewListEntry } from '../../shared/list-entry.ts';
import type { ListName } from './face.ts';
import { ipRange } from './ip-range.ts';

type Kind = NonNullable<NewListEntry['kind']>;

/** An entry as it is stored: the value folded, its kind known, only the options its list has. */
export interface CheckedEntry {
  kind: Kind;
  value: string;
  comment: string;
  options: Record<string, unknown>;
}

interface ListRules {
  kinds: readonly Kind[];
  options: Readonly<Record<string, unknown>>;
  /** What an entry is, said to the person who typed another thing. */
  takes: string;
}

/** What each list takes, with the options of a new entry. */
const RULES: Record<ListName, ListRules> = {
  allow_policies: {
    kinds: ['address', 'domain', 'ip', 'server_name'],
    options: { trust: 'trusted' },
    takes: 'an address such as billing@example.org, a domain such as example.org, an IP range or a server name',
  },
  block_senders: {
    kinds: ['address', 'domain', 'ip', 'server_name', 'url_host', 'sha256', 'pattern'],
    options: { disposition: 'MALICIOUS' },
    takes:
      'an address such as billing@example.org, a domain such as example.org, an IP range, a SHA-256, or (with its kind) a server name, a host of links or a pattern',
  },
  trusted_domains: {
    kinds: ['domain'],
    options: { recent: true, similarity: true },
    takes: 'a domain such as example.org',
  },
  impersonation_registry: {
    kinds: ['name'],
    options: { addresses: null },
    takes: 'the display name of a person, with the addresses that are really theirs',
  },
  simulations: {
    kinds: ['domain', 'ip'],
    options: { header: undefined },
    takes: 'the domain that signs the exercises, or the IP range they come from; a header may be asked for besides',
  },
  protected_mailboxes: { kinds: ['address'], options: {}, takes: 'the address of a mailbox, such as ceo@example.org' },
};

const ADDRESS = /^[^\s@<>,;"]{1,64}@[a-z0-9.-]{1,253}$/;
const DOMAIN = /^(?=.{3,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const HEADER_NAME = /^[!-9;-~]{1,100}$/;
const OPTIONS = ['disposition', 'trust', 'recent', 'similarity', 'addresses', 'header'] as const;

/** @throws PermanentError `invalid_entry`, whose text says what is accepted */
export function checkedEntry(list: ListName, entry: NewListEntry): CheckedEntry {
  const rules = RULES[list];
  const written = entry.value.trim();
  const kind = entry.kind ?? kindOf(written, rules.kinds);
  if (!kind || !rules.kinds.includes(kind)) throw refused(`An entry is ${rules.takes}.`);
  return {
    kind,
    value: checkedValue(kind, written, rules.takes),
    comment: entry.comment?.trim() ?? '',
    options: checkedOptions(list, rules, entry),
  };
}

/** @throws PermanentError `invalid_entry` */
export function changedEntry(list: ListName, standing: CheckedEntry, change: ListEntryChange): CheckedEntry {
  const { kind, value, comment, options } = standing;
  return checkedEntry(list, { ...options, kind, value, comment, ...change });
}

function kindOf(value: string, kinds: readonly Kind[]): Kind | null {
  if (kinds.length === 1) return kinds[0] as Kind;
  const lower = value.toLowerCase().replace(/^@/, '');
  if (SHA256.test(lower)) return 'sha256';
  if (isIP(lower.split('/')[0] as string) !== 0) return 'ip';
  if (ADDRESS.test(lower)) return 'address';
  return DOMAIN.test(lower) ? 'domain' : null;
}

function checkedValue(kind: Kind, written: string, takes: string): string {
  const value = written.toLowerCase();
  switch (kind) {
    case 'address':
      if (ADDRESS.test(value)) return value;
      break;
    case 'domain':
      return checkedDomain(value.replace(/^@/, ''), takes);
    case 'server_name':
    case 'url_host':
      return checkedDomain(value, takes);
    case 'ip':
      return ipRange(value);
    case 'sha256':
      if (SHA256.test(value)) return value;
      throw refused('A SHA-256 has 64 hexadecimal digits.');
    case 'pattern':
      return checkedPattern(written);
    case 'name':
      if (/\p{L}{2}/u.test(written) && written.length >= 4 && written.length <= 200) return written;
      throw refused('A display name has at least four letters; shorter ones would match too many people.');
  }
  throw refused(`An entry is ${takes}.`);
}

/** `com` or `co.uk` would mean half of the world. */
function checkedDomain(value: string, takes: string): string {
  if (!DOMAIN.test(value)) throw refused(`An entry is ${takes}.`);
  if (getDomain(value, { allowPrivateDomains: false }) === null)
    throw refused(`${value} is a suffix under which anybody can have a domain: name a domain below it.`);
  return value;
}

function checkedPattern(pattern: string): string {
  if (pattern.length > 500) throw refused('A pattern has at most 500 characters.');
  let compiled: ReturnType<typeof RE2JS.compile>;
  try {
    compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refused(`The pattern is not RE2 (no lookaround, no back-references): ${why.slice(0, 120)}`);
  }
  if (compiled.matcher('').find()) throw refused('The pattern matches the empty text, and so every mail.');
  return pattern;
}

function checkedOptions(list: ListName, rules: ListRules, entry: NewListEntry): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const name of OPTIONS) {
    const given = entry[name];
    if (given !== undefined && !Object.hasOwn(rules.options, name))
      throw refused(`Entries of ${list} have no "${name}".`);
    const value = given ?? rules.options[name];
    if (value !== undefined) options[name] = value;
  }
  if (Object.hasOwn(options, 'addresses')) options.addresses = checkedAddresses(entry.addresses);
  if (entry.header && !HEADER_NAME.test(entry.header.name)) throw refused('A header name has no spaces and no colon.');
  return options;
}

function checkedAddresses(addresses: readonly string[] | undefined): string[] {
  const folded = [...new Set((addresses ?? []).map((address) => address.trim().toLowerCase()))];
  const wrong = folded.find((address) => !ADDRESS.test(address));
  if (wrong !== undefined) throw refused(`${wrong} is no address.`);
  if (folded.length === 0)
    throw refused('A name needs "addresses": at least one address that is really this person’s.');
  return folded;
}

const refused = (text: string) => new PermanentError('invalid_entry', text);
