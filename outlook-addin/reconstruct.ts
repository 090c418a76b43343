/**
 * The message put together again from its parts, for desktop clients before Mailbox 1.14. Headers are the transport's
 * own, bodies and attachments come from Outlook, so signatures no longer match: the server is told `reconstructed`.
 */
import type { OpenItem } from './office.ts';
import * as office from './office.ts';

/** Structure is ours; the rest of the transport headers stays as it came. */
const REPLACED = /^(content-type|content-transfer-encoding|mime-version|content-disposition|content-id)\s*:/i;

/** Attachments beyond this are left out: each is a call that may take ten seconds. */
const MAX_ATTACHMENTS = 20;

/** base64 of RFC 5322 bytes; null when Outlook gives neither headers nor body. */
export async function reconstruct(item: OpenItem): Promise<string | null> {
  const [headers, body] = await Promise.all([office.internetHeaders(), office.bodyHtml()]);
  if (!headers.ok || !body.ok) return null;
  const boundary = 'reelback-reconstructed-part';
  const parts = [part('Content-Type: text/html; charset=utf-8', base64OfText(body.value))];
  for (const attachment of item.attachments.slice(0, MAX_ATTACHMENTS)) {
    const content = await office.attachmentContent(attachment.id);
    if (!content.ok) continue;
    const type = /^[\w.+-]+\/[\w.+-]+$/.test(attachment.contentType)
      ? attachment.contentType
      : 'application/octet-stream';
    const disposition = attachment.inline ? 'inline' : 'attachment';
    const name = encodeURIComponent(attachment.name);
    parts.push(
      part(`Content-Type: ${type}\r\nContent-Disposition: ${disposition}; filename*=utf-8''${name}`, content.value),
    );
  }
  const top = [
    ...transportHeaders(headers.value),
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const lines = [...top, '', ...parts.map((text) => `--${boundary}\r\n${text}`), `--${boundary}--`, ''];
  return base64OfText(lines.join('\r\n'));
}

/** Unfolded enough to drop a field together with its continuation lines. */
function transportHeaders(text: string): string[] {
  const fields: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^[ \t]/.test(line) && fields.length > 0) fields[fields.length - 1] += `\r\n${line}`;
    else if (/^[!-9;-~]+\s*:/.test(line)) fields.push(line);
  }
  return fields.filter((field) => !REPLACED.test(field));
}

function part(headers: string, base64: string): string {
  const folded = base64.replace(/\s+/g, '').replace(/.{76}/g, '$&\r\n');
  return `${headers}\r\nContent-Transfer-Encoding: base64\r\n\r\n${folded}`;
}

function base64OfText(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
