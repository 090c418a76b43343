/** What the event handler leaves for the pane, as `contextData`. */
import { REPORT_TYPES } from '../shared/submission.ts';
import { TROUBLES, type Trouble } from '../shared/trouble.ts';
import type { Press } from './report.ts';

export type Handover =
  /** Sent: the pane shows what becomes of it. */
  | { reportId: string; known: boolean }
  /** Not sent: the pane signs in and sends it, with the same key. */
  | { pending: Press; trouble: Trouble };

const FORMAT = 1;

export function write(handover: Handover): string {
  return JSON.stringify({ v: FORMAT, ...handover });
}

/** null when there is nothing, or nothing of ours: the pane then starts with its form. */
export function read(text: string): Handover | null {
  let data: Record<string, unknown> | null = null;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== 'object' || data === null || data.v !== FORMAT) return null;
  if (typeof data.reportId === 'string') return { reportId: data.reportId, known: data.known === true };
  const pending = data.pending as Partial<Press> | undefined;
  if (typeof pending?.key !== 'string' || typeof pending.type !== 'string') return null;
  const type = REPORT_TYPES.find((known) => known === pending.type);
  if (!type) return null;
  return {
    pending: {
      key: pending.key,
      type,
      comment: typeof pending.comment === 'string' ? pending.comment : '',
      exposure: [],
    },
    trouble: TROUBLES.find((known) => known === data.trouble) ?? 'office_silent',
  };
}
