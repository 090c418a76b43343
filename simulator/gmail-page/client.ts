/** The page's way to its routes. */
import type { Company, Letter, MailboxView, PanelAnswer, Press } from './wire.ts';

const base = new URL('api/', document.baseURI).href;

export const loadCompany = () => read<Company>('company');
export const loadMailbox = (address: string) => read<MailboxView>(mailboxPath(address));
export const loadLetter = (address: string, id: string) => read<Letter>(`${mailboxPath(address)}/${id}`);
export const documentUrl = (address: string, id: string) => `${base}${mailboxPath(address)}/${id}/document`;

export async function markRead(address: string, id: string): Promise<void> {
  await post(`${mailboxPath(address)}/${id}/read`, {});
}

export async function pressPanel(press: Press): Promise<PanelAnswer> {
  try {
    const response = await post('panel', press);
    return response.ok ? ((await response.json()) as PanelAnswer) : { error: `status ${response.status}` };
  } catch (error) {
    return { error: String(error) };
  }
}

/** @returns a function that stops it */
export function watchMailbox(address: string, onChange: () => void): () => void {
  const source = new EventSource(`${base}events?mailbox=${encodeURIComponent(address)}`);
  source.addEventListener('change', onChange);
  return () => source.close();
}

const mailboxPath = (address: string) => `mailboxes/${encodeURIComponent(address)}`;

async function read<T>(path: string): Promise<T> {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as T;
}

function post(path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
}
