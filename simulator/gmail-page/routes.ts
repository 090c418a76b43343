import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Google } from '../google.ts';
import type { Handler } from '../simulator.ts';
import { DOCUMENT_CSP, mailDocument } from '../webmail/mail-document.ts';
import { readMail } from '../webmail/mail-reading.ts';
import { type Answer, json, readBody, writeAnswer } from '../wire.ts';
import { type AddonOptions, createAddon } from './add-on.ts';
import { letterOf, mailboxEntries, mailboxView } from './mail-view.ts';
import { type Company, FAULTS, type Press } from './wire.ts';

export interface GmailPageOptions {
  /** Built page: index.html, app.js, style.css. */
  assetsDir: string;
  /** null: no add-on is installed. */
  addon: AddonOptions | null;
  /** Name of the organisation. */
  companyName: string;
  /** Where the part of the organisation that has Outlook reads its mail. */
  outlookHref?: string;
}

const missing = json(404, { message: 'no such page, mailbox or message' });
const types: Record<string, string> = {
  'index.html': 'text/html; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
};
const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Everything below `/gmail`: a page that looks after mail in Gmail's way, and runs the add-on in its side panel. */
export function gmailPageRoutes(google: Google, options: GmailPageOptions): Handler {
  const addon = options.addon && createAddon(google, options.addon);

  return async (request, response, url) => {
    const path = url.pathname.slice('/gmail/'.length);
    if (url.pathname === '/gmail') writeAnswer(response, { status: 308, headers: { location: '/gmail/' } });
    else if (path === 'api/events') events(google, url.searchParams.get('mailbox') ?? '', request, response);
    else if (path.startsWith('api/')) writeAnswer(response, await api(request, path.slice('api/'.length)));
    else writeAnswer(response, await page(path === '' ? 'index.html' : path));
  };

  async function page(name: string): Promise<Answer> {
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    const bytes = type ? await readFile(join(options.assetsDir, name)).catch(() => null) : null;
    if (!type || bytes === null) return missing;
    const policy = { 'content-security-policy': PAGE_CSP, 'referrer-policy': 'no-referrer' };
    const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', ...(name === 'index.html' && policy) };
    return { status: 200, headers, bytes };
  }

  async function api(request: IncomingMessage, path: string): Promise<Answer> {
    if (path === 'company') {
      const company: Company = {
        name: options.companyName,
        mailboxes: mailboxEntries(google),
        addon: addon !== null,
        outlookHref: options.outlookHref,
      };
      return json(200, company);
    }
    const body = request.method === 'POST' ? await writeBody(request) : null;
    if (path === 'panel') return body ? panel(body) : missing;
    const [place, address = '', id, part] = path.split('/').map(decoded);
    const mailbox = place === 'mailboxes' ? google.workspace.mailbox(address) : undefined;
    if (!mailbox) return missing;
    if (id === undefined) return json(200, mailboxView(mailbox));
    const message = mailbox.message(id);
    if (!message) return missing;
    if (part === undefined) return json(200, letterOf(message));
    if (part === 'read' && body) {
      mailbox.change(message, [], ['UNREAD']);
      return json(200, {});
    }
    if (part !== 'document') return missing;
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': DOCUMENT_CSP };
    return { status: 200, headers, bytes: Buffer.from(mailDocument(await readMail(message.eml), 'light')) };
  }

  async function panel(body: Record<string, unknown>): Promise<Answer> {
    const mailbox = google.workspace.mailbox(String(body.mailbox ?? ''));
    if (!addon || !mailbox) return missing;
    const press: Press = {
      mailbox: mailbox.address,
      messageId: String(body.messageId ?? ''),
      function: String(body.function ?? ''),
      trigger: body.trigger === true,
      parameters: Object.fromEntries(entriesOf(body.parameters).map(([name, value]) => [name, String(value)])),
      inputs: Object.fromEntries(
        entriesOf(body.inputs).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : []]),
      ),
      locale: String(body.locale ?? 'en'),
      fault: FAULTS.find((known) => known === body.fault) ?? 'none',
    };
    if (press.messageId && !/^[0-9a-f]{1,16}$/.test(press.messageId)) return missing;
    return json(200, await addon.press(press));
  }
}

/** An event stream that says `change` whenever something in the mailbox does. */
function events(google: Google, address: string, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  let timer: NodeJS.Timeout | null = null;
  const stop = google.workspace.onChange(({ mailbox }) => {
    if (mailbox.address !== address.toLowerCase()) return;
    // Moves come in bursts.
    timer ??= setTimeout(() => {
      timer = null;
      response.write('event: change\ndata: {}\n\n');
    }, 120);
  });
  const heartbeat = setInterval(() => response.write(': here\n\n'), 20_000);
  request.on('close', () => {
    stop();
    clearInterval(heartbeat);
    if (timer) clearTimeout(timer);
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** Asking for the JSON content type keeps other sites' forms out. */
async function writeBody(request: IncomingMessage): Promise<Record<string, unknown> | null> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return null;
  try {
    const value: unknown = JSON.parse((await readBody(request, 64 * 1024)).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
