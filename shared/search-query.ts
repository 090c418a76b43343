/**
 * The language people search messages in: words, "phrases", `field:value`, and a minus before any of them. Every condition must
 * hold. Pure, because the server answers it and the dashboard builds it.
 */

/** Fields by their names; several names are one field (the vendor's, and the short ones people type). */
const FIELDS = {
  from: ['from', 'sender'],
  to: ['to', 'recipient'],
  subject: ['subject'],
  domain: ['domain'],
  message_id: ['message_id'],
  alert_id: ['alert_id', 'id'],
  disposition: ['disposition', 'final_disposition', 'verdict'],
  action: ['action', 'message_action'],
  delivery: ['delivery', 'delivery_status'],
  mode: ['mode', 'delivery_mode'],
  ip: ['ip'],
  helo: ['helo', 'smtp_helo_ip'],
  attribute: ['attribute'],
  reason: ['reason', 'finding'],
  attachment: ['attachment', 'filename'],
  sha256: ['sha256'],
  url: ['url', 'link'],
  host: ['host'],
  mailbox: ['mailbox'],
  edf_hash: ['edf_hash', 'campaign'],
  is: ['is'],
  after: ['after', 'since', 'start'],
  before: ['before', 'until', 'end'],
} as const;
export type SearchField = keyof typeof FIELDS;

/** What the vendor's search knows as words of their own (product specification, section 7), and what is written as `is:…`. */
export const SEARCH_KEYWORDS = [
  'phish_submission',
  'user_submission',
  'team_submission',
  'user_malicious_submission',
  'team_malicious_submission',
  'phish_submission_response',
  'auto-retraction',
  'reported',
  'reclassified',
  'retracted',
  'quarantined',
  'simulation',
] as const;
export type SearchKeyword = (typeof SEARCH_KEYWORDS)[number];
/** These two mean what they say only as `is:…`: alone they are words. */
const ONLY_AFTER_IS: readonly SearchKeyword[] = ['reported', 'reclassified', 'retracted', 'quarantined', 'simulation'];

export const MESSAGE_ACTIONS = ['PREVIEW', 'QUARANTINE_RELEASED', 'MOVED'] as const;
export type MessageAction = (typeof MESSAGE_ACTIONS)[number];

export type SearchCondition = {
  /** With a minus: must not hold. */
  not: boolean;
  /** Offset in the query, for a problem that points at it. */
  at: number;
} & (
  | { kind: 'words'; text: string; phrase: boolean }
  | { kind: 'field'; field: SearchField; value: string }
  | { kind: 'keyword'; keyword: SearchKeyword }
);

export interface SearchFault {
  code: 'query_too_long' | 'query_unclosed_quote' | 'query_unknown_field' | 'query_empty_value' | 'query_too_many';
  /** Offset in the query. */
  at: number;
  /** The field's name, or what else is at fault. */
  what: string;
}

export const MOST_CHARACTERS = 1_000;
export const MOST_CONDITIONS = 40;

const BY_NAME = new Map<string, SearchField>(
  Object.entries(FIELDS).flatMap(([field, names]) => names.map((name) => [name, field as SearchField])),
);
export const SEARCH_FIELD_NAMES: readonly string[] = [...BY_NAME.keys()];

/** `https://…` and its defanged form are addresses of links, not fields of that name. */
const SCHEMES = /^(?:https?|hxxps?|ftp)$/i;
/** `Re:` is how subjects begin. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const BLANK = /\s/;

/** Reads a query; never throws, whatever it is given. */
export function readSearchQuery(query: string): { conditions: SearchCondition[] } | { fault: SearchFault } {
  if (query.length > MOST_CHARACTERS) return { fault: { code: 'query_too_long', at: MOST_CHARACTERS, what: '' } };
  const conditions: SearchCondition[] = [];
  let at = 0;
  while (at < query.length) {
    if (BLANK.test(query[at]!)) {
      at++;
      continue;
    }
    const read = readCondition(query, at);
    if ('fault' in read) return read;
    if (read.condition) conditions.push(read.condition);
    if (conditions.length > MOST_CONDITIONS) return { fault: { code: 'query_too_many', at, what: '' } };
    at = read.end;
  }
  return { conditions };
}

