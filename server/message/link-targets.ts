/** Real targets of links that a mail gateway, a search engine or a mailing service wrapped. */
import { hostOf } from './hosts.ts';

const MAX_UNWRAPS = 5;

/**
 * The target behind known rewriters, unwrapped up to five times; the same URL when there is none.
 * Only by reading the URL itself: nothing is fetched.
 */
export function unwrapLink(url: string): string {
  return targetOf(url).target;
}

/** The same with the target's host, see hosts.ts. */
export function targetOf(url: string): { target: string; host: string } {
  let target = url;
  let host = hostOf(url);
  for (let i = 0; i < MAX_UNWRAPS; i++) {
    const inner = unwrapOnce(target, host);
    if (inner === null || inner === target) break;
    target = inner;
    host = hostOf(target);
  }
  return { target, host };
}

/** Query names under which redirectors carry an absolute URL. */
const GENERIC =
  /[?&;#](?:url|u|q|to|target|dest|destination|redirect|redirect_?ur[il]|redir|return_?url|goto|link|href|continue|next|adurl|out|ref_url|r)=((?:https?(?:%3a|:)|%68ttp|\/\/|%2f%2f)[^&\s]{3,6000})/i;

function unwrapOnce(url: string, host: string): string | null {
  if (host === '') return null;
  if (host.endsWith('.safelinks.protection.outlook.com') || host.endsWith('.safelinks.protection.office365.us')) {
    return parameter(url, 'url');
  }
  if (host === 'urldefense.proofpoint.com' || host === 'urldefense.com' || host === 'urldefense.us')
    return urlDefense(url);
  if (host === 'secure-web.cisco.com') return pathTarget(url);
  if (host === 'url.avanan.click') return avanan(url);
  if (host === 'linkprotect.cudasvc.com') return parameter(url, 'a');
  if (host.endsWith('.protection.sophos.com')) return base64Parameter(url, 'u') ?? parameter(url, 'd');
  if (host === 'www.linkedin.com' || host === 'linkedin.com')
    return /\/redir|\/safety\/go|\/slink/.test(url) ? parameter(url, 'url') : null;
  if (host.endsWith('bing.com') && url.includes('/ck/a')) return bing(url);
  if (host === 'l.facebook.com' || host === 'lm.facebook.com' || host === 'l.instagram.com') return parameter(url, 'u');
  if (/(?:^|\.)google\.[a-z.]{2,7}$/.test(host)) return google(url);
  if (host.endsWith('.cdn.ampproject.org') || url.includes('/amp/s/')) return amp(url);
  if (!url.includes('=')) return null;
  const generic = GENERIC.exec(url)?.[1];
  return generic === undefined ? null : absolute(decodePercent(generic));
}

function parameter(url: string, name: string): string | null {
  const match = new RegExp(`[?&;](?:amp;)?${name}=([^&#\\s]{1,8000})`, 'i').exec(url);
  return match === null ? null : absolute(decodePercent(match[1] as string));
}

function base64Parameter(url: string, name: string): string | null {
  const match = new RegExp(`[?&]${name}=([\\w+/=%-]{1,8000})`).exec(url);
  if (match === null) return null;
  return absolute(Buffer.from(decodePercent(match[1] as string), 'base64').toString('utf8'));
}

/** Proofpoint URL Defense: version 1 is percent-encoded, 2 writes - for % and _ for /, 3 holds the URL between `__` with its odd bytes apart. */
function urlDefense(url: string): string | null {
  const third = /\/v3\/__(.{1,8000}?)__;([\w-]*)!/.exec(url);
  if (third !== null) return urlDefense3(third[1] as string, third[2] as string);
  const inner = /[?&]u=([^&]{1,8000})/.exec(url)?.[1];
  if (inner === undefined) return null;
  return absolute(decodePercent(url.includes('/v2/') ? inner.replace(/-/g, '%').replace(/_/g, '/') : inner));
}

const RUN_LENGTHS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function urlDefense3(inner: string, packed: string): string | null {
  const bytes = Buffer.from(packed, 'base64url');
  const odd = [...bytes.toString('utf8')];
  let next = 0;
  const text = inner.replace(/\*(\*.)?/g, (_, run: string | undefined) => {
    const count = run === undefined ? 1 : RUN_LENGTHS.indexOf(run[1] as string) + 2;
    const piece = odd.slice(next, next + count).join('');
    next += count;
    return piece;
  });
  return absolute(text.replace(/^(https?):\/(?!\/)/, '$1://'));
}

/** Cisco: the percent-encoded target is the last path segment. */
function pathTarget(url: string): string | null {
  const inner = /\/(https?%3a[^/?#\s]{1,6000})/i.exec(url)?.[1];
  return inner === undefined ? null : absolute(decodePercent(inner));
}

/** Check Point: `/v2/___https://target___.signature`. */
function avanan(url: string): string | null {
  const inner = /\/___(.{1,6000}?)___\./.exec(url)?.[1];
  return inner === undefined ? null : absolute(inner);
}

function bing(url: string): string | null {
  const inner = /[?&]u=a1([\w-]{4,8000})/.exec(url)?.[1];
  return inner === undefined ? null : absolute(Buffer.from(inner, 'base64url').toString('utf8'));
}

function google(url: string): string | null {
  const amp = /google\.[a-z.]{2,7}\/amp\/s?\/?([^?#\s]{4,8000})/i.exec(url)?.[1];
  if (amp !== undefined) return absolute(`https://${decodePercent(amp).replace(/^https?:\/\//, '')}`);
  if (
    !/\/(?:url|local_url|aclk|imgres|translate|pagead|searchviewer|travel\/clk|maps\/link|interstitial|ads|httpservice)/.test(
      url,
    )
  ) {
    return null;
  }
  return parameter(url, 'q') ?? parameter(url, 'url') ?? parameter(url, 'adurl') ?? parameter(url, 'imgrefurl');
}

function amp(url: string): string | null {
  const inner = /\/(?:amp|c|v)\/s?\/?([a-z0-9.-]+\.[a-z]{2,}[^\s]{0,4000})/i.exec(url)?.[1];
  return inner === undefined ? null : absolute(`https://${inner}`);
}

function absolute(text: string): string | null {
  const url = text.trim();
  if (url.startsWith('//')) return `https:${url}`;
  return /^https?:[\\/]/i.test(url) ? url : null;
}

/** Percent-decoding that keeps broken escapes; twice when the result is still an encoded scheme. */
function decodePercent(text: string): string {
  let out = text;
  for (let i = 0; i < 2; i++) {
    try {
      out = decodeURIComponent(out);
    } catch {
      out = out.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
    if (!/^(?:https?%3a|%68ttp|%2f%2f)/i.test(out)) return out;
  }
  return out;
}
