/** A search as a file for spreadsheets, which take text for formulas where they can. */
import type { MessageResult } from '../../shared/messages.ts';

const COLUMNS = [
  'received_at',
  'sent_at',
  'scanned_at',
  'final_disposition',
  'subject',
  'from',
  'from_name',
  'replyto',
  'envelope_from',
  'to',
  'message_id',
  'alert_id',
  'edf_hash',
  'delivery_mode',
  'delivery_status',
  'is_quarantined',
  'is_phish_submission',
  'post_delivery_operations',
  'reports',
  'detection_reasons',
  'threat_categories',
  'attributes',
  'smtp_helo_server_ip',
  'smtp_previous_hop_ip',
  'x_originating_ip',
] as const satisfies readonly (keyof MessageResult)[];

export function csvRow(result: MessageResult): string {
  return lineOf(
    COLUMNS.map((column) => {
      const value = result[column];
      return Array.isArray(value) ? value.join(' | ') : String(value ?? '');
    }),
  );
}

function lineOf(values: readonly string[]): string {
  return `${values.map(csvValue).join(',')}\r\n`;
}

/** What makes a formula at the start of a cell; the wide forms do in East Asian versions. */
const FORMULA = '=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20';
const AT_START = new RegExp(`^[\\s\\0"]*[${FORMULA}]|^[\\t\\r\\n]`);
/** A reader with another separator, or one that knows no quotes, begins a new cell in the middle of ours. */
const BEHIND_SEPARATOR = new RegExp(`([,;\\t\\r\\n]["' ]*)(?=[${FORMULA}])`, 'g');

/** RFC 4180, always in quotes; what a spreadsheet would calculate is written as text. */
export function csvValue(value: string): string {
  const inner = value.replaceAll('\0', '').replace(BEHIND_SEPARATOR, "$1'");
  return `"${(AT_START.test(inner) ? `'${inner}` : inner).replaceAll('"', '""')}"`;
}

/** UTF-8 with its mark, without which spreadsheets guess. */
export const CSV_HEAD = `\ufeff${lineOf(COLUMNS)}`;
