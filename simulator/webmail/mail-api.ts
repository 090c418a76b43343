import type { IncomingMessage } from 'node:http';
import type { Forwarding } from '../forward.ts';
import { headerOf } from '../mime/header.ts';
import type { Folder } from '../tenant/folder.ts';
import type { Item, Mailbox } from '../tenant/mailbox.ts';
import { type Answer, json, readBody } from '../wire.ts';
import { copiesOf } from './copies.ts';
import { DOCUMENT_CSP, mailDocument } from './mail-document.ts';
import { readMail } from './mail-reading.ts';
import { mailboxView, messageDetail } from './mailbox-view.ts';
import type { WebmailTenant } from './routes.ts';

/** As the issuer writes it into `exp`. */
const TOKEN_SECONDS = 4500;

type Body = Record<string, unknown>;

const missing = json(404, { message: 'no such mailbox or message' });

/** The mail client's own API, below `/webmail/api/`. It trusts its visitor with every mailbox: the tenant is a pretence. */
export function mailApi({ tenant, accessToken, idToken }: WebmailTenant, forwarding: Forwarding | null) {
  return async (request: IncomingMessage, path: string, url: URL): Promise<Answer> => {
    const body = await writeBody(request);
    if (body === 'refused') return json(415, { message: 'application/json, please' });
    if (path === 'token' && body) return tokenAnswer(body);
    const [place, address, kind, id, part, attachment] = path.split('/').map(decoded);
    const mailbox = place === 'mailboxes' && address ? tenant.mailbox(address) : undefined;
    if (!mailbox) return missing;
    if (kind === undefined) return json(200, mailboxView(mailbox, url.searchParams.get('hidden') === '1'));
    const item = kind === 'messages' && id ? mailbox.item(id) : undefined;
    if (!item) return missing;
    if (part === 'copies') return json(200, copiesOf(tenant, item));
    if (body && part === 'forward') return forward(mailbox, item);
    if (body) return actOn(mailbox, item, part, body);
    return readAnswer(mailbox, item, part, attachment, url);
  };

  async function forward(mailbox: Mailbox, item: Item): Promise<Answer> {
    const person = tenant.person(mailbox.address);
    if (!forwarding || person?.kind !== 'user') return missing;
    try {
      await forwarding.send(person, item.eml);
      return json(200, {});
    } catch (error) {
      return json(502, { message: error instanceof Error ? error.message : String(error) });
    }
  }

  function tokenAnswer(body: Body): Answer {
    const person = tenant.person(String(body.mailbox ?? ''));
    if (person?.kind !== 'user') {
      const description = 'Only people sign in; this mailbox belongs to none.';
      return json(400, { status: 'ACCOUNT_UNAVAILABLE', code: 'no_account_found', description });
    }
    const address = person.mail ?? person.userPrincipalName;
    const token = { accessToken: accessToken(address), idToken: idToken(address), expiresIn: TOKEN_SECONDS };
    return json(200, { ...token, scope: String(body.scope ?? '') });
  }
}

async function readAnswer(
  mailbox: Mailbox,
  item: Item,
  part: string | undefined,
  attachment: string | undefined,
  url: URL,
): Promise<Answer> {
  switch (part) {
    case undefined:
      return json(200, await messageDetail(mailbox, item));
    case 'document': {
      const theme = url.searchParams.get('theme') === 'dark' ? 'dark' : 'light';
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': DOCUMENT_CSP };
      return { status: 200, headers, bytes: Buffer.from(mailDocument(await readMail(item.eml), theme)) };
    }
    case 'file':
      return { status: 200, headers: { 'content-type': 'message/rfc822' }, bytes: item.eml };
    case 'headers':
      return json(200, { headers: item.eml.toString('utf8', 0, headerOf(item.eml).bodyStart) });
    case 'body': {
      const reading = await readMail(item.eml);
      const html = reading.html ?? `<pre>${reading.text}</pre>`;
      return json(200, { body: url.searchParams.get('kind') === 'html' ? html : reading.text });
    }
    case 'attachments': {
      const found = (await readMail(item.eml)).attachments.find((it) => it.id === attachment);
      if (!found) return missing;
      const headers = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' };
      return { status: 200, headers, bytes: Buffer.from(found.content) };
    }
    default:
      return missing;
  }
}

/** A segment of a path; one that is no percent-encoding names nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** What the person at the mailbox does to a message. */
function actOn(mailbox: Mailbox, item: Item, part: string | undefined, body: Body): Answer {
  if (part === 'state') {
    if (typeof body.isRead === 'boolean') mailbox.change(item, { isRead: body.isRead });
    if (typeof body.flagged === 'boolean') mailbox.change(item, { flag: body.flagged ? 'flagged' : 'notFlagged' });
    return json(200, {});
  }
  if (part === 'move') {
    const name = String(body.folder ?? '');
    const folder = name === '' ? undefined : folderFor(mailbox, name, body.create === true);
    if (!folder) return missing;
    if (folder.wellKnown === 'deleteditems') mailbox.change(item, { lastFolder: item.folder });
    mailbox.change(item, { movedByUser: true });
    mailbox.move(item, folder);
    return json(200, {});
  }
  return missing;
}

function folderFor(mailbox: Mailbox, name: string, create: boolean): Folder | undefined {
  return mailbox.folder(name) ?? (create ? mailbox.createFolder(name, false) : undefined);
}

/**
 * The JSON of a write, null for a read. Asking for the JSON content type keeps other sites' forms out: a browser asks first
 * before it sends that across origins, and nobody here says yes.
 */
async function writeBody(request: IncomingMessage): Promise<Body | null | 'refused'> {
  if (request.method !== 'POST') return null;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return 'refused';
  try {
    const value: unknown = JSON.parse((await readBody(request, 64 * 1024)).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Body) : 'refused';
  } catch {
    return 'refused';
  }
}
