/** A message's MIME tree as `format=full` shows it. */
import { decodeTransfer, splitMultipart } from '../mime/body.ts';
import { headerOf } from '../mime/header.ts';
import { paddedBase64Url } from './bytes.ts';

export interface MessagePart {
  partId: string;
  mimeType: string;
  filename: string;
  headers: { name: string; value: string }[];
  body: { size: number; data?: string; attachmentId?: string };
  parts?: MessagePart[];
}

const deepest = 20;

/** Files show an attachmentId instead of their bytes. */
export function payloadOf(eml: Buffer, partId = '', depth = 0): MessagePart {
  const { fields, bodyStart } = headerOf(eml);
  const field = (name: string) => fields.find((one) => one.name.toLowerCase() === name)?.value ?? '';
  const type = field('content-type') || 'text/plain';
  const mimeType = type.split(';')[0]!.trim().toLowerCase();
  const filename =
    /filename="?([^";]*)"?/i.exec(field('content-disposition'))?.[1] ?? /\bname="?([^";]*)"?/i.exec(type)?.[1] ?? '';
  const part: MessagePart = { partId, mimeType, filename, headers: fields, body: { size: 0 } };
  const body = eml.subarray(bodyStart);
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (mimeType.startsWith('multipart/') && boundary !== undefined && depth < deepest)
    return {
      ...part,
      parts: splitMultipart(body, boundary).map((inner, i) =>
        payloadOf(inner, partId === '' ? String(i) : `${partId}.${i}`, depth + 1),
      ),
    };
  const bytes = decodeTransfer(body, field('content-transfer-encoding'));
  const content =
    filename === '' ? { data: paddedBase64Url(bytes) } : { attachmentId: `ANGjdJ_${partId.replaceAll('.', '_')}` };
  return { ...part, body: { size: bytes.length, ...content } };
}

/** Decoded bytes of one file; null when there is none. */
export function attachmentOf(eml: Buffer, attachmentId: string): Buffer | null {
  let found: Buffer | null = null;
  const walk = (part: Buffer, partId: string, depth: number) => {
    const { fields, bodyStart } = headerOf(part);
    const field = (name: string) => fields.find((one) => one.name.toLowerCase() === name)?.value ?? '';
    const boundary = /boundary="?([^";]+)"?/i.exec(field('content-type'))?.[1];
    const body = part.subarray(bodyStart);
    if (/^multipart\//i.test(field('content-type')) && boundary !== undefined && depth < deepest)
      for (const [i, inner] of splitMultipart(body, boundary).entries())
        walk(inner, partId === '' ? String(i) : `${partId}.${i}`, depth + 1);
    else if (attachmentId === `ANGjdJ_${partId.replaceAll('.', '_')}`)
      found = decodeTransfer(body, field('content-transfer-encoding'));
  };
  walk(eml, '', 0);
  return found;
}
