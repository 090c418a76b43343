/** A letter to RFC 5322 bytes, as they lie in one mailbox. */
import { digits } from './chance.ts';
import type { Letter } from './letter.ts';
import { bodyPart, type Part } from './mime.ts';
import { borderHeader, dateOf, deliveryHeader, dkimHeader, domainOf } from './received.ts';

/**
 * @param mailbox address of the recipient: the newest hops and, in a personal letter, the whole mail are its own
 * @param at delivery, ms since the epoch
 * @param trace what the receiving side writes on top; Exchange Online's unless told
 */
export function compose(
  letter: Letter,
  mailbox: { address: string; displayName: string },
  at: number,
  trace: Trace = exchangeTrace,
): Buffer {
  const mine = letter.personal ? personalOf(letter, mailbox) : letter;
  const part = partOf(mine);
  const { origin } = mine;
  const header = [
    ...trace(mine, mailbox.address, at),
    ...(origin ? dkimHeader(mine, origin, part.body, at) : []),
    `From: ${addressHeader(mine.from)}`,
    `To: ${addressHeader(mine.shownTo ?? `${mailbox.displayName} <${mailbox.address}>`)}`,
    ...(mine.cc ? [`Cc: ${addressHeader(mine.cc)}`] : []),
    ...(mine.replyTo ? [`Reply-To: ${addressHeader(mine.replyTo)}`] : []),
    `Subject: ${unstructured(mine.subject)}`,
    `Date: ${dateOf(at - 3000)}`,
    `Message-ID: ${mine.messageId ?? messageIdOf(mine)}`,
    ...(mine.inReplyTo ? [`In-Reply-To: ${mine.inReplyTo}`, `References: ${mine.inReplyTo}`] : []),
    ...(mine.importance ? ['Importance: high', 'X-Priority: 1'] : []),
    ...(mine.bulk
      ? [
          `List-ID: ${mine.bulk.listId}`,
          `List-Unsubscribe: <${mine.bulk.unsubscribe}>`,
          'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
          'Precedence: bulk',
        ]
      : []),
    ...(origin?.mailer ? [`X-Mailer: ${origin.mailer}`] : []),
    ...(origin
      ? []
      : [
          'Accept-Language: en-GB, de-DE',
          'Content-Language: en-GB',
          `X-MS-Has-Attach: ${(mine.attachments ?? []).length > 0 ? 'yes' : ''}`,
        ]),
    'MIME-Version: 1.0',
    ...part.headers,
  ];
  return Buffer.from(`${header.join('\r\n')}\r\n\r\n${part.body}`);
}

export type Trace = (letter: Letter, mailbox: string, at: number) => string[];

const exchangeTrace: Trace = (letter, mailbox, at) => [
  ...deliveryHeader(letter, mailbox, at),
  ...borderHeader(letter, at),
];

const parts = new WeakMap<Letter, Part>();

/** Made once for all the copies of a letter. */
function partOf(letter: Letter): Part {
  const made = parts.get(letter) ?? bodyPart(letter);
  parts.set(letter, made);
  return made;
}

/** The Message-ID a letter has when it names none. */
export function messageIdOf(letter: Letter): string {
  const id = digits(`id|${letter.name}${letter.salt ?? ''}`, 32);
  if (!letter.origin)
    return `<AM9PR04MB${id.slice(0, 4).toUpperCase()}${id.slice(4, 28).toUpperCase()}@AM9PR04MB${id.slice(0, 4).toUpperCase()}.eurprd04.prod.outlook.com>`;
  return `<${id.slice(0, 12)}.${id.slice(12, 24)}@${domainOf(letter.from)}>`;
}

function personalOf(letter: Letter, mailbox: { address: string; displayName: string }): Letter {
  const fill = (text: string) =>
    text
      .replaceAll('{first}', mailbox.displayName.split(' ')[0]!)
      .replaceAll('{name}', mailbox.displayName)
      .replaceAll('{address}', mailbox.address)
      .replaceAll('{id}', digits(`${letter.name}|${mailbox.address}`, 10));
  const { attachments, ...rest } = letter;
  return {
    ...(JSON.parse(fill(JSON.stringify(rest))) as Letter),
    attachments,
    name: `${letter.name}|${mailbox.address}`,
  };
}

/** Display names beyond ASCII become encoded words (RFC 2047). */
function addressHeader(list: string): string {
  return list
    .split(/,\s*(?=[^,]*@|undisclosed)/)
    .map((one) => {
      const match = /^"?([^"<]*?)"?\s*<([^>]*)>$/.exec(one);
      if (!match) return one;
      const [, name, address] = match as unknown as [string, string, string];
      if (!/^[\x20-\x7e]*$/.test(name)) return `${encodedWord(name)} <${address}>`;
      return /^[\w .'-]*$/.test(name) ? `${name} <${address}>`.trim() : `"${name}" <${address}>`;
    })
    .join(',\r\n ');
}

function unstructured(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : encodedWord(text);
}

/** Base64 words of at most 75 characters, split between code points. */
function encodedWord(text: string): string {
  const words: string[] = [];
  let current = '';
  for (const character of text) {
    if (Buffer.byteLength(current + character) > 42) {
      words.push(current);
      current = '';
    }
    current += character;
  }
  words.push(current);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}
