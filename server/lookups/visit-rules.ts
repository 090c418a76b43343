/**
 * Which links may be fetched at all, and as what. A look must not do anything in anybody's name: not unsubscribe, confirm,
 * accept or pay, not use up a link that works once, and not tell the sender which of the recipients' mails was opened.
 */
import type { LookFailure } from '../../shared/lure-page.ts';

/** Ways out of a list. Fetching one takes the recipient off it, or confirms to a spammer that somebody is there. */
const UNSUBSCRIBE =
  /unsub|opt[-_]?(?:out|in)\b|optout|one[-_]?click|list[-_]?(?:remove|manage)|remove[-_]?me|manage[-_]?(?:preferences|subscription)|preference[-_]?cent|email[-_]?preferences|subscription[-_]?(?:center|preferences)|abmeld|abbestell|austragen|newsletter[-_]?abm|desinscri|desabonn|se[-_]?desinscrire|cancelar[-_]?(?:suscripcion|inscricao)|dar(?:se)?[-_]?de[-_]?baja|\/baja\b|descadastr|disiscri|cancellati|uitschrijven|afmelden|wypisz|avmeld|afmeld|odhlasit|otpis/i;
/** Something happens on the other side when this is fetched, in the recipient's name. */
const ACTS =
  /(?:^|[/_.?&=-])(?:confirm(?:ation)?|activate|activation|approve|approval|reject|decline|accept|rsvp|delete|cancel|revoke|consent|subscribe|join|vote|respond|acknowledge|double[-_]?optin|magic[-_]?link|password[-_]?reset|reset[-_]?password|verify[-_]?e?mail|email[-_]?verif\w*|bestaetig\w*|freigeb\w*|zusagen|absagen|annehmen|ablehnen|loeschen|stornier\w*)(?=$|[/_.?&=-])/i;
/** Where mail services count who opened and clicked. */
const TRACKS =
  /(?:^|\/)(?:track(?:ing)?\/(?:click|open)|ls\/click|wf\/(?:click|open)|e\/c|ct\/|pixel|beacon|open\.(?:gif|png|aspx?))/i;
/** Names of parameters that say who it is, or that work once. */
const PERSONAL =
  /^(?:.*(?:token|otp|nonce|secret|passcode|signature|session|ticket).*|sig|hash|key|auth|code|jwt|sid|uid|uuid|guid|user|userid|user_?name|login|login_hint|email|e?mail|to|rcpt|recipient|customer|client_?id|cid|mid|rid|eid|subscriber.*|contact.*|member.*|invite.*|ref|u|e|t|k|h|s|utm_.*|mc_.*|_hs.*|fbclid|gclid|elq.*|trk.*|mkt_tok|vero_.*)$/i;
const MAX_PLAIN_VALUE = 12;

/** @returns the address to fetch, without what could tell who looks; or why it is not fetched */
export function visitableUrl(link: string): { url: string } | { refused: LookFailure } {
  if (!URL.canParse(link) || link.length > 4_000) return { refused: 'not_web' };
  const url = new URL(link);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refused: 'not_web' };
  url.username = '';
  url.password = '';
  url.hash = '';
  const refused = refusalOf(url);
  if (refused !== null) return { refused };
  for (const [name, value] of [...url.searchParams]) {
    if (PERSONAL.test(name) || !isPlain(value)) url.searchParams.delete(name);
  }
  // A bare query (`?4f1c…`) has only a name.
  for (const name of [...url.searchParams.keys()]) if (!isPlain(name)) url.searchParams.delete(name);
  if (url.pathname.split('/').some(isToken) || url.hostname.split('.').slice(0, -2).some(isToken)) {
    return { refused: 'one_time' };
  }
  return { url: url.href };
}

/** Whether a redirect of a stranger's server may be followed: it may carry a token of its own, but not act. */
export function mayFollow(url: URL): boolean {
  return refusalOf(url) === null;
}

function refusalOf(url: URL): LookFailure | null {
  const text = decoded(`${url.pathname}${url.search}`).slice(0, 4_000);
  if (UNSUBSCRIBE.test(text) || /^(?:unsub|unsubscribe|optout|abmelden)\./i.test(url.hostname)) return 'unsubscribe';
  if (ACTS.test(text) || TRACKS.test(text)) return 'one_time';
  return null;
}

function decoded(text: string): string {
  let out = text;
  // Twice: `%2575` is a `u` to a server that decodes twice.
  for (let i = 0; i < 2; i++) {
    out = out.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return out;
}

function isPlain(value: string): boolean {
  return value.length <= MAX_PLAIN_VALUE && /^[\w.~-]*$/.test(value) && !/^(?=.*\d)(?=.*[a-z])\w{9,}$/i.test(value);
}

/** Long, and no words: a number of the recipient rather than of a page. Addresses count too, plain or packed. */
function isToken(segment: string): boolean {
  const text = decoded(segment);
  if (text.includes('@')) return true;
  const longest = text.split(/[-_.~+ ,;:()]+/).reduce((a, b) => (b.length > a.length ? b : a), '');
  if (/^[0-9a-f]{16,}$/i.test(text.replaceAll('-', ''))) return true;
  if (longest.length >= 40 || (longest.length >= 24 && /\d|[A-Z]/.test(longest))) return true;
  // Upper case, lower case and digits in turn, as base64 has them.
  const turns = longest.match(/[A-Z](?=[a-z\d])|[a-z](?=[A-Z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
  return longest.length >= 12 && turns >= 5;
}
