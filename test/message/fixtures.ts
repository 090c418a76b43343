import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from '../../server/message/message.ts';
import { readMessage } from '../../server/message/parse.ts';

const folder = join(__dirname, '../fixtures/mail');

export const fixtureNames = readdirSync(folder).filter((name) => name.endsWith('.eml'));

export function fixtureBytes(name: string): Buffer {
  return readFileSync(join(folder, name.endsWith('.eml') ? name : `${name}.eml`));
}

export function fixture(name: string): Message {
  return readMessage(fixtureBytes(name));
}

/** A message from header lines and a body, CRLF line ends. */
export function mail(headers: readonly string[], body: string): Message {
  return readMessage(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}`, 'utf8'));
}

export function htmlMail(html: string): Message {
  return mail(['From: a@a.example', 'Content-Type: text/html; charset=utf-8'], html);
}
