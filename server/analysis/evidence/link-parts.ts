import type { Link } from '../../message/message.ts';

/** A link taken apart without throwing; '' for what is not there. */
export interface LinkParts {
  scheme: string;
  userinfo: string;
  host: string;
  port: string;
  path: string;
  query: string;
  fragment: string;
}

/** By hand, because a link in a lure is often no valid URL and still opens. */
export function linkParts(link: Pick<Link, 'target' | 'host'>): LinkParts {
  const url = link.target.length > 4000 ? link.target.slice(0, 4000) : link.target;
  const colon = schemeEnd(url);
  const scheme = colon < 0 ? '' : url.slice(0, colon).toLowerCase();
  const hash = url.indexOf('#');
  const beforeHash = hash < 0 ? url.length : hash;
  const mark = url.indexOf('?');
  const end = mark < 0 || mark > beforeHash ? beforeHash : mark;
  let start = colon + 1;
  if (colon >= 0) while (start < end && isSlash(url.charCodeAt(start))) start++;
  let slash = start;
  let at = -1;
  for (; slash < end; slash++) {
    const code = url.charCodeAt(slash);
    if (isSlash(code)) break;
    if (code === 64) at = slash;
  }
  return {
    scheme,
    userinfo: at < 0 || scheme === 'mailto' ? '' : url.slice(start, at),
    host: link.host,
    port: portOf(url, at < 0 ? start : at + 1, slash),
    path: url.slice(slash, end),
    query: end === beforeHash ? '' : url.slice(end + 1, beforeHash),
    fragment: hash < 0 ? '' : url.slice(hash + 1),
  };
}

const isSlash = (code: number) => code === 47 || code === 92;
const isDigit = (code: number) => code >= 48 && code <= 57;

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Offset of the colon behind the scheme, RFC 3986 section 3.1; -1 when there is none. */
function schemeEnd(url: string): number {
  if (!isLetter(url.charCodeAt(0))) return -1;
  for (let i = 1; i < url.length; i++) {
    const code = url.charCodeAt(i);
    if (code === 58) return i;
    if (!isLetter(code) && !isDigit(code) && code !== 43 && code !== 45 && code !== 46) return -1;
  }
  return -1;
}

/** One to five digits behind the last colon. */
function portOf(url: string, from: number, to: number): string {
  let start = to;
  while (start > from && isDigit(url.charCodeAt(start - 1))) start--;
  const length = to - start;
  return length >= 1 && length <= 5 && start > from && url.charCodeAt(start - 1) === 58 ? url.slice(start, to) : '';
}

/** A domain that a link's visible text names (`www.bank.example/login`), lower case; null when it names none. */
export function domainInText(text: string): string | null {
  if (!text.includes('.')) return null;
  const trimmed = text.trim();
  if (trimmed.length > 300 || trimmed.includes('@')) return null;
  const found = /^(?:https?:\/\/)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})(?:[/?#:]\S*)?$/i.exec(trimmed);
  const domain = found?.[1]?.toLowerCase() ?? null;
  // `report.pdf` and `setup.exe` are file names.
  if (domain && /\.(?:pdf|docx?|xlsx?|pptx?|zip|html?|txt|jpe?g|png|gif|exe|csv|ics)$/.test(domain)) return null;
  return domain;
}
