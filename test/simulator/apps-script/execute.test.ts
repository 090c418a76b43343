import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { AsyncScriptHost } from '../../../simulator/apps-script/ask.ts';
import { execute } from '../../../simulator/apps-script/execute.ts';

const folder = mkdtempSync(join(tmpdir(), 'script-worker-'));
const workerFile = join(folder, 'script-worker.mjs');
beforeAll(() =>
  build({
    entryPoints: ['simulator/apps-script/script-worker.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: workerFile,
  }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const setting = {
  accessToken: 'opens',
  messageId: '1a',
  scopes: ['https://www.googleapis.com/auth/script.external_request'],
  urlFetchWhitelist: ['https://reelback.example.org/'],
  userLocale: 'en',
};
const stored = { id: '1a', raw: 'From: a@x.test\r\n\r\n', messageIdHeader: '<1@x.test>' };
const host: AsyncScriptHost = {
  fetch: async ({ url }) => ({ status: 200, headers: {}, text: `from ${url}` }),
  message: (id) => (id === '1a' || id === '2b' ? stored : null),
  identityToken: () => null,
  property: () => null,
  properties: () => ({}),
  setProperty: () => undefined,
  cached: () => null,
  setCached: () => undefined,
  log: () => undefined,
};

/** A card that says what the script found. */
const telling = (body: string) => `
function onOpen(event) {
  let said;
  try { said = String((function () { ${body} })()); } catch (error) { said = 'threw ' + error.message; }
  const widget = CardService.newTextParagraph().setText(said);
  return CardService.newCardBuilder().addSection(CardService.newCardSection().addWidget(widget)).build();
}`;

async function run(code: string, limitMs?: number, of: AsyncScriptHost = host) {
  return execute({ code, function: 'onOpen', event: { a: 1 }, trigger: true, setting }, of, workerFile, limitMs);
}

async function said(body: string, of: AsyncScriptHost = host): Promise<string> {
  const outcome = await run(telling(body), undefined, of);
  const texts = /"text":"(.*?)"\}/.exec(JSON.stringify(outcome));
  return texts?.[1] ?? JSON.stringify(outcome);
}

test('a script waits for an answer that the host gives later, and everybody else goes on meanwhile', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 5);
  const slow: AsyncScriptHost = {
    ...host,
    fetch: (request) => new Promise((resolve) => setTimeout(() => resolve(host.fetch(request)), 200)),
  };
  const text = await said(`return UrlFetchApp.fetch('https://reelback.example.org/x').getContentText();`, slow);
  clearInterval(timer);
  expect(text).toBe('from https://reelback.example.org/x');
  expect(ticks).toBeGreaterThan(5);
});

test('what takes too long is stopped, in a loop as well as while it waits', async () => {
  expect(await run('function onOpen() { for (;;); }', 300)).toEqual({ error: 'Exceeded maximum execution time' });
  const never: AsyncScriptHost = { ...host, fetch: () => new Promise(() => undefined) };
  const waits = `function onOpen() { UrlFetchApp.fetch('https://reelback.example.org/'); }`;
  expect(await run(waits, 300, never)).toEqual({ error: 'Exceeded maximum execution time' });
});

test.each([
  ['function onOpen() { throw new Error("of its own"); }', 'of its own'],
  ['function other() {}', 'Script function not found: onOpen'],
  ['function onOpen() { return CardService.newCardBuilder(); }', 'a trigger must give a Card'],
  ['function onOpen() { fetch("https://x.test"); }', 'fetch is not defined'],
  ['function onOpen() { setTimeout(onOpen, 1); }', 'setTimeout is not defined'],
  ['const onOpen = () => 1;', 'Script function not found: onOpen'],
  ['function onOpen( {', 'Unexpected end of input'],
])('%s is an outcome', async (code, error) => {
  expect(await run(code)).toEqual({ error });
});

test.each([
  [`GmailApp.getMessageById('1a')`, 'threw Access denied: : Missing access token for authorization.'],
  [
    `GmailApp.setCurrentMessageAccessToken('x'); GmailApp.getMessageById('1a')`,
    'threw Access denied: : Invalid access token.',
  ],
  [
    `GmailApp.setCurrentMessageAccessToken('opens'); GmailApp.getMessageById('9c')`,
    'threw Requested entity was not found.',
  ],
  [
    `GmailApp.setCurrentMessageAccessToken('opens'); GmailApp.getMessageById('2b')`,
    'threw Access denied: : The access token is for another message.',
  ],
  [`GmailApp.getMessage('1a')`, 'threw Gmail.GmailApp has no getMessage'],
  [`GmailApp.getMessageById(1)`, 'threw Gmail.GmailApp.getMessageById takes (string), not (number)'],
  [
    `UrlFetchApp.fetch('https://other.example.org/')`,
    "threw The request to https://other.example.org/ is not in the manifest's whitelist of URLs.",
  ],
  [
    `UrlFetchApp.fetch('https://reelback.example.org/', { timeout: 5 })`,
    expect.stringMatching(/^threw URL_Fetch.UrlFetchApp.fetch takes/),
  ],
  [`PropertiesService.getUserProperties().setProperty('a', 'x'.repeat(10000))`, 'threw Argument too large: value'],
  [`CacheService.getUserCache().put('a', 'x'.repeat(200000))`, 'threw Argument too large: value'],
  [
    `ScriptApp.requireScopes(ScriptApp.AuthMode.FULL, ['openid'])`,
    'threw Authorization is required to perform that action: openid',
  ],
  [`return Utilities.formatDate(new Date(0), 'Europe/Berlin', 'd MMM yyyy, HH:mm')`, '1 Jan 1970, 01:00'],
  [`return Utilities.base64Encode('é', Utilities.Charset.UTF_8)`, 'w6k='],
])('%s', async (body, text) => {
  expect(await said(body)).toEqual(text);
});
