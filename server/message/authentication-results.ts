/** Authentication-Results fields, RFC 8601 section 2.2, and the dialect of Microsoft 365, which has no authserv-id. */
import type { ResultWord } from './authentication-state.ts';

const MAX_LENGTH = 16_000;
const MAX_RESULTS = 50;

export interface MethodResult {
  method: string;
  /** As written, lower case; `bestguesspass` and other words that RFC 8601 does not know stay here. */
  word: string;
  /** `smtp.mailfrom`, `header.d`, `policy.p`, `action` and so on, lower-case names and values. */
  properties: Map<string, string>;
  /** What stood in parentheses, lower case. */
  comment: string;
}

export interface AuthenticationResults {
  /** '' when there is none. */
  authservId: string;
  results: MethodResult[];
}

const WORDS = new Set(['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror']);

/** RFC 8601 result word; old and private words by their meaning, unknown ones are neutral. */
export function resultWord(word: string): ResultWord {
  if (WORDS.has(word)) return word as ResultWord;
  if (word === 'hardfail' || word === 'reject') return 'fail';
  if (word === 'bestguesspass' || word === 'unknown' || word === 'skipped') return 'none';
  if (word === 'error' || word === 'temperr') return 'temperror';
  if (word === 'permerr' || word === 'invalid') return 'permerror';
  return 'neutral';
}

/** Reads one field value; anything is accepted, what is not understood is left out. */
export function readAuthenticationResults(value: string): AuthenticationResults {
  const pieces = splitAtSemicolons(value.slice(0, MAX_LENGTH));
  const first = pieces[0]?.text.trim() ?? '';
  // `mx.example.org 1` is an authserv-id with a version; `spf=pass ...` is a result at once.
  const hasId = !/^[a-z0-9-]{1,30}\s{0,3}(?:\/\s{0,3}\d{1,3}\s{0,3})?=/i.test(first);
  const results: MethodResult[] = [];
  for (const piece of hasId ? pieces.slice(1) : pieces) {
    const result = readResult(piece.text, piece.comment);
    if (result !== null && results.length < MAX_RESULTS) results.push(result);
  }
  return { authservId: hasId ? (first.split(/\s+/)[0] ?? '').replace(/^"|"$/g, '').toLowerCase() : '', results };
}

function readResult(text: string, comment: string): MethodResult | null {
  const match = /^\s*([a-z][a-z0-9_-]{0,30})\s{0,3}(?:\/\s{0,3}\d{1,3}\s{0,3})?=\s{0,3}([a-z]{1,30})/i.exec(text);
  if (match === null) return null;
  const properties = new Map<string, string>();
  for (const pair of text
    .slice(match[0].length)
    .matchAll(/([a-z][a-z0-9_.-]{0,60})\s{0,3}=\s{0,3}("[^"]{0,500}"|[^\s;]{1,500})/gi)) {
    const name = (pair[1] as string).toLowerCase();
    if (!properties.has(name)) properties.set(name, (pair[2] as string).replace(/^"|"$/g, '').toLowerCase());
  }
  return {
    method: (match[1] as string).toLowerCase(),
    word: (match[2] as string).toLowerCase(),
    properties,
    comment: comment.toLowerCase(),
  };
}

/** Cuts at each `;` outside of quotes and comments, comments taken out. */
function splitAtSemicolons(value: string): { text: string; comment: string }[] {
  const pieces: { text: string; comment: string }[] = [];
  let text = '';
  let comment = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i++) {
    const char = value[i] as string;
    if (char === '\\') {
      const next = value[++i] ?? '';
      if (depth > 0) comment += next;
      else text += next;
    } else if (quoted) {
      if (char === '"') quoted = false;
      text += char;
    } else if (char === '(') {
      if (depth++ === 0) comment += ' ';
    } else if (char === ')' && depth > 0) depth--;
    else if (depth > 0) comment += char;
    else if (char === ';') {
      pieces.push({ text, comment });
      text = '';
      comment = '';
    } else {
      if (char === '"') quoted = true;
      text += char;
    }
  }
  pieces.push({ text, comment });
  return pieces;
}
