/** The reported mail inside the mail that reports it: attached whole, once. Whatever else came with it is looked past. */
import { extensionOf } from '../message/file-types.ts';
import type { Part } from '../message/structure.ts';
import { readStructure } from '../message/structure.ts';
import { decodeTransfer } from '../message/transfer-encoding.ts';

export type AttachedMail =
  | { ok: true; raw: Uint8Array }
  | { ok: false; reason: 'no_eml' | 'wrong_extension' | 'outlook_msg' | 'several_messages' | 'too_large' };

/** @param maxBytes of the attached mail. Linear in the size of the outer one; never throws. */
export function attachedMail(outer: Uint8Array, maxBytes: number): AttachedMail {
  const { parts } = readStructure(Buffer.from(outer.buffer, outer.byteOffset, outer.byteLength));
  const mails = parts.filter(isMail);
  if (mails.length > 1) return { ok: false, reason: 'several_messages' };
  const [mail] = mails;
  if (mail) {
    const { bytes, truncated } = decodeTransfer(mail.body, mail.encoding, maxBytes + 1);
    if (truncated || bytes.length > maxBytes) return { ok: false, reason: 'too_large' };
    return { ok: true, raw: Buffer.from(bytes) };
  }
  const files = parts.filter(isFile);
  if (files.some((part) => extensionOf(part.filename) === 'msg' || part.contentType === 'application/vnd.ms-outlook')) {
    return { ok: false, reason: 'outlook_msg' };
  }
  return { ok: false, reason: files.length > 0 ? 'wrong_extension' : 'no_eml' };
}

/** RFC 2046 section 5.2.1, RFC 6532 section 3.7; or a file whose name says so, as programs without the type send it. */
const isMail = (part: Part) =>
  part.contentType === 'message/rfc822' ||
  part.contentType === 'message/global' ||
  extensionOf(part.filename) === 'eml';

/** Pictures of a signature, calendar parts and signatures of the mail itself are no attempt to attach a mail. */
const isFile = (part: Part) =>
  part.filename !== '' &&
  !(part.contentType.startsWith('image/') && (part.disposition !== 'attachment' || part.contentId !== null)) &&
  !/^application\/(pkcs7-signature|x-pkcs7-signature|pgp-signature|ms-tnef)$/.test(part.contentType);