type Read = { condition: SearchCondition | null; end: number } | { fault: SearchFault };

function readCondition(query: string, start: number): Read {
  const not = query[start] === '-' && start + 1 < query.length && !BLANK.test(query[start + 1]!);
  const at = not ? start + 1 : start;
  if (query[at] === '"') return phraseAt(query, at, not);
  const end = endOfWord(query, at);
  const colon = query.indexOf(':', at);
  if (colon > at && colon < end) {
    const name = query.slice(at, colon);
    if (SCHEMES.test(name))
      return { condition: { not, at, kind: 'field', field: 'url', value: query.slice(at, end) }, end };
    if (NAME.test(name)) return fieldAt(query, { name, at, colon, end, not });
  }
  const text = query.slice(at, end);
  const keyword = keywordOf(text);
  if (keyword && !ONLY_AFTER_IS.includes(keyword)) return { condition: { not, at, kind: 'keyword', keyword }, end };
  return { condition: { not, at, kind: 'words', text, phrase: false }, end };
}

/** Up to the next blank, except that a quoted value after a colon belongs to it. */
function endOfWord(query: string, start: number): number {
  let at = start;
  while (at < query.length && !BLANK.test(query[at]!)) at++;
  return at;
}

function phraseAt(query: string, open: number, not: boolean): Read {
  const close = query.indexOf('"', open + 1);
  if (close < 0) return { fault: { code: 'query_unclosed_quote', at: open, what: '' } };
  const text = query.slice(open + 1, close);
  const condition = text.trim() === '' ? null : ({ not, at: open, kind: 'words', text, phrase: true } as const);
  return { condition, end: close + 1 };
}

function fieldAt(query: string, word: { name: string; at: number; colon: number; end: number; not: boolean }): Read {
  const { name, at, colon, not } = word;
  const field = BY_NAME.get(name.toLowerCase());
  const alone = colon + 1 === word.end;
  // `Re: invoice` is how a subject reads, with a blank behind the colon; `ree:invoice` is a slip.
  if (!field) {
    if (alone) return { condition: { not, at, kind: 'words', text: name, phrase: false }, end: word.end };
    return { fault: { code: 'query_unknown_field', at, what: name } };
  }
  if (query[colon + 1] === '"') {
    const close = query.indexOf('"', colon + 2);
    if (close < 0) return { fault: { code: 'query_unclosed_quote', at: colon + 1, what: name } };
    return conditionOf(field, query.slice(colon + 2, close).trim(), close + 1, word);
  }
  return conditionOf(field, query.slice(colon + 1, word.end), word.end, word);
}

function conditionOf(
  field: SearchField,
  value: string,
  end: number,
  { name, at, not }: { name: string; at: number; not: boolean },
): Read {
  if (value === '') return { fault: { code: 'query_empty_value', at, what: name } };
  const keyword = field === 'is' ? keywordOf(value) : null;
  if (keyword) return { condition: { not, at, kind: 'keyword', keyword }, end };
  return { condition: { not, at, kind: 'field', field, value }, end };
}

function keywordOf(text: string): SearchKeyword | null {
  const word = text.toLowerCase();
  return SEARCH_KEYWORDS.find((known) => known === word) ?? null;
}

/** One condition as a person would write it, so that reading it gives the same condition again. A quote cannot be searched for. */
export function writeCondition(condition: SearchCondition): string {
  const minus = condition.not ? '-' : '';
  if (condition.kind === 'keyword')
    return ONLY_AFTER_IS.includes(condition.keyword)
      ? `${minus}is:${condition.keyword}`
      : `${minus}${condition.keyword}`;
  if (condition.kind === 'words')
    return `${minus}${condition.phrase ? `"${withoutQuotes(condition.text)}"` : condition.text}`;
  return `${minus}${condition.field}:${quoted(condition.value)}`;
}

/** `field:value` for a form: quoted where the value needs it. */
export const fieldCondition = (field: SearchField, value: string): string => `${field}:${quoted(value)}`;

function quoted(value: string): string {
  const clean = withoutQuotes(value);
  return /\s/.test(clean) || clean === '' ? `"${clean}"` : clean;
}

const withoutQuotes = (text: string) => text.replaceAll('"', ' ').trim();
