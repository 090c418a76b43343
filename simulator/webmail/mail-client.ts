import type { AddinDefinition } from './addin-definition.ts';
import { HostError, type TokenAnswer, type TokenRequest } from './host/situation.ts';
import type { CopyEntry, MailboxView, MessageDetail, Tenant } from './wire.ts';

/** The page's way to the web mail's routes. Errors carry the status as their message. */
const base = new URL('api/', document.baseURI).href;

export const loadTenant = () => read<Tenant>('tenant');

export const loadAddin = (locale: string) => read<AddinDefinition>(`addin?locale=${encodeURIComponent(locale)}`);

export const loadMailbox = (address: string, hidden: boolean) =>
  read<MailboxView>(`${mailboxPath(address)}${hidden ? '?hidden=1' : ''}`);

export const loadMessage = (address: string, id: string) => read<MessageDetail>(messagePath(address, id));

export const loadCopies = (address: string, id: string) => read<CopyEntry[]>(`${messagePath(address, id)}/copies`);

export const markMessage = (address: string, id: string, state: { isRead?: boolean; flagged?: boolean }) =>
  write(`${messagePath(address, id)}/state`, state);

/** @param folder well-known name or display name; `create` makes one that is not there. */
export const moveMessage = (address: string, id: string, folder: string, create = false) =>
  write(`${messagePath(address, id)}/move`, { folder, create });

/** To whoever takes reports by mail, attached whole. */
export const forwardMessage = (address: string, id: string) => write(`${messagePath(address, id)}/forward`, {});

export const documentUrl = (address: string, id: string, theme: string) =>
  `${base}${messagePath(address, id)}/document?theme=${theme}`;

export const attachmentUrl = (message: MessageDetail, id: string) =>
  `${base}${messagePath(message.mailbox, message.id)}/attachments/${id}`;

/** RFC 5322 bytes, base64. @throws HostError 5001 when the server does not give them */
export const loadFile = (message: MessageDetail) => readBase64(`${messagePath(message.mailbox, message.id)}/file`);

export const loadAttachment = (message: MessageDetail, id: string) =>
  readBase64(`${messagePath(message.mailbox, message.id)}/attachments/${id}`);

export async function loadHeaders(message: MessageDetail): Promise<string> {
  return (await read<{ headers: string }>(`${messagePath(message.mailbox, message.id)}/headers`)).headers;
}

export async function loadBody(message: MessageDetail, kind: 'html' | 'text'): Promise<string> {
  return (await read<{ body: string }>(`${messagePath(message.mailbox, message.id)}/body?kind=${kind}`)).body;
}

/** The issuer's refusals come as values: they are the add-in's to handle. */
export async function requestToken(request: TokenRequest): Promise<TokenAnswer> {
  const response = await post('token', request).catch(() => null);
  if (response === null) return refusal('NO_NETWORK', 'no_network', 'The issuer cannot be reached.');
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body as Exclude<TokenAnswer, { error: unknown }>;
  const { status, code, description } = body as Record<string, string | undefined>;
  return refusal(status ?? 'TRANSIENT_ERROR', code ?? `http_${response.status}`, description ?? 'The issuer failed.');
}

/** Tells when something in this mailbox, or elsewhere in the tenant, has changed. @returns a function that stops it */
export function watchMailbox(address: string, onChange: () => void, onElsewhere: () => void): () => void {
  const source = new EventSource(`${base}events?mailbox=${encodeURIComponent(address)}`);
  source.addEventListener('change', onChange);
  source.addEventListener('elsewhere', onElsewhere);
  // After a break in the line there may be news.
  source.addEventListener('open', onChange);
  return () => source.close();
}

const mailboxPath = (address: string) => `mailboxes/${encodeURIComponent(address)}`;
const messagePath = (address: string, id: string) => `${mailboxPath(address)}/messages/${encodeURIComponent(id)}`;
const refusal = (status: string, code: string, description: string) => ({ error: { status, code, description } });

async function read<T>(path: string): Promise<T> {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as T;
}

async function readBase64(path: string): Promise<string> {
  const response = await fetch(base + path).catch(() => null);
  if (!response?.ok) throw new HostError(5001, 'the mail server did not answer');
  const bytes = new Uint8Array(await response.arrayBuffer());
  // In pieces: spreading a whole mail would overflow the stack.
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

function post(path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function write(path: string, body: unknown): Promise<void> {
  const response = await post(path, body);
  if (!response.ok) throw new Error(`${response.status}`);
}
