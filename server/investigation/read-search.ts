/** From what a person typed, and the parameters of the API, to what the store is asked. */
import { isIP } from 'node:net';
import { messageOfAlert } from '../../shared/alert-id.ts';
import type { MessageSearch } from '../../shared/messages.ts';
import { DELIVERY_MODES } from '../../shared/messages.ts';
import type { RetractionCause } from '../../shared/retraction.ts';
import {
  MESSAGE_ACTIONS,
  readSearchQuery,
  SEARCH_KEYWORDS,
  type SearchCondition,
  type SearchField,
  type SearchKeyword,
} from '../../shared/search-query.ts';
import { DELIVERY_STATUSES } from '../../shared/vendor-words.ts';
import { DISPOSITIONS, type Disposition } from '../../shared/verdict.ts';
import { urlLexeme } from '../message/described.ts';
import { domainsAbove, folded, isUnspaced, type Place, quoteLexeme, termsOf } from '../message/search-terms.ts';
import type { MessageFilter } from '../store/message-filters.ts';
import type { SearchTrouble } from './face.ts';
import { STOP_WORDS } from './stop-words.ts';

export interface ReadSearch {
  start: Date | null;
  end: Date | null;
  detections: boolean;
  filters: MessageFilter[];
  /** Words too short or too common to look for. */
  ignored: string[];
}

const DEFAULT_DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const LEAST_LENGTH = 3;

/** @returns the search, or what cannot be understood of it; never throws */
export function readSearch(search: MessageSearch, now: Date): ReadSearch | { trouble: SearchTrouble } {
  const read = readSearchQuery(search.query ?? '');
  if ('fault' in read) {
    const { code, at, what } = read.fault;
    return { trouble: { code, at, what, expected: [] } };
  }
  const reader = new SearchReader(now);
  for (const condition of [...read.conditions, ...conditionsOf(search)]) {
    const trouble = reader.add(withoutNul(condition));
    if (trouble) return { trouble };
  }
  return reader.finish(search);
}

/** The parameters say what fields of the query say. */
function conditionsOf(search: MessageSearch): SearchCondition[] {
  const fields: [SearchField, string | undefined][] = [
    ['from', search.sender],
    ['to', search.recipient],
    ['domain', search.domain],
    ['disposition', search.final_disposition],
    ['alert_id', search.alert_id],
    ['message_id', search.message_id],
    ['helo', search.smtp_helo_ip],
    ['action', search.message_action],
    ['delivery', search.delivery_status],
  ];
  // Keywords, in any order.
  for (const word of search.subject?.split(/\s+/).filter(Boolean) ?? []) fields.push(['subject', word]);
  return fields.flatMap(([field, value]) =>
    value === undefined ? [] : [{ not: false, at: 0, kind: 'field' as const, field, value }],
  );
}

const CAUSES_BY_ITSELF: readonly RetractionCause[] = ['psr', 'auto', 'pdr'];

class SearchReader {
  private readonly filters: MessageFilter[] = [];
  private readonly ignored = new Set<string>();
  private readonly words: string[] = [];
  private after: Date | null = null;
  private before: Date | null = null;
  /** Names what lies beyond detections. */
  private beyond = false;

  constructor(private readonly now: Date) {}

  add(condition: SearchCondition): SearchTrouble | null {
    if (condition.kind === 'words') {
      this.text(condition.text, condition.phrase, condition.not, '');
      return null;
    }
    if (condition.kind === 'keyword') {
      this.keyword(condition.keyword, condition.not);
      return null;
    }
    const expected = this.field(condition.field, condition.value.trim(), condition.not);
    return expected === null
      ? null
      : { code: 'query_bad_value', at: condition.at, what: condition.field, expected: [...expected] };
  }

  finish(search: MessageSearch): ReadSearch {
    const start = dateOf(search.start) ?? this.after ?? null;
    const end = dateOf(search.end) ?? this.before ?? null;
    const range = {
      start:
        latest(start, this.after) ??
        (this.pinned() ? null : new Date((end ?? this.now).getTime() - DEFAULT_DAYS * DAY_MS)),
      end: earliest(end, this.before),
    };
    if (search.exact_subject !== undefined) {
      this.text(search.exact_subject, true, false, 'A');
      this.filters.push({ not: false, by: 'subject', subject: search.exact_subject.replaceAll('\0', '') });
    }
    if (search.submissions !== undefined) this.filters.push({ not: !search.submissions, by: 'reported' });
    if (search.submissions) this.beyond = true;
    if (search.metric !== undefined) {
      this.filters.push({ not: false, by: 'metric', metric: search.metric, ...range });
      range.start = null;
      range.end = null;
      this.beyond = true;
    }
    // One question to the index of words, whatever the number of words.
    if (this.words.length > 0) this.filters.unshift({ not: false, by: 'words', tsquery: this.words.join(' & ') });
    return {
      ...range,
      detections: search.detections_only ?? !this.beyond,
      filters: this.filters,
      ignored: [...this.ignored],
    };
  }

