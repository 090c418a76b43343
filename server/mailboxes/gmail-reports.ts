/** Recipients of a mail by Gmail's own log, where the edition has it. */
import { PermanentError } from '../../shared/errors.ts';
import { callForBody, pageOf } from './gmail-call.ts';
import { listDeliveries } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import { normalMessageId } from './message-id.ts';

/** The log wants both ends of a window of at most 30 days, and looks back 180. */
const WINDOW_MS = 30 * 86_400_000;
const BACK_MS = 180 * 86_400_000;
/** Not granted, or not in this edition: asked again after this. */
const OFF_MS = 3_600_000;

export class GmailReports {
  #offUntil = 0;

  constructor(private readonly tenant: GmailTenant) {}

  /** Addresses that the log names, lower case; null while it does not answer here. */
  async recipientsOf(messageId: string, since: Date): Promise<string[] | null> {
    const now = this.tenant.effects.now();
    if (now < this.#offUntil) return null;
    const wanted = normalMessageId(messageId);
    const recipients = new Set<string>();
    try {
      for (let from = Math.max(since.getTime(), now - BACK_MS); from < now; from += WINDOW_MS) {
        const until = Math.min(from + WINDOW_MS, now);
        for await (const rows of this.#pages(wanted, from, until)) {
          for (const row of rows) for (const address of recipientsIn(row, wanted)) recipients.add(address);
        }
      }
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      this.#offUntil = now + OFF_MS;
      return null;
    }
    return [...recipients];
  }

  async *#pages(messageId: string, fromMs: number, untilMs: number): AsyncGenerator<Record<string, unknown>[]> {
    const window = { startTime: new Date(fromMs).toISOString(), endTime: new Date(untilMs).toISOString() };
    const filters = `message_info.rfc2822_message_id==${messageId}`;
    for (let token: string | null | undefined; token !== null; ) {
      const page = pageOf(await callForBody(this.tenant, null, await listDeliveries(filters, window, token)), 'items');
      yield page.rows;
      token = page.next;
    }
  }
}

/** `flattened_destinations` is "service::address", several with commas, nested somewhere below the event. */
function recipientsIn(activity: unknown, wanted: string): string[] {
  const told = { ids: [] as string[], addresses: [] as string[] };
  walk(activity, told, 0);
  // Whether the filter reaches nested parameters is not promised, so the answer is filtered again.
  if (!told.ids.some((id) => normalMessageId(id) === wanted)) return [];
  return told.addresses;
}

function walk(node: unknown, told: { ids: string[]; addresses: string[] }, depth: number): void {
  if (typeof node !== 'object' || node === null || depth > 12) return;
  const { name, value } = node as { name?: unknown; value?: unknown };
  if (name === 'rfc2822_message_id' && typeof value === 'string') told.ids.push(value);
  if (name === 'flattened_destinations' && typeof value === 'string') {
    for (const one of value.split(/[,\s]+/)) {
      const address = one.slice(one.lastIndexOf('::') + (one.includes('::') ? 2 : 1)).toLowerCase();
      if (address.includes('@')) told.addresses.push(address);
    }
  }
  for (const inner of Object.values(node)) walk(inner, told, depth + 1);
}
