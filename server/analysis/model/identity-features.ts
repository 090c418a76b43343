import type { Message } from '../../message/message.ts';
import { domainLabel, isWithin, publicSuffix, registrableDomain, sharedSuffix } from '../domains.ts';
import { isFreeMail } from '../free-mail.ts';
import { brandsOf } from '../look-alike.ts';
import { trigrams } from './trigrams.ts';

/** Who is speaking, as names: sender's words and domain, how the addresses of the mail agree with each other. */
export function* identityFeatures(message: Message): Iterable<string> {
  const from = message.headerFrom[0];
  const domain = from?.domain ?? '';
  const registrable = registrableDomain(domain);
  yield `from:${message.headerFrom.length}`;
  if (from) {
    const words = from.name.toLowerCase().match(/\p{L}{2,20}/gu) ?? [];
    for (const word of words.slice(0, 8)) yield `name:${word}`;
    yield `names:${Math.min(5, words.length)}`;
    const local = from.address.slice(0, Math.max(0, from.address.lastIndexOf('@'))).toLowerCase();
    for (const word of (local.match(/[a-z]{3,20}/g) ?? []).slice(0, 4)) yield `local:${word}`;
    yield `local-digits:${Math.min(4, (local.match(/\d/g) ?? []).length)}`;
    yield `local-length:${Math.min(6, local.length >> 2)}`;
    if (from.name === '') yield 'name:none';
    else if (from.name.includes('@')) yield 'name:address';
    if (from.name !== '' && from.name === from.name.toUpperCase()) yield 'name:upper';
  }
  if (domain === '') yield 'domain:none';
  else {
    yield `suffix:${publicSuffix(domain)}`;
    yield `labels:${Math.min(5, domain.split('.').length)}`;
    for (const gram of trigrams(domainLabel(domain))) yield `domain:${gram}`;
    if (isFreeMail(domain)) yield 'domain:free';
    if (sharedSuffix(domain) !== null) yield 'domain:shared';
    if (brandsOf(domain).length > 0) yield 'domain:brand';
    if (/\d/.test(domainLabel(domain))) yield 'domain:digit';
    if (domainLabel(domain).includes('-')) yield 'domain:hyphen';
  }
  yield* agreements(message, registrable);
}

/**
 * How Reply-To, envelope, Message-ID and recipients agree with the sender's domain. Which header fields there are, which
 * program wrote them and which provider carried the mail is left out: it tells the corpora apart and not the intentions
 * (nearly all phish of ours were collected at one provider), and fields of bulk mail must never lower the margin.
 */
function* agreements(message: Message, registrable: string): Iterable<string> {
  const relation = (host: string) =>
    host === ''
      ? 'none'
      : registrable !== '' && isWithin(host, registrable)
        ? 'same'
        : isFreeMail(host)
          ? 'free'
          : 'other';
  yield `reply:${relation(message.replyTo[0]?.domain ?? '')}`;
  const envelope = message.envelopeFrom;
  yield `envelope:${envelope === null ? 'unknown' : envelope === '' ? 'null' : relation(envelope.slice(envelope.lastIndexOf('@') + 1).toLowerCase())}`;
  const id = message.messageId ?? '';
  const idHost = id
    .slice(id.lastIndexOf('@') + 1)
    .replace('>', '')
    .toLowerCase();
  yield `id:${id === '' ? 'none' : id.includes('@') ? relation(idHost) : 'odd'}`;
  const to = message.to[0];
  if (to) {
    yield to.name === '' ? 'to:bare' : to.name.toLowerCase() === to.address.toLowerCase() ? 'to:address' : 'to:named';
    if (to.address === message.headerFrom[0]?.address) yield 'to:self';
  }
}
