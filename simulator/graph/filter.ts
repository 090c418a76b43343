/** A strict reader of the part of OData 4 filters that the directory and mailboxes understand. */
import { badRequest } from './errors.ts';

/** What a row offers to a filter: a property path to its value. */
export type Reader = (path: string) => unknown;
export type Filter = (read: Reader) => boolean;
type Value = (read: Reader) => unknown;

export interface ParsedFilter {
  matches: Filter;
  /** Operators that directory objects only take as advanced queries. */
  advanced: boolean;
  /** The one literal of `internetMessageId eq '…'` when that is the whole filter; lets a find skip the rest. */
  messageId: string | null;
  /** Every property the filter names, so that a misspelt one is refused before a row is read. */
  paths: ReadonlySet<string>;
}

const cache = new Map<string, ParsedFilter>();

/** @throws Refusal 400 on anything that is not understood */
export function parseFilter(text: string): ParsedFilter {
  const cached = cache.get(text);
  if (cached) return cached;
  const parsed = new Parser(text).parse();
  if (cache.size > 1000) cache.clear();
  cache.set(text, parsed);
  return parsed;
}

type Token = { kind: 'word' | 'string' | 'number' | 'punctuation'; text: string };

function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest);
    const string = /^'((?:[^']|'')*)'/.exec(rest);
    const number = /^(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?|-?\d+(?:\.\d+)?)/.exec(rest);
    const word = /^[A-Za-z_@][\w.]*(?:\/[A-Za-z_$@][\w.]*)*/.exec(rest);
    const punctuation = /^[(),:]/.exec(rest);
    if (space) at += space[0].length;
    else if (string) {
      found.push({ kind: 'string', text: string[1]!.replace(/''/g, "'") });
      at += string[0].length;
    } else if (rest.startsWith("'"))
      throw badRequest(
        `Invalid filter clause: There is an unterminated string literal at position ${text.length} in '${text}'.`,
      );
    else {
      const match = number ?? word ?? punctuation;
      if (!match) throw badRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
      found.push({ kind: number ? 'number' : word ? 'word' : 'punctuation', text: match[0] });
      at += match[0].length;
    }
  }
  return found;
}

class Parser {
  private readonly text: string;
  private readonly tokens: Token[];
  private at = 0;
  private advanced = false;
  private readonly paths = new Set<string>();
  private readonly variables = new Set<string>();

  constructor(text: string) {
    this.text = text;
    this.tokens = tokens(text);
  }

  parse(): ParsedFilter {
    const matches = this.or();
    if (this.at < this.tokens.length) throw this.error();
    const [path, operator, literal] = this.tokens;
    const plain = this.tokens.length === 3 && path?.text === 'internetMessageId' && operator?.text === 'eq';
    return { matches, advanced: this.advanced, messageId: plain ? literal!.text : null, paths: this.paths };
  }

  private or(): Filter {
    let left = this.and();
    while (this.take('or')) {
      const [a, b] = [left, this.and()];
      left = (read) => a(read) || b(read);
    }
    return left;
  }

  private and(): Filter {
    let left = this.unary();
    while (this.take('and')) {
      const [a, b] = [left, this.unary()];
      left = (read) => a(read) && b(read);
    }
    return left;
  }

  private unary(): Filter {
    if (this.take('not')) {
      this.advanced = true;
      const inner = this.unary();
      return (read) => !inner(read);
    }
    if (this.take('(')) {
      const inner = this.or();
      this.expect(')');
      return inner;
    }
    return this.comparison();
  }

  private comparison(): Filter {
    const token = this.tokens[this.at];
    const next = this.tokens[this.at + 1];
    if (token?.kind === 'word' && next?.text === '(') {
      this.at += 2;
      return /\/any$/i.test(token.text) ? this.any(token.text.slice(0, -4)) : this.call(token.text.toLowerCase());
    }
    const left = this.value();
    const operator = this.tokens[this.at++]?.text ?? '';
    const compare = operators.get(operator);
    if (!compare) throw this.error();
    if (operator === 'ne') this.advanced = true;
    const right = this.value();
    return (read) => compare(left(read), right(read));
  }

  /** `path/any(x:…)`: inside, `x` is the element and `x/name` its property. */
  private any(path: string): Filter {
    const name = this.tokens[this.at++]?.text ?? '';
    this.expect(':');
    this.variables.add(name);
    this.paths.add(path);
    const inner = this.or();
    this.expect(')');
    if (path === 'assignedPlans') this.advanced = true;
    return (read) => {
      const rows = read(path);
      if (!Array.isArray(rows)) throw badRequest(`Invalid filter clause: Could not find a property named '${path}'.`);
      return rows.some((row: unknown) =>
        inner((inside) => {
          if (inside === name) return row;
          if (inside.startsWith(`${name}/`)) return (row as Record<string, unknown>)[inside.slice(name.length + 1)];
          return read(inside);
        }),
      );
    };
  }

  private call(name: string): Filter {
    const test = functions.get(name);
    if (!test) throw badRequest(`An unknown function with name '${name}' was found.`);
    if (name !== 'startswith') this.advanced = true;
    const left = this.value();
    this.expect(',');
    const right = this.value();
    this.expect(')');
    return (read) => test(String(left(read) ?? ''), String(right(read)));
  }

  private value(): Value {
    const token = this.tokens[this.at++];
    if (!token || token.kind === 'punctuation') throw this.error();
    if (token.kind === 'string') return () => token.text;
    if (token.kind === 'number') return () => (/^\d{4}-/.test(token.text) ? new Date(token.text) : Number(token.text));
    if (token.text === 'true' || token.text === 'false') return () => token.text === 'true';
    if (token.text === 'null') return () => null;
    const head = token.text.split('/')[0]!;
    if (!this.variables.has(head)) this.paths.add(head);
    return (read) => read(token.text);
  }

  private take(text: string): boolean {
    if (this.tokens[this.at]?.text !== text || this.tokens[this.at]?.kind === 'string') return false;
    this.at += 1;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) throw this.error();
  }

  private error() {
    return badRequest(`Invalid filter clause: Syntax error in '${this.text}'.`);
  }
}

const order = (a: unknown, b: unknown): number => {
  const [left, right] = b instanceof Date ? [Date.parse(String(a)), b.getTime()] : [a as string, b as string];
  return left < right ? -1 : left > right ? 1 : 0;
};

const operators = new Map<string, (a: unknown, b: unknown) => boolean>([
  ['eq', (a, b) => (b instanceof Date ? order(a, b) === 0 : a === b)],
  ['ne', (a, b) => a !== b],
  ['gt', (a, b) => order(a, b) > 0],
  ['ge', (a, b) => order(a, b) >= 0],
  ['lt', (a, b) => order(a, b) < 0],
  ['le', (a, b) => order(a, b) <= 0],
]);

const functions = new Map<string, (a: string, b: string) => boolean>([
  ['startswith', (a, b) => a.toLowerCase().startsWith(b.toLowerCase())],
  ['endswith', (a, b) => a.toLowerCase().endsWith(b.toLowerCase())],
  ['contains', (a, b) => a.toLowerCase().includes(b.toLowerCase())],
]);
