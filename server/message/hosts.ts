/** Host names as a browser would finally read them, so that no spelling hides where a link goes. */
import { domainToASCII } from 'node:url';

const PLAIN = /^https?:\/\/((?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]*)(?:[/?#]|$)/i;

/**
 * Host of a URL: lower case, punycode, IPv4 in dotted decimal whatever the notation, IPv6 in brackets, without user
 * info and port; '' when there is none (mailto:, tel:, broken).
 * @param url as written in the mail
 */
export function hostOf(url: string): string {
  const plain = PLAIN.exec(url);
  if (plain !== null && !/^[\d.]+$|\.0x/i.test(plain[1] as string) && !(plain[1] as string).includes('xn--')) {
    return (plain[1] as string).toLowerCase();
  }
  const text = url.replace(/[\t\r\n]+/g, '').trim();
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return text.startsWith('//') || text.startsWith('\\\\') ? parsed(`https:${text}`) : '';
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ftp' && scheme !== 'ws' && scheme !== 'wss') return '';
  return parsed(text);
}

function parsed(text: string): string {
  try {
    return new URL(text).hostname.replace(/\.$/, '');
  } catch {
    return broken(text);
  }
}

/** The browser refuses it, some mail client or gateway may not: a best effort, letters and dots only. */
function broken(text: string): string {
  const authority = /^[a-z+.-]+:[\\/]*([^\\/?#]{1,300})/i.exec(text)?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d{0,6}$/, '');
  return domainToASCII(host) || (/^[\w.-]+$/.test(host) ? host.toLowerCase() : '');
}

/** Whether a host is an address literal. */
export function isAddressLiteral(host: string): boolean {
  return host.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}
