/** Running text for people to read, in which nothing can be clicked, also after a mail program has looked for links. */

const SCHEME = /(https?|ftp|mailto|tel|javascript|data|file)(:)/gi;
/** A dot between letters or digits is what programs take for a host or an address. */
const DOT_IN_NAME = /(?<=[\p{L}\p{N}_-])\.(?=\p{L}{2})/gu;

/**
 * `see http://a.example/x or b@c.example` as `see hxxp[:]//a[.]example/x or b@c[.]example`. Control characters and those
 * that reverse the direction of writing are taken out. @param limit characters at most
 */
export function defangText(text: string, limit = 300): string {
  const plain = text
    .slice(0, limit * 2)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
  const safe = plain
    .replace(SCHEME, (_, scheme: string) => `${scheme.replace(/tt/i, 'xx')}[:]`)
    .replace(DOT_IN_NAME, '[.]')
    .trim();
  return safe.length <= limit ? safe : `${safe.slice(0, limit - 1)}…`;
}
