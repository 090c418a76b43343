import PostalMime from 'postal-mime';
import type { AttachmentEntry } from './wire.ts';

/** A mail as a mail client takes it apart to show it. */
export interface Reading {
  html: string | null;
  text: string;
  attachments: (AttachmentEntry & { content: Uint8Array; contentId: string | null })[];
}

/** Copies of one mail share their bytes, so each mail is taken apart once. */
const known = new WeakMap<Buffer, Promise<Reading>>();

export function readMail(eml: Buffer): Promise<Reading> {
  const cached = known.get(eml);
  if (cached) return cached;
  const reading = read(eml);
  known.set(eml, reading);
  return reading;
}

async function read(eml: Buffer): Promise<Reading> {
  const mail = await PostalMime.parse(eml);
  return {
    html: mail.html ?? null,
    text: mail.text ?? '',
    attachments: mail.attachments.map((it, index) => {
      const content = typeof it.content === 'string' ? Buffer.from(it.content) : new Uint8Array(it.content);
      return {
        id: `att-${index + 1}`,
        name: it.filename ?? `attachment-${index + 1}`,
        contentType: it.mimeType,
        size: content.length,
        inline: it.disposition === 'inline' || (it.related ?? false),
        contentId: it.contentId?.replace(/^<|>$/g, '') ?? null,
        content,
      };
    }),
  };
}
