/** Ids in the shapes Gmail and the directory give them; derived from names, so that a seeded world is the same every time. */
import { createHash } from 'node:crypto';

/** 16 hex digits, below 2^63: the same number reads `msg-f:<decimal>` in the web client. Never changes. */
export function messageId(mailbox: string, number: number): string {
  return `19${digest(`message|${mailbox}|${number}`).slice(0, 14)}`;
}

/** 21 decimal digits, as `sub` of identity tokens and `id` of directory users. */
export function userId(address: string): string {
  return `1${decimal(`user|${address}`, 20)}`;
}

export function groupId(address: string): string {
  return digest(`group|${address}`).slice(0, 15).replace(/^\d/, 'g');
}

/** Customer id of a domain: C and eight characters. */
export function customerId(domain: string): string {
  return `C0${digest(`customer|${domain}`).slice(0, 7)}`;
}

/** A project-like OAuth client id. */
export function clientId(name: string): string {
  return `${decimal(`client|${name}`, 12)}-${digest(`client|${name}`).slice(0, 32)}.apps.googleusercontent.com`;
}

/** Quoted, as ETags are. */
export function etagOf(name: string): string {
  return `"${Buffer.from(digest(name)).toString('base64url').slice(0, 27)}"`;
}

export function decimal(name: string, digits: number): string {
  return BigInt(`0x${digest(name)}`)
    .toString()
    .padStart(digits, '7')
    .slice(0, digits);
}

function digest(name: string): string {
  return createHash('sha1').update(name).digest('hex');
}
