import type { Message } from '../../message/message.ts';

const STARTS = /^(?:Return-Path|Received|Delivered-To|Message-ID|From|Date|DKIM-Signature|X-[\w-]+):\s/i;
const FIELD = /^([A-Za-z][\w-]*):/;
const LONGEST_HEADER = 400;

/**
 * Mails that a report carries, as RFC 5322 text: attached ones, and those pasted into a text with their header. A header
 * needs From, Subject, and Received or Message-ID, so that an ordinary quotation is none.
 */
export function originalsOf(report: Message): string[] {
  const attached = report.attachments.filter(({ fileType, text }) => fileType === 'eml' && text !== '');
  if (attached.length > 0) return attached.map(({ text }) => text);
  for (const text of [report.text, ...report.attachments.map((file) => file.text)]) {
    const pasted = pastedMail(text);
    if (pasted !== null) return [pasted];
  }
  return [];
}

function pastedMail(text: string): string | null {
  const lines = text
    .replace(/\r/g, '')
    .split('\n')
    .map((line) => line.replace(/^(?:> ?| {0,4}\| ?)/, ''));
  for (let at = 0; at < lines.length; at++) {
    if (!STARTS.test(lines[at] as string)) continue;
    const names = new Set<string>();
    let end = at;
    for (; end < lines.length && end - at < LONGEST_HEADER; end++) {
      const line = lines[end] as string;
      const field = FIELD.exec(line);
      if (field) names.add((field[1] as string).toLowerCase());
      else if (!/^\s+\S/.test(line)) break;
    }
    if (names.has('from') && names.has('subject') && (names.has('received') || names.has('message-id')))
      return lines.slice(at).join('\r\n');
    at = end;
  }
  return null;
}
