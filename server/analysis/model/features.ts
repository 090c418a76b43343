import type { Message } from '../../message/message.ts';
import { HashSink } from './hash-sink.ts';
import { addIdentityFeatures } from './identity-features.ts';
import { addLinkFeatures, addLinkTexts } from './link-features.ts';
import { addRelationFeatures } from './relation-features.ts';
import { addStructureFeatures } from './structure-features.ts';
import { fold, hash, mix, type Names, type Reader, readTokens } from './tokens.ts';

/** Raised with every change of what is hashed: a model of another number must be trained again. */
export const FEATURES_VERSION = 3;

/** The four groups of a mail whose shares of the margin are told apart. */
export const GROUPS = ['text', 'url', 'identity', 'structure'] as const;
export type Group = (typeof GROUPS)[number];

/** What is weighed, and whose share it belongs to: letters count as text, relations as identity. */
export const WEIGHED = {
  text: 'text',
  letters: 'text',
  url: 'url',
  identity: 'identity',
  structure: 'structure',
  relations: 'identity',
} as const satisfies Record<string, Group>;
export type WeighedGroup = keyof typeof WEIGHED;
export const WEIGHED_GROUPS = Object.keys(WEIGHED) as WeighedGroup[];

/** Hashes (32 bits, distinct) by group. A bucket is the low bits. */
export type Features = Record<WeighedGroup, Uint32Array>;

const SUBJECT_WORDS = 60;
const BODY_WORDS = 900;
const TAIL_WORDS = 250;
const HIDDEN_WORDS = 150;
/** Words whose letters are looked at: obfuscation and grammar show early. */
const SPELT_WORDS = 500;

/** Everything the model sees of a mail, findings apart. Years, recipients and receivers are kept out: they betray a corpus. */
export function featuresOf(message: Message): Features {
  const recipient = readRecipients(message);
  const body = fold((message.visibleText !== '' ? message.visibleText : message.text).slice(0, 40_000));
  return {
    ...textFeatures(message, body, recipient),
    url: taken((into) => {
      addLinkFeatures(message, into);
      addLinkTexts(message, recipient, into);
    }),
    identity: taken((into) => addIdentityFeatures(message, into)),
    structure: taken((into) => addStructureFeatures(message, into)),
    relations: taken((into) => addRelationFeatures(message, body, into)),
  };
}

// Looked up once: in a test's context every look at a global costs.
const { imul } = Math;

// Scratch space, emptied for every mail.
const words = new HashSink(4096);
const letters = new HashSink(8192);
const named = new HashSink(2048);
const readers = new HashSink(1024);
const SUBJECT = hash('subject');
const BODY = hash('body');
const HIDDEN = hash('hidden');
const SPELT_SUBJECT = hash('spelt subject');
const SPELT_BODY = hash('spelt body');

function textFeatures(message: Message, body: string, recipient: Names): Pick<Features, 'text' | 'letters'> {
  words.start();
  letters.start();
  const subject = fold(message.subject.slice(0, 1000));
  readTokens(subject, SUBJECT_WORDS, recipient, new SectionReader(SUBJECT, SPELT_SUBJECT, SUBJECT_WORDS));
  readTokens(body, BODY_WORDS, recipient, new SectionReader(BODY, SPELT_BODY, SPELT_WORDS));
  if (body.length > 8_000)
    readTokens(body.slice(-2_000), TAIL_WORDS, recipient, new SectionReader(BODY, SPELT_BODY, 0));
  if (message.hiddenText !== '')
    readTokens(fold(message.hiddenText.slice(0, 4_000)), HIDDEN_WORDS, recipient, HIDDEN_READER);
  return { text: words.take(), letters: letters.take() };
}

/** Words and pairs of neighbours, and the letters of the first words. */
class SectionReader implements Reader {
  private before = 0;
  private count = 0;

  constructor(
    private readonly seed: number,
    private readonly speltSeed: number,
    private readonly spelt: number,
  ) {}

  word(own: number): boolean {
    this.count++;
    // A word that is there already has given its letters.
    const isNew = words.add(mix(own ^ this.seed));
    words.add(mix(imul(this.before, 0x9e3779b1) ^ own ^ this.seed ^ 0x5bd1e995));
    this.before = own;
    return isNew;
  }

  gram(own: number): void {
    if (this.count <= this.spelt) letters.add(mix(own ^ this.speltSeed));
  }
}

const HIDDEN_READER: Reader = {
  word(own) {
    words.add(mix(own ^ HIDDEN));
    return false;
  },
};

function taken(add: (into: HashSink) => void): Uint32Array {
  named.start();
  add(named);
  return named.take();
}

/** Hashes of names and addresses of the readers, as the mail itself spells them. */
function readRecipients(message: Message): Names {
  readers.start();
  for (const { name, address } of [...message.to.slice(0, 5), ...message.cc.slice(0, 5)]) {
    const lower = address.toLowerCase();
    readers.add(hash(lower));
    addWords(fold(name));
    addWords(lower.slice(0, Math.max(0, lower.lastIndexOf('@'))).replace(/[\d._+-]+/g, ' '));
  }
  return readers;
}

/** Every word of three letters or more. */
function addWords(text: string): void {
  for (const word of text.match(/\p{L}+/gu) ?? []) if (word.length >= 3) readers.add(hash(word));
}