  private pinned = () =>
    this.filters.some((filter) => !filter.not && (filter.by === 'id' || filter.by === 'message_id'));

  private push(filter: MessageFilter): null {
    this.filters.push(filter);
    return null;
  }

  /** @param places where the words must stand; '': anywhere */
  private text(text: string, phrase: boolean, not: boolean, places: string): void {
    const star = !phrase && /[\p{L}\p{N}]\*$/u.test(text);
    const terms = termsOf(text);
    const [first] = terms;
    // An address or host is one word of the index, and a rarer one than its parts.
    const whole = !phrase && first?.compound && terms.filter(({ compound }) => compound).length === 1;
    const words = whole ? [first.text] : terms.filter(({ compound }) => !compound).map((term) => term.text);
    if (words.length === 0) {
      if (text.trim() !== '') this.ignored.add(text.trim().slice(0, 60));
      return;
    }
    const [word = ''] = words;
    if (words.length === 1 && !phrase && (STOP_WORDS.has(word) || (word.length < LEAST_LENGTH && !isUnspaced(word)))) {
      this.ignored.add(text.slice(0, 60));
      return;
    }
    const suffix = places === '' && !star ? '' : `:${star ? '*' : ''}${places}`;
    this.lexemes(words, suffix, ' <-> ', not);
  }

  /** A value as the index has it. */
  private exact(value: string, places: string, not: boolean): null {
    return this.lexemes([folded(value)], `:${places}`, ' & ', not);
  }

  private lexemes(values: readonly string[], suffix: string, joint: string, not: boolean): null {
    const query = values.map((value) => quoteLexeme(value) + suffix).join(joint);
    if (not) this.filters.push({ not: true, by: 'words', tsquery: query });
    else this.words.push(`(${query})`);
    return null;
  }

  private keyword(keyword: SearchKeyword, not: boolean): void {
    const submission = (type: 'USER' | 'TEAM' | null, requested: Disposition | null) =>
      this.push({ not, by: 'submission', type, requested });
    if (!not && keyword !== 'quarantined' && keyword !== 'retracted') this.beyond = true;
    switch (keyword) {
      case 'phish_submission':
        return void submission(null, null);
      case 'user_submission':
        return void submission('USER', null);
      case 'team_submission':
        return void submission('TEAM', null);
      case 'user_malicious_submission':
        return void submission('USER', 'MALICIOUS');
      case 'team_malicious_submission':
        return void submission('TEAM', 'MALICIOUS');
      case 'phish_submission_response':
        return void this.push({ not, by: 'cause', any: ['psr'] });
      case 'auto-retraction':
        return void this.push({ not, by: 'cause', any: CAUSES_BY_ITSELF });
      case 'reported':
        return void this.push({ not, by: 'reported' });
      case 'reclassified':
        return void this.push({ not, by: 'decided' });
      case 'simulation':
        return void this.push({ not, by: 'simulation' });
      case 'retracted':
        return void this.push({ not, by: 'delivery', status: 'moved' });
      case 'quarantined':
        return void this.push({ not, by: 'delivery', status: 'quarantined' });
    }
  }

  /** @returns null when it is understood, else what may stand there */
  private field(field: SearchField, value: string, not: boolean): readonly string[] | null {
    switch (field) {
      case 'from':
        return this.person(value, 'B', not);
      case 'to':
        return this.person(value, 'C', not);
      case 'subject':
        this.text(value, /\s/.test(value), not, 'A');
        return null;
      case 'domain':
        return this.domain(value, 'BCD', not);
      case 'host':
        return this.domain(value, 'D', not);
      case 'url':
        return this.url(value, not);
      case 'message_id':
        if (!not) this.beyond = true;
        return this.push({ not, by: 'message_id', any: messageIdsOf(value) });
      case 'alert_id':
        if (!not) this.beyond = true;
        return this.push({ not, by: 'id', id: messageOfAlert(value) ?? value, begins: messageOfAlert(value) !== null });
      case 'disposition': {
        const disposition = dispositionOf(value);
        if (!disposition) return DISPOSITIONS;
        if (disposition === 'NONE' && !not) this.beyond = true;
        return this.push({ not, by: 'disposition', any: [disposition] });
      }
      case 'action': {
        const action = MESSAGE_ACTIONS.find((known) => known === value.toUpperCase().replace('RELEASE_', 'RELEASED_'));
        return action ? this.push({ not, by: 'action', action }) : MESSAGE_ACTIONS;
      }
      case 'delivery': {
        const status = DELIVERY_STATUSES.find((known) => known === value.toLowerCase());
        return status ? this.push({ not, by: 'delivery', status }) : DELIVERY_STATUSES;
      }
      case 'mode': {
        const mode = DELIVERY_MODES.find((known) => known === value.toUpperCase());
        return mode ? this.push({ not, by: 'mode', mode }) : DELIVERY_MODES;
      }
      case 'ip':
      case 'helo':
        if (isIP(value) === 0) return ['203.0.113.7', '2001:db8::7'];
        return this.exact(`${field}:${value.toLowerCase()}`, 'D', not);
      case 'attribute':
        return this.push({ not, by: 'mark', mark: value.toUpperCase().split('=')[0]! });
      case 'reason':
        return this.push({ not, by: 'mark', mark: value });
      case 'attachment':
        if (/^[0-9a-f]{64}$/i.test(value)) return this.exact(`sha256:${value}`, 'D', not);
        return this.file(value, not);
      case 'sha256':
        if (!/^[0-9a-f]{64}$/i.test(value)) return ['64 × 0-9a-f'];
        return this.exact(`sha256:${value}`, 'D', not);
      case 'mailbox':
        return this.push({ not, by: 'mailbox', mailbox: value.toLowerCase() });
      case 'edf_hash':
        return this.push({ not, by: 'campaign', key: value });
      case 'is':
        return SEARCH_KEYWORDS;
      case 'after':
      case 'before':
        return this.date(field, value, not);
    }
  }

