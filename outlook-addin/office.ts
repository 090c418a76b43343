/**
 * The only file that says `Office`: what we ask of Outlook, each with a time limit of our own, because a host that
 * stays silent makes built-in calls wait for ever. Answers are values; nothing here throws.
 */
import { within } from './within.ts';

export type Asked<T> =
  | { ok: true; value: T }
  | { ok: false; reason: 'timeout' | 'unsupported' | 'failed'; code: number };

/** The message that is open, read once: Outlook replaces `mailbox.item` when the reader moves on. */
export interface OpenItem {
  /** Id for the Graph API; null when the host gives none. */
  restId: string | null;
  internetMessageId: string | null;
  subject: string;
  fromName: string;
  fromAddress: string;
  itemClass: string;
  attachments: { id: string; name: string; contentType: string; inline: boolean }[];
}

const READ_MS = 10_000;

type MessageRead = Office.MessageRead & {
  getAsFileAsync?: (callback: (result: Office.AsyncResult<string>) => void) => void;
};

/** Name of the host application, '' outside of Outlook. */
export async function ready(ms: number): Promise<'outlook' | 'other' | 'silent'> {
  if (typeof Office === 'undefined') return 'silent';
  const info = await within(Office.onReady(), ms, null).catch(() => null);
  if (info === null) return 'silent';
  return Office.context?.mailbox ? 'outlook' : 'other';
}

export function supports(set: string, version: string): boolean {
  try {
    return Office.context.requirements.isSetSupported(set, version);
  } catch {
    return false;
  }
}

/** BCP 47, `en-US` when the host does not say. */
export function displayLanguage(): string {
  return typeof Office === 'undefined' ? 'en-US' : (Office.context?.displayLanguage ?? 'en-US');
}

/** Such as `OutlookWebApp`, `newOutlookWindows`, `OutlookIOS`. */
export function hostName(): string {
  return Office.context.mailbox?.diagnostics?.hostName ?? '';
}

export function isMobile(): boolean {
  return /ios|android/i.test(hostName());
}

export function userAddress(): string {
  return Office.context.mailbox?.userProfile?.emailAddress ?? '';
}

export function openItem(): OpenItem | null {
  const item = message();
  if (!item) return null;
  return {
    restId: restIdOf(item.itemId),
    internetMessageId: item.internetMessageId || null,
    subject: item.subject ?? '',
    fromName: item.from?.displayName ?? '',
    fromAddress: item.from?.emailAddress ?? '',
    itemClass: item.itemClass ?? '',
    attachments: (item.attachments ?? []).map(({ id, name, contentType, isInline }) => ({
      id,
      name,
      contentType,
      inline: isInline,
    })),
  };
}

/** Address of the mailbox the open message lies in: the owner's where the folder is shared, else the user's. */
export async function mailboxAddress(): Promise<string> {
  const item = message();
  if (item && typeof item.getSharedPropertiesAsync === 'function') {
    const shared = await ask<Office.SharedProperties>((done) => item.getSharedPropertiesAsync(done), READ_MS);
    if (shared.ok && shared.value.owner) return shared.value.owner;
  }
  return userAddress();
}

/** The message as it lies in the mailbox, base64. `unsupported` on clients before Mailbox 1.14 and on phones. */
export async function original(ms: number): Promise<Asked<string>> {
  const item = message();
  const read = item?.getAsFileAsync;
  if (!item || typeof read !== 'function' || isMobile()) return { ok: false, reason: 'unsupported', code: 0 };
  const until = Date.now() + ms;
  const first = await ask<string>((done) => read.call(item, done), Math.min(ms, 45_000));
  // 5001 comes at random on classic Outlook (office-js#6109); a second try mostly succeeds.
  if (first.ok || first.code !== 5001 || until - Date.now() < 1_000) return first;
  return ask<string>((done) => read.call(item, done), Math.min(until - Date.now(), 45_000));
}

export function internetHeaders(): Promise<Asked<string>> {
  const item = message();
  if (typeof item?.getAllInternetHeadersAsync !== 'function') return unsupported();
  return ask<string>((done) => item.getAllInternetHeadersAsync(done), READ_MS);
}

export function bodyHtml(): Promise<Asked<string>> {
  const item = message();
  if (typeof item?.body?.getAsync !== 'function') return unsupported();
  return ask<string>((done) => item.body.getAsync('html', done), READ_MS);
}

