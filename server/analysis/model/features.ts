import type { Message } from '../../message/message.ts';
import { identityFeatures } from './identity-features.ts';
import { linkFeatures } from './link-features.ts';
import { structureFeatures } from './structure-features.ts';
import { fold, hash, mix, tokens } from './tokens.ts';

/** Raised with every change of what is hashed: a model of another number must be trained again. */
export const FEATURES_VERSION = 2;

/** The four groups of a mail whose shares of the margin are kept apart. */
export const GROUPS = ['text', 'url', 'identity', 'structure'] as const;
export type Group = (typeof GROUPS)[number];

/** Hashes (32 bits, distinct) by group. A bucket is the low bits. */
export type Features = Record<Group, Uint32Array>;

const BODY_WORDS = 900;
const TAIL_WORDS = 250;

/** Everything the model sees of a mail, findings apart. Years, recipients and receivers are kept out: they betray a corpus. */
export function featuresOf(message: Message): Features {
  const recipient = recipientWords(message);
  return {
    text: textFeatures(message, recipient),
    url: hashed(linkFeatures(message, recipient), 'u'),
    identity: hashed(identityFeatures(message), 'i'),
    structure: hashed(structureFeatures(message), 's'),
  };
}

function textFeatures(message: Message, recipient: ReadonlySet<string>): Uint32Array {
  const seen = new Set<number>();
  const body = fold(message.visibleText !== '' ? message.visibleText.slice(0, 40_000) : message.text.slice(0, 40_000));
  grams(tokens(fold(message.subject), 60, recipient), hash('subject'), seen);
  grams(tokens(body, BODY_WORDS, recipient), hash('body'), seen);
  if (body.length > 8_000) grams(tokens(body.slice(-2_000), TAIL_WORDS, recipient), hash('body'), seen);
  if (message.hiddenText !== '')
    for (const word of tokens(fold(message.hiddenText.slice(0, 4_000)), 150, recipient))
      seen.add(mix(hash(word, hash('hidden'))));
  return Uint32Array.from(seen);
}

/** Words and pairs of neighbours. */
function grams(words: readonly string[], seed: number, seen: Set<number>): void {
  let before = hash('^', seed);
  for (const word of words) {
    const own = hash(word, seed);
    seen.add(mix(own));
    seen.add(mix(Math.imul(before, 0x9e3779b1) ^ own));
    before = own;
  }
}

function hashed(names: Iterable<string>, seed: string): Uint32Array {
  const start = hash(seed);
  const seen = new Set<number>();
  for (const name of names) seen.add(mix(hash(name, start)));
  return Uint32Array.from(seen);
}

/** Names and addresses of the readers, as the mail itself spells them. */
function recipientWords(message: Message): Set<string> {
  const words = new Set<string>();
  for (const { name, address } of [...message.to.slice(0, 5), ...message.cc.slice(0, 5)]) {
    const lower = address.toLowerCase();
    words.add(lower);
    for (const part of `${fold(name)} ${lower.slice(0, Math.max(0, lower.lastIndexOf('@'))).replace(/[\d._+-]+/g, ' ')}`.split(
      /[^\p{L}]+/u,
    ))
      if (part.length >= 3) words.add(part);
  }
  return words;
}
