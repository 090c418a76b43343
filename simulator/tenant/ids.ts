/** Ids in the shapes Exchange Online and Entra give them; derived from names, so that a seeded world is the same every time. */
import { createHash } from 'node:crypto';

/** A GUID that is the same for the same name. */
export function guidOf(name: string): string {
  const hex = createHash('sha1').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The id that changes with every move, in REST spelling (base64 with - and _). */
export function mutableId(mailbox: string, item: number, generation: number): string {
  return `AAMkAG${digest(`m|${mailbox}|${item}|${generation}`)}BGAAAAAA${digest(`n|${item}|${generation}`)}=`;
}

/** The id that survives moves inside the mailbox. */
export function immutableId(mailbox: string, item: number): string {
  return `AAkALgAA${digest(`i|${mailbox}|${item}`)}EAC${digest(`j|${mailbox}|${item}`)}`;
}

/** A folder's id: constant either way. */
export function folderId(mailbox: string, folder: string): string {
  return `AQMkAD${digest(`f|${mailbox}|${folder}`)}AAAA==`;
}

/** The same id as EWS spells it: standard base64. */
export function ewsSpelling(rest: string): string {
  return rest.replace(/-/g, '/').replace(/_/g, '+');
}

/** An id as REST spells it, whatever the caller had. */
export function restSpelling(id: string): string {
  return id.replace(/\//g, '-').replace(/\+/g, '_');
}

function digest(text: string): string {
  return restSpelling(createHash('sha1').update(text).digest('base64').slice(0, 26));
}