/** Base64 of a file attachment; attached items and cloud files are `unsupported`. */
export async function attachmentContent(id: string): Promise<Asked<string>> {
  const item = message();
  if (typeof item?.getAttachmentContentAsync !== 'function') return unsupported();
  const got = await ask<Office.AttachmentContent>((done) => item.getAttachmentContentAsync(id, done), READ_MS);
  if (!got.ok) return got;
  return got.value.format === 'base64' ? { ok: true, value: got.value.content } : unsupported();
}

/** What the event handler left for the pane: JSON text, '' when the pane was opened by its own button. */
export async function initializationContext(): Promise<string> {
  const item = message();
  if (typeof item?.getInitializationContextAsync !== 'function') return '';
  const got = await ask<string>((done) => item.getInitializationContextAsync(done), READ_MS);
  return got.ok && typeof got.value === 'string' ? got.value : '';
}

export function onItemChanged(run: () => void): void {
  Office.context.mailbox?.addHandlerAsync?.(Office.EventType.ItemChanged, run);
}

/** A second report while the pane is open arrives here; without a handler Outlook closes the pane first. */
export function onContextChanged(run: (context: string) => void): void {
  if (!supports('Mailbox', '1.15')) return;
  const item = message() as unknown as {
    addHandlerAsync?: (type: string, handler: (args: { initializationContextData?: unknown }) => void) => void;
  } | null;
  item?.addHandlerAsync?.('olkInitializationContextChanged', ({ initializationContextData }) => {
    if (typeof initializationContextData === 'string') run(initializationContextData);
  });
}

/** Background of a message body in the user's theme, such as `#1f1f1f`; '' where the host has no themes. */
export function bodyBackground(): string {
  return Office.context.officeTheme?.bodyBackgroundColor ?? '';
}

export function onThemeChanged(run: () => void): void {
  try {
    Office.context.mailbox?.addHandlerAsync?.(Office.EventType.OfficeThemeChanged, run);
  } catch {
    // Refused beside an event handler on some hosts: the theme of the start stays.
  }
}

/** The user's own small store on the server of Outlook (32 KB); null where there is none. */
export function roamingStore(): Pick<Storage, 'getItem' | 'setItem'> | null {
  const settings = typeof Office === 'undefined' ? null : Office.context?.roamingSettings;
  if (typeof settings?.get !== 'function') return null;
  return {
    getItem: (key) => (settings.get(key) as string | undefined) ?? null,
    setItem: (key, value) => {
      settings.set(key, value);
      settings.saveAsync();
    },
  };
}

/** At top level only: inside onReady the web client never finds the handler. Also tells office.js that we are ready. */
export function associate(name: string, handler: (event: SpamReportEvent) => void): void {
  Office.actions.associate(name, handler as never);
  Office.onReady();
}

/** What we read of a SpamReporting event. Web and new Outlook turn the options into an object with index keys. */
export interface SpamReportEvent {
  options?: readonly boolean[] | Readonly<Record<string, boolean>>;
  freeText?: string;
  completed: (options?: object) => void;
}

function message(): MessageRead | null {
  if (typeof Office === 'undefined') return null;
  return (Office.context?.mailbox?.item as MessageRead | undefined) ?? null;
}

/** Phones hand out REST ids and have no conversion. */
function restIdOf(itemId: string | undefined): string | null {
  if (!itemId) return null;
  try {
    const { mailbox } = Office.context;
    return isMobile() || typeof mailbox.convertToRestId !== 'function'
      ? itemId
      : mailbox.convertToRestId(itemId, 'v2.0');
  } catch {
    return itemId;
  }
}

function unsupported(): Promise<Asked<never>> {
  return Promise.resolve({ ok: false, reason: 'unsupported', code: 0 });
}

function ask<T>(call: (done: (result: Office.AsyncResult<T>) => void) => void, ms: number): Promise<Asked<T>> {
  const asked = new Promise<Asked<T>>((resolve) => {
    try {
      call((result) => {
        if (String(result.status) === 'succeeded') resolve({ ok: true, value: result.value });
        else resolve({ ok: false, reason: 'failed', code: result.error?.code ?? 0 });
      });
    } catch {
      resolve({ ok: false, reason: 'failed', code: 0 });
    }
  });
  return within<Asked<T>, Asked<T>>(asked, ms, { ok: false, reason: 'timeout', code: 0 });
}
