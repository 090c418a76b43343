/** Partial responses: `fields=users(primaryEmail,name/fullName),nextPageToken`. */
import { invalidArgument } from './errors.ts';

/** A tree of names; an empty one takes everything below. */
type Mask = Map<string, Mask>;

/** @throws GoogleRefusal 400 for a mask that cannot be read */
export function selectFields(value: unknown, fields: string): unknown {
  const state = { text: fields, at: 0 };
  const mask = readMask(state);
  if (state.at < fields.length) throw invalid(fields);
  return applyMask(value, mask);
}

function readMask(state: { text: string; at: number }): Mask {
  const mask: Mask = new Map();
  for (;;) {
    const path = [readName(state)];
    while (state.text[state.at] === '/') {
      state.at += 1;
      path.push(readName(state));
    }
    let inner: Mask = new Map();
    if (state.text[state.at] === '(') {
      state.at += 1;
      inner = readMask(state);
      if (state.text[state.at] !== ')') throw invalid(state.text);
      state.at += 1;
    }
    insert(mask, path, inner);
    if (state.text[state.at] !== ',') return mask;
    state.at += 1;
  }
}

function readName(state: { text: string; at: number }): string {
  const name = /^[\w*-]+/.exec(state.text.slice(state.at))?.[0];
  if (name === undefined) throw invalid(state.text);
  state.at += name.length;
  return name;
}

function insert(mask: Mask, path: readonly string[], inner: Mask): void {
  const [name, ...rest] = path as [string, ...string[]];
  const known = mask.get(name) ?? new Map<string, Mask>();
  mask.set(name, known);
  if (rest.length > 0) insert(known, rest, inner);
  else for (const [key, value] of inner) known.set(key, value);
}

function applyMask(value: unknown, mask: Mask): unknown {
  if (mask.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((row) => applyMask(row, mask));
  const star = mask.get('*');
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const own = mask.get(name) ?? star;
      return own ? [[name, applyMask(inner, own)]] : [];
    }),
  );
}

function invalid(fields: string) {
  return invalidArgument(`Invalid field selection ${fields}`);
}
