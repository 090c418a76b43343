/** Bare URLs in plain text, as mail clients make them clickable. */

const URL_START = /(?:https?:\/\/|www\.|mailto:)/gi;
const MAX_URL = 4_000;

/** URLs in order of appearance, `www.` ones with http:// before them; at most `limit`. Linear. */
export function readTextLinks(text: string, limit: number): string[] {
  const urls: string[] = [];
  URL_START.lastIndex = 0;
  for (let match = URL_START.exec(text); match !== null && urls.length < limit; match = URL_START.exec(text)) {
    const start = match.index;
    let end = start + match[0].length;
    const last = Math.min(text.length, start + MAX_URL);
    while (end < last && !endsUrl(text.charCodeAt(end))) end++;
    URL_START.lastIndex = end;
    const url = withoutPunctuation(text.slice(start, end));
    if (url.length <= match[0].length) continue;
    const isBare = match[0].length === 4;
    if (isBare && start > 0 && /[\w@./-]/.test(text[start - 1] as string)) continue;
    urls.push(isBare ? `http://${url}` : url);
  }
  return urls;
}

/** Blanks, quotes, angles, braces, backtick, pipe. */
function endsUrl(code: number): boolean {
  return (
    code <= 32 ||
    code === 34 ||
    code === 60 ||
    code === 62 ||
    code === 96 ||
    code === 123 ||
    code === 124 ||
    code === 125 ||
    code === 0xa0 ||
    code === 0x3000 ||
    (code >= 0x2018 && code <= 0x201f)
  );
}

/** A sentence's punctuation is not the URL's; a closing bracket is when it was opened inside. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  let round = surplus(url, '(', ')');
  let square = surplus(url, '[', ']');
  while (end > 0) {
    const char = url[end - 1] as string;
    if (char === ')' && round > 0) round--;
    else if (char === ']' && square > 0) square--;
    else if (!".,;:!?'*_~…".includes(char)) break;
    end--;
  }
  return url.slice(0, end);
}

/** How many more closing than opening brackets. */
function surplus(text: string, open: string, close: string): number {
  let count = 0;
  for (const char of text) count += char === close ? 1 : char === open ? -1 : 0;
  return count;
}
