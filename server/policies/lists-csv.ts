import { PermanentError } from '../../shared/errors.ts';
import type { ListEntry, NewListEntry } from '../../shared/list-entry.ts';
import { csvField, csvLine, readCsv } from './csv.ts';
import type { ListName } from './face.ts';
import { InvalidCsv } from './invalid-csv.ts';
import { type CheckedEntry, checkedEntry } from './list-entry.ts';

/** Columns of an export, and what else an import calls them (exports of Cloudflare Email Security among them). */
const COLUMNS = {
  value: ['pattern', 'display_name', 'name', 'domain'],
  kind: ['pattern_type'],
  comment: ['comments', 'notes'],
  disposition: [],
  trust: [],
  // The vendor has a flag for each kind of trust.
  is_trusted_sender: [],
  is_acceptable_sender: [],
  is_exempt_recipient: [],
  is_regex: [],
  recent: ['is_recent'],
  similarity: ['is_similarity'],
  addresses: ['email', 'emails', 'address'],
  header_name: [],
  header_value: [],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof COLUMNS;

const OF_LIST: Record<ListName, readonly Column[]> = {
  allow_policies: ['value', 'kind', 'trust', 'comment'],
  block_senders: ['value', 'kind', 'disposition', 'comment'],
  trusted_domains: ['value', 'recent', 'similarity', 'comment'],
  impersonation_registry: ['value', 'addresses', 'comment'],
  simulations: ['value', 'kind', 'header_name', 'header_value', 'comment'],
  protected_mailboxes: ['value', 'comment'],
};

/** Columns of the vendor's exports that are read and never written. */
const READ_ONLY: Partial<Record<ListName, readonly Column[]>> = {
  allow_policies: ['is_trusted_sender', 'is_acceptable_sender', 'is_exempt_recipient', 'is_regex'],
  block_senders: ['is_regex'],
};

const KINDS: Record<string, NewListEntry['kind']> = { email: 'address', regex: 'pattern' };
/** Wrong lines that are told; more would not help. */
const MOST_TOLD = 50;
const MOST_ROWS = 10_000;

export function csvOf(list: ListName, entries: readonly ListEntry[]): string {
  const columns = OF_LIST[list];
  return [columns, ...entries.map((entry) => columns.map((column) => fieldOf(entry, column)))].map(csvLine).join('');
}

function fieldOf(entry: ListEntry, column: Column): string {
  if (column === 'addresses') return (entry.addresses ?? []).join(' ');
  if (column === 'header_name') return entry.header?.name ?? '';
  if (column === 'header_value') return entry.header?.value ?? '';
  // Read of the vendor's files, never written.
  if (column.startsWith('is_')) return '';
  return String(entry[column as keyof ListEntry] ?? '');
}

/**
 * Entries of a CSV with a header row. A name that stands on several lines of the impersonation registry is one entry.
 * @throws InvalidCsv, which names the lines that are wrong
 */
export function entriesOfCsv(list: ListName, csv: string): CheckedEntry[] {
  const rows = readCsv(csv);
  if (rows === null) throw refused('A quoted field is never closed.');
  const [head, ...lines] = rows;
  const columns = head ? head.fields.map((name) => columnOf(list, csvField(name))) : [];
  if (!columns.includes('value'))
    throw refused(`The first line names the columns: ${OF_LIST[list].join(',')} (value is needed).`);
  if (lines.length > MOST_ROWS) throw refused(`More than ${MOST_ROWS} lines: import them in parts.`);
  const entries = new Map<string, CheckedEntry>();
  const wrong: { line: number; detail: string }[] = [];
  for (const { line, fields } of lines) {
    try {
      const entry = checkedEntry(list, draftOf(list, columns, fields));
      const key = `${entry.kind} ${entry.value}`;
      const before = entries.get(key);
      entries.set(key, before && list === 'impersonation_registry' ? merged(before, entry) : entry);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      wrong.push({ line, detail: error.message });
    }
  }
  if (wrong.length > 0) {
    const [first] = wrong as [{ line: number; detail: string }];
    const others = wrong.length === 1 ? '' : ` ${wrong.length} lines are wrong.`;
    const told = `Nothing was imported.${others} Line ${first.line}: ${first.detail}`;
    throw new InvalidCsv(told, wrong.slice(0, MOST_TOLD));
  }
  return [...entries.values()];
}

function columnOf(list: ListName, name: string): Column | null {
  const folded = name.toLowerCase().replace(/[\s-]+/g, '_');
  const found = (Object.keys(COLUMNS) as Column[]).find(
    (column) => column === folded || (COLUMNS[column] as readonly string[]).includes(folded),
  );
  return found && [...OF_LIST[list], ...(READ_ONLY[list] ?? [])].includes(found) ? found : null;
}

function draftOf(list: ListName, columns: readonly (Column | null)[], fields: readonly string[]): NewListEntry {
  const given = new Map<Column, string>();
  for (const [at, column] of columns.entries()) {
    const field = csvField(fields[at] ?? '');
    if (column && field !== '') given.set(column, field);
  }
  const kind = given.get('kind')?.toLowerCase();
  const [headerName, headerValue] = [given.get('header_name'), given.get('header_value')];
  const flag = (column: Column) => /^(?:true|yes|1)$/i.test(given.get(column) ?? '');
  if (flag('is_exempt_recipient'))
    throw new PermanentError(
      'invalid_entry',
      'An exempt recipient is no allowed sender here: list the mailbox as a protected one.',
    );
  if (flag('is_regex') && list === 'allow_policies')
    throw new PermanentError(
      'invalid_entry',
      'A pattern is no proof of a sender: allow addresses, domains or IP ranges.',
    );
  const acceptable = flag('is_acceptable_sender') && !flag('is_trusted_sender');
  return {
    value: given.get('value') ?? '',
    ...(given.has('comment') ? { comment: given.get('comment') } : {}),
    ...(flag('is_regex')
      ? { kind: 'pattern' as const }
      : kind
        ? { kind: KINDS[kind] ?? (kind as NewListEntry['kind']) }
        : {}),
    ...(acceptable ? { trust: 'acceptable' as const } : {}),
    ...(given.has('disposition') ? { disposition: floorOf(given.get('disposition') as string) } : {}),
    ...(given.has('trust') ? { trust: trustOf(given.get('trust') as string) } : {}),
    ...(given.has('recent') ? { recent: flag('recent') } : {}),
    ...(given.has('similarity') ? { similarity: flag('similarity') } : {}),
    ...(list === 'impersonation_registry'
      ? { addresses: (given.get('addresses') ?? '').split(/[\s;,]+/).filter(Boolean) }
      : {}),
    ...(headerName ? { header: { name: headerName, ...(headerValue ? { value: headerValue } : {}) } } : {}),
  };
}

const FLOORS = ['MALICIOUS', 'SPOOF', 'SUSPICIOUS', 'SPAM', 'BULK'] as const;

function floorOf(word: string): (typeof FLOORS)[number] {
  const found = FLOORS.find((floor) => floor === word.toUpperCase());
  if (!found) throw new PermanentError('invalid_entry', `${word} is none of ${FLOORS.join(', ')}.`);
  return found;
}

function trustOf(word: string): 'trusted' | 'acceptable' {
  const lower = word.toLowerCase();
  if (lower === 'trusted' || lower === 'acceptable') return lower;
  throw new PermanentError('invalid_entry', `${word} is neither trusted nor acceptable.`);
}

function merged(before: CheckedEntry, entry: CheckedEntry): CheckedEntry {
  const addresses = [...(before.options.addresses as string[]), ...(entry.options.addresses as string[])];
  return { ...before, options: { ...before.options, addresses: [...new Set(addresses)] } };
}

const refused = (text: string) => new InvalidCsv(text);