  private person(value: string, place: Place, not: boolean): null {
    const name = value.replace(/^<|>$/g, '');
    if (name.startsWith('@')) return this.domain(name.slice(1), place, not);
    if (name.includes('@')) return this.exact(name, place, not);
    if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(name)) return this.domain(name, place, not);
    this.text(name, /\s/.test(name), not, place);
    return null;
  }

  private domain(value: string, places: string, not: boolean): null {
    const [host = value] = domainsAbove(folded(value.replaceAll('[.]', '.').replace(/\.$/, '')));
    return this.exact(host, places, not);
  }

  private url(value: string, not: boolean): null {
    const refanged = value.replaceAll('[.]', '.').replaceAll('[:]', ':').replace(/^hxxp/i, 'http');
    const match = /^[a-z][a-z0-9+.-]{0,30}:\/\/([^/?#\s]*)(.*)$/is.exec(refanged);
    if (!match) return this.domain(refanged.split('/')[0]!, 'D', not);
    // The start page is whatever lies on the host.
    if (match[2] === '' || match[2] === '/') return this.domain(match[1]!.replace(/:\d+$/, ''), 'D', not);
    return this.exact(urlLexeme(refanged), 'D', not);
  }

  private file(value: string, not: boolean): null {
    const terms = termsOf(value.replace(/\*$/, ''));
    const [first] = terms;
    if (!first) return this.exact(`file:${value}`, 'D', not);
    const names = first.compound ? [first.text] : terms.map(({ text }) => text);
    return this.lexemes(
      names.map((name) => `file:${name}`),
      value.endsWith('*') ? ':*D' : ':D',
      ' & ',
      not,
    );
  }

  private date(field: 'after' | 'before', value: string, not: boolean): readonly string[] | null {
    const days = /^(\d{1,4})d$/.exec(value);
    const at = days ? new Date(this.now.getTime() - Number(days[1]) * DAY_MS) : dayOf(value, field);
    if (!at || not) return ['2026-08-31', '2026-08-31T09:00:00Z', '7d'];
    if (field === 'after') this.after = latest(this.after, at);
    else this.before = earliest(this.before, at);
    return null;
  }
}

/** A day begins at 00:00 UTC; `before` a day means before it begins. */
function dayOf(value: string, field: 'after' | 'before'): Date | null {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/.test(value)) return null;
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return null;
  return field === 'before' ? new Date(at.getTime() - 1) : at;
}

function dispositionOf(value: string): Disposition | null {
  const word = value.toUpperCase();
  const known = { CLEAN: 'NONE', UCE: 'SPAM', PHISH: 'MALICIOUS' }[word] ?? word;
  return DISPOSITIONS.find((disposition) => disposition === known) ?? null;
}

/** With its <>, and as an id that is none (it has blanks) is kept. */
function messageIdsOf(value: string): string[] {
  const bare = value.replace(/^<|>$/g, '');
  return [`<${bare}>`, `<<${bare}>>`];
}

/** Which no text in the database has. */
const withoutNul = (condition: SearchCondition): SearchCondition =>
  condition.kind === 'field' ? { ...condition, value: condition.value.replaceAll('\0', '') } : condition;

const dateOf = (text: string | undefined) => (text === undefined ? null : new Date(text));
const latest = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b));
const earliest = (a: Date | null, b: Date | null) => (a && b ? (a < b ? a : b) : (a ?? b));
