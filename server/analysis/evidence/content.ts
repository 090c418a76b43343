import type { Finding } from '../../../shared/verdict.ts';
import type { Message } from '../../message/message.ts';
import { normalise } from '../../message/normalise.ts';
import { isInvisible, mixedWords } from '../skeleton.ts';
import { borrowedService } from './borrowed-service.ts';
import { type FindingId, find } from './catalogue.ts';
import { foldText, unfoldedText } from './folded-text.ts';
import { passage } from './passage.ts';
import { Lookout, type Phrases, type Sightings } from './phrases.ts';
import * as say from './vocabulary.ts';
import { isEastAsian, saidInEastAsian } from './vocabulary-elsewhere.ts';

/** Lures say it early; a newsletter's hundredth paragraph says everything. */
const READ_AT_MOST = 4000;

/** Folded text that vocabulary is matched against: subject first, then what a reader sees. */
export function foldedText(message: Message): string {
  return foldText(readFirst(message));
}

function readFirst(message: Message): string {
  const body = message.visibleText !== '' ? message.visibleText : message.text;
  return `${message.subject} . ${body.slice(0, READ_AT_MOST)}`;
}

const SAID = new Lookout([
  say.CREDENTIAL,
  say.ACCOUNT_THREAT,
  say.URGENCY,
  say.PAYMENT,
  say.BANK_CHANGE,
  say.CALLBACK,
  say.CHARGE,
  say.EXTORTION,
  say.CRYPTO,
  say.ADVANCE_FEE,
  say.PRIZE,
  say.DELIVERY,
  say.GIFT_CARD,
  say.MACRO_PROMPT,
  say.ERRAND,
  say.DOCUMENT,
  say.PROMOTION,
  say.UNSUBSCRIBE,
]);

/** The same without what stands around it: that is asked at every place of a text, and few texts have such a run. */
const LIKE_A_WALLET = /bc1[a-z0-9]{25}|[13][a-km-zA-HJ-NP-Z1-9]{25}|0x[a-fA-F0-9]{40}/;

/** Where in the folded text which phrases may stand. */
export function sightingsIn(text: string): Sightings {
  return SAID.watch(text);
}

/** What is said, in the words of the mail itself: the passage is the evidence. */
export function contentEvidence(message: Message, sightings: Sightings): Finding[] {
  const findings: Finding[] = [];
  const { text } = sightings;
  const eastAsian = isEastAsian(text);
  const search = (id: FindingId, phrases: Phrases) =>
    sightings.first(phrases) ?? (eastAsian ? saidInEastAsian(id, text) : null);
  // Most mail says nothing of this: what it looks like as written is asked for when something was found.
  let written: string | null = null;
  const shown = (match: RegExpExecArray): string => {
    written ??= unfoldedText(readFirst(message));
    return passage(text, match, written);
  };
  const said = (id: FindingId, phrases: Phrases): boolean => {
    const match = search(id, phrases);
    if (match) findings.push(find(id, shown(match)));
    return match !== null;
  };
  const credential = said('text.credential', say.CREDENTIAL);
  const threat = said('text.account_threat', say.ACCOUNT_THREAT);
  const urgent = said('text.urgency', say.URGENCY);
  if (credential && threat && urgent) {
    const match = search('text.account_threat', say.ACCOUNT_THREAT);
    if (match) findings.push(find('text.pressure', shown(match)));
  }
  said('text.payment', say.PAYMENT);
  said('text.bank_change', say.BANK_CHANGE);
  if (!said('text.callback', say.CALLBACK)) findings.push(...loneNumber(message, sightings));
  said('text.extortion', say.EXTORTION);
  said('text.crypto', say.CRYPTO);
  const shownFirst = message.visibleText.slice(0, READ_AT_MOST);
  const wallet = LIKE_A_WALLET.test(shownFirst) ? say.CRYPTO_ADDRESS.exec(shownFirst) : null;
  if (wallet) findings.push(find('text.crypto_address', wallet[0]));
  said('text.advance_fee', say.ADVANCE_FEE);
  said('text.prize', say.PRIZE);
  said('text.delivery_fee', say.DELIVERY);
  said('text.gift_card', say.GIFT_CARD);
  if (message.attachments.length > 0) said('text.macro_prompt', say.MACRO_PROMPT);
  // A favour asked of a colleague is ordinary; of nobody in particular, in three lines and with no link, it is not.
  if (text.length < 700 && message.links.length <= 2) said('text.errand', say.ERRAND);
  said('text.document', say.DOCUMENT);
  findings.push(...borrowedService(message, sightings));
  findings.push(...concealment(message));
  return findings;
}

/** A charge and a telephone number in a short mail without anything to click: what such mails are for is the call. */
function loneNumber(message: Message, sightings: Sightings): Finding[] {
  const { text } = sightings;
  if (text.length > 2_500 || message.links.some((link) => link.host !== '' && link.source !== 'image')) return [];
  if (sightings.first(say.CHARGE) === null) return [];
  const number = say.TELEPHONE.exec(text);
  return number ? [find('text.callback_number', passage(text, number))] : [];
}

/** A preview line of one or two sentences is ordinary; a hidden page is not. */
const MOST_PREVIEW = 400;

function concealment(message: Message): Finding[] {
  const findings: Finding[] = [];
  if (message.hiddenText.length > MOST_PREVIEW || BEYOND_LATIN.test(message.hiddenText)) {
    const hidden = normalise(message.hiddenText)
      .replace(/[\s\u2800]+/g, ' ')
      .trim();
    if (hidden.length > MOST_PREVIEW) findings.push(find('text.hidden', hidden));
  }
  const broken = brokenWord(message.visibleText.slice(0, READ_AT_MOST));
  if (broken) findings.push(find('text.broken_words', broken));
  const mixed = mixedWords(`${message.subject} ${message.visibleText.slice(0, READ_AT_MOST)}`);
  if (mixed.length >= 3) findings.push(find('text.foreign_letters', mixed.slice(0, 8).join(' ')));
  const shown = lettersShown(message.visibleText);
  const pictures =
    message.images.length +
    message.attachments.filter((file) => file.inline && file.contentType.startsWith('image/')).length;
  if (message.html !== '' && shown < 60 && pictures > 0)
    findings.push(find('text.image_only', message.images[0]?.alt || `${pictures} picture(s), ${shown} letters`));
  return findings;
}

/** Characters that are no white space, counted to 60. */
function lettersShown(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length && count < 60; i++) {
    const code = text.charCodeAt(i);
    if (code > 32 && (code < 127 || !/\s/.test(text[i] as string))) count++;
  }
  return count;
}

/** Three words with an invisible character inside make a habit; one may be a hyphenation hint. */
function brokenWord(text: string): string | null {
  if (!BEYOND_LATIN.test(text)) return null;
  let count = 0;
  for (let i = 1; i < text.length - 1; i++) {
    if (!isInvisible(text.charCodeAt(i))) continue;
    if (!/[\p{L}\p{N}]/u.test(text[i - 1] as string)) continue;
    let next = i + 1;
    while (next < text.length && isInvisible(text.charCodeAt(next))) next++;
    if (!/[\p{L}\p{N}]/u.test(text[next] ?? '')) continue;
    if (++count >= 3)
      return [...text.slice(Math.max(0, i - 60), i + 60)]
        .map((char) => (isInvisible(char.charCodeAt(0)) ? '·' : char))
        .join('');
    i = next;
  }
  return null;
}

/** Where invisible characters are: the soft hyphen, and everything from the combining marks on. */
const BEYOND_LATIN = /\u00ad|[\u034f-\uffff]/;
