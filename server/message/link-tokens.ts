/** Links without what tells recipients apart. Scheme and authority are never touched, so no folding leads elsewhere. */
import type { Personal } from './personal.ts';

/** Stands for a token; a letter, so that it counts where links are compared by their letters. */
const TOKEN = 'ᛏ';
const URL_PARTS = /^(https?:[\\/]*[^\\/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is;
const MAX_URL = 8_000;

/**
 * Hosts at which a token is no recipient's but says whose page, file or redirection it is: nothing is folded there.
 * Registrable domains and whole hosts.
 */
const SHARED_HOSTS = new Set(
  `bit.ly tinyurl.com t.co goo.gl is.gd v.gd cutt.ly rb.gy ow.ly buff.ly t.ly s.id lnkd.in rebrand.ly shorturl.at tiny.cc
  bl.ink aka.ms qr.codes qrco.de forms.gle forms.office.com 1drv.ms dropbox.com dropboxusercontent.com box.com wetransfer.com we.tl
  sharepoint.com onedrive.com live.com office.com docs.google.com drive.google.com sites.google.com storage.googleapis.com
  script.google.com notion.site canva.com adobe.com docusign.net docusign.com github.com githubusercontent.com amazonaws.com
  mandrillapp.com pstmrk.it sparkpostmail.com awstrack.me mlsend.com klclick.com mjt.lu createsend.com sendibt3.com exct.net
  windows.net cloudfront.net azureedge.net sendgrid.net list-manage.com hubspotlinks.com mailchi.mp rs6.net ipfs.io`
    .trim()
    .split(/\s+/),
);

/**
 * The same link with tokens and the recipient's own address left out; a link of another kind as it is.
 * @param tokens is told the tokens that were left out
 */
export function foldLink(url: string, personal: Pick<Personal, 'addresses'>, tokens?: Set<string>): string {
  // Browsers drop these before they read anything.
  const clean = url.replace(/[\t\r\n]+/g, '').trim();
  const parts = clean.length > MAX_URL ? null : URL_PARTS.exec(clean.replace(/&amp;/gi, '&'));
  if (!parts) return url;
  const [, origin = '', path = '', query = '', fragment = ''] = parts;
  const fold = isShared(origin)
    ? (piece: string) => (isOwn(decoded(piece), personal) ? TOKEN : piece)
    : (piece: string) => foldPiece(piece, personal, tokens);
  return `${origin}${path
    .split(/([\\/;])/)
    .map(fold)
    .join('')}${foldPairs(query, fold)}${foldPairs(fragment, fold)}`;
}

/** Names of parameters stay: they are the skeleton. */
function foldPairs(text: string, fold: (piece: string) => string): string {
  return text
    .split(/([?#&;/])/)
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? fold(pair) : `${pair.slice(0, equals + 1)}${fold(pair.slice(equals + 1))}`;
    })
    .join('');
}

function isShared(origin: string): boolean {
  const host = origin
    .replace(/^https?:[\\/]*/i, '')
    .replace(/^.*@/, '')
    .replace(/:\d*$/, '')
    .toLowerCase();
  const labels = host.split('.');
  return labels.some((_, at) => SHARED_HOSTS.has(labels.slice(at).join('.')));
}

function foldPiece(piece: string, personal: Pick<Personal, 'addresses'>, tokens: Set<string> | undefined): string {
  if (piece.length < 4) return piece;
  const plain = decoded(piece);
  if (isOwn(plain, personal)) return TOKEN;
  // A second address inside is where the link leads, not who it was sent to.
  if (leadsOn(plain, personal)) return piece;
  if (isToken(plain)) {
    tokens?.add(plain);
    return TOKEN;
  }
  const rest = withoutOwn(plain, personal, TOKEN);
  return rest === plain ? piece : rest;
}

function isOwn(text: string, { addresses }: Pick<Personal, 'addresses'>): boolean {
  return [text, ...readings(text)].some((reading) => addresses.includes(reading.toLowerCase()));
}

function withoutOwn(text: string, { addresses }: Pick<Personal, 'addresses'>, instead: string): string {
  let rest = text;
  for (const address of addresses) {
    const at = rest.toLowerCase().indexOf(address);
    if (at >= 0 && rest.length < 1_000) rest = rest.slice(0, at) + instead + rest.slice(at + address.length);
  }
  return rest;
}

function leadsOn(text: string, personal: Pick<Personal, 'addresses'>): boolean {
  return [text, ...readings(text)].some((reading) =>
    /:\/|\/\/|\\\\|www\.|%[0-9a-f]{2}|[a-z0-9-]\.[a-z]{2,}|\d\.\d{1,3}\.\d{1,3}\.\d/i.test(
      withoutOwn(reading, personal, ''),
    ),
  );
}

/** What base64 or hexadecimal digits hold, where that is text. */
function readings(text: string): string[] {
  const found: string[] = [];
  if (/^[\w+/-]{6,}={0,2}$/.test(text)) found.push(Buffer.from(text, 'base64').toString('latin1'));
  if (/^(?:[0-9a-f]{2}){3,}$/i.test(text)) found.push(Buffer.from(text, 'hex').toString('latin1'));
  return found.filter((reading) => /^[\x20-\x7e]{3,}$/.test(reading));
}

/** Written by a machine: hexadecimal, a UUID, long numbers, letters and digits or cases in turns; nothing with a dot. */
function isToken(text: string): boolean {
  if (!/^[\w~=+/-]{4,}$/.test(text)) return false;
  if (/^\d+$/.test(text)) return text.length >= 5;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return true;
  if (/^[0-9a-f]{8,}$/i.test(text) && /\d/.test(text)) return true;
  // Words joined by hyphens are a title, with a year or a number behind it too.
  const words = text.split(/[-_~=+/]/).filter((word) => word !== '');
  if (words.length > 1) return words.some((word) => isToken(word)) && words.every((word) => !/^[a-z]{4,}$/i.test(word));
  const turns = (text.match(/\d(?=[a-z])|[a-z](?=\d)/gi) ?? []).length;
  const cases = (text.match(/[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g) ?? []).length;
  return (
    text.length >= 6 &&
    (turns >= 3 || (turns >= 1 && text.length >= 8 && cases >= 1) || (text.length >= 16 && cases >= 4))
  );
}

function decoded(piece: string): string {
  let text = piece;
  for (let i = 0; i < 2 && text.includes('%'); i++) {
    try {
      text = decodeURIComponent(text);
    } catch {
      return text;
    }
  }
  return text;
}
