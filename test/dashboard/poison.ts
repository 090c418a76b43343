/** What strangers write into mails, names and files, put wherever an answer of the API has words. */
import type { Page } from 'playwright-core';

const OWN = 'window.owned=1';
export const PAYLOADS = [
  `<img src=x onerror="${OWN}">`,
  `<script>${OWN}</script>`,
  `"><svg onload=${OWN}>`,
  `'-${OWN}-'`,
  `javascript:${OWN}`,
  `<a href="javascript:${OWN}">click</a>`,
  `{{constructor.constructor('${OWN}')()}} \${${OWN}}`,
  `<iframe srcdoc="<script>parent.owned=1</script>"></iframe>`,
  `</title></textarea></script><script>${OWN}</script>`,
  `<style>*{display:none!important}</style>`,
  `<details open ontoggle=${OWN}>`,
  `<math><mtext><script>${OWN}</script></mtext></math>`,
  `<form action="//evil.example"><input autofocus onfocus=${OWN}>`,
  `<base href="//evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=//evil.example">`,
  `data:text/html,<script>${OWN}</script>`,
  `<object data="data:text/html,<script>${OWN}</script>"></object>`,
  `<img src="//evil.example/pixel.gif">`,
  `=cmd|' /C calc'!A0`,
  `\u202Egnp.exe\u0000\u200b ]]> <!-- -->`,
  `<${'averylongwordwithoutanyplacetobreak'.repeat(4)}>`,
];

/** The longest part of each that a screen shows as it is. */
export const SHOWN = PAYLOADS.map(
  (payload) => payload.split(/[\u0000-\u001f\u200b\u202e]/).sort((a, b) => b.length - a.length)[0]!,
);

/** Words of the wire that screens decide by, not words of strangers. */
const KEPT = new Set(['next_cursor', 'id', 'type', 'provider', 'color', 'colour', 'logo', 'image', 'etag']);
const PLAIN = /^[\w.+:%-]*$/;
/** Strangers choose these even when they look plain. */
const STRANGERS = new Set([
  'key',
  'subject',
  'comment',
  'filename',
  'from_folder',
  'from_name',
  'to_name',
  'evidence',
  'text',
]);

/** Every other string of a JSON answer replaced by the next payload. */
export function poison(answer: unknown, next = { payload: 0 }, key = ''): unknown {
  if (typeof answer === 'string') {
    if (KEPT.has(key) || (PLAIN.test(answer) && !STRANGERS.has(key))) return answer;
    return PAYLOADS[next.payload++ % PAYLOADS.length];
  }
  if (Array.isArray(answer)) return answer.map((one) => poison(one, next, key));
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, poison(value, next, name)]));
}

/** Whatever this page reads from the API is poisoned on its way. */
export async function poisonAnswers(page: Page): Promise<void> {
  const next = { payload: 0 };
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch().catch(() => null);
    // The page is being closed.
    if (!response) return;
    const type = response.headers()['content-type'] ?? '';
    if (!type.includes('json')) return route.fulfill({ response });
    await route.fulfill({ response, json: poison(await response.json(), next) }).catch(() => {});
  });
}

/** What a page would hold if a payload had been taken for more than text. */
export const traces = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const living = `script:not([src^="/dashboard/"]), iframe:not([sandbox=""]), object, embed, base, style, main meta, main form[action],
      [onerror], [onload], [ontoggle], [onfocus], a[href^="javascript:" i], a[href^="data:" i], img[src="x"], img[src*="evil.example"]`;
    const found = [...document.querySelectorAll(living)].map((element) => element.outerHTML.slice(0, 200));
    if ('owned' in window) found.push('a script ran');
    // A hidden change of the reading order is named, not obeyed.
    if (document.body.innerText.includes('\u202e')) found.push('U+202E');
    return found;
  });
