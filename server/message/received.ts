/** Received fields, RFC 5321 section 4.4: who handed the mail to whom. Only what our own side wrote can be believed. */
import { isIP } from 'node:net';
import { readDate } from './dates.ts';
import type { ReceivedHop } from './message.ts';

export const MAX_HOPS = 100;
const MAX_RAW = 2_000;

/** @param value unfolded value of one field */
export function readReceived(value: string): ReceivedHop {
  const raw = value.slice(0, MAX_RAW).replace(/\s+/g, ' ').trim();
  const semicolon = raw.lastIndexOf(';');
  const clauses = semicolon < 0 ? raw : raw.slice(0, semicolon);
  const by = /(?:^|[\s)])by ([^\s;()]{1,255})/i.exec(clauses);
  const from = /^from ([^\s;]{1,255})/i.exec(clauses);
  const fromClause = from === null ? '' : by === null ? clauses : clauses.slice(0, by.index);
  return {
    from: from === null ? null : hostName(from[1] as string),
    by: by === null ? null : hostName(by[1] as string),
    ip: clientAddress(fromClause),
    date: semicolon < 0 ? null : readDate(raw.slice(semicolon + 1)),
    raw,
  };
}

function hostName(token: string): string {
  return token
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/**
 * The address literal of the client, as the receiver saw it: in the comment behind the name (in brackets, or bare as
 * Exchange writes it). The name itself is what the client said of itself, in `helo=` too, and counts only when nothing
 * else is there.
 */
function clientAddress(clause: string): string | null {
  const comment = clause.indexOf('(');
  const seen = comment < 0 ? '' : clause.slice(comment).replace(/\bhelo=[^\s)]{1,300}/gi, ' ');
  return (
    firstAddress(seen, /\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})\]/gi) ??
    firstAddress(seen, /[\s(]([0-9A-Fa-f:.]{3,45})(?=[\s)])/g) ??
    firstAddress(clause.slice(0, comment < 0 ? clause.length : comment), /\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})\]/gi)
  );
}

function firstAddress(text: string, pattern: RegExp): string | null {
  for (const match of text.matchAll(pattern)) {
    const address = (match[1] as string).toLowerCase();
    if (isIP(address) !== 0) return address;
  }
  return null;
}
