/** What the Workspace side costs without us: tokens and batches by plain fetch, with the number in flight that ours uses. */
import { createPrivateKey, sign } from 'node:crypto';
import { gmailProvider } from '../../server/mailboxes/gmail.ts';
import type { GmailSettings } from '../../server/mailboxes/gmail-settings.ts';
import { SCOPES } from '../../server/mailboxes/gmail-token.ts';

/** As many token requests as our client has in flight. */
const TOKENS_IN_FLIGHT = 64;
const BATCHES_IN_FLIGHT = 32;

/** One batch as our client wrote it, tokens included. */
export interface BareBatch {
  contentType: string;
  body: string;
}

/**
 * A token for every mailbox: no grant covers two users, so signature and round trip are as many as mailboxes.
 * @returns seconds
 */
export async function bareTokens({ serviceAccount }: GmailSettings, mailboxes: readonly string[]): Promise<number> {
  const key = createPrivateKey(serviceAccount.privateKey);
  const head = encoded({ alg: 'RS256', typ: 'JWT', kid: serviceAccount.privateKeyId });
  const assertionFor = (sub: string) => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: serviceAccount.clientEmail, sub, scope: SCOPES.mail, aud: serviceAccount.tokenUri };
    const text = `${head}.${encoded({ ...claims, iat, exp: iat + 3600 })}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
  };
  return inLanes(mailboxes, TOKENS_IN_FLIGHT, async (mailbox) => {
    const response = await fetch(serviceAccount.tokenUri, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: assertionFor(mailbox),
      }),
    });
    if (!('access_token' in ((await response.json()) as object))) throw new Error(`no token for ${mailbox}`);
  });
}

/** What one sweep posts, listened to at the wire; also warms both ends up. */
export async function batchesOf(
  settings: GmailSettings,
  mailboxes: readonly string[],
  messageId: string,
): Promise<BareBatch[]> {
  const batches: BareBatch[] = [];
  const listening: typeof fetch = (input, init) => {
    if (String(input).includes('/batch/')) {
      batches.push({
        contentType: new Headers(init?.headers).get('content-type') ?? '',
        body: String(init?.body),
      });
    }
    return fetch(input, init);
  };
  await gmailProvider(settings, { fetch: listening }).findCopies(mailboxes, messageId);
  return batches;
}

/** The same batches again, answers read to their end and not looked at. @returns seconds */
export async function bareBatches({ gmailUrl }: GmailSettings, batches: readonly BareBatch[]): Promise<number> {
  return inLanes(batches, BATCHES_IN_FLIGHT, async ({ contentType, body }) => {
    const headers = { 'content-type': contentType };
    const response = await fetch(`${gmailUrl}/batch/gmail/v1`, { method: 'POST', headers, body });
    if (response.status !== 200) throw new Error(`the batch answered ${response.status}`);
    await response.text();
  });
}

async function inLanes<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (performance.now() - started) / 1000;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
