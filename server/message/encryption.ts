/** S/MIME, OpenPGP and rights-managed messages, told apart by their outside; nothing is decrypted. */
import type { Message } from './message.ts';
import type { Part, Structure } from './structure.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** DER of the CMS content types, RFC 5652 and RFC 5083. */
const ENVELOPED_DATA = Buffer.from('2a864886f70d010703', 'hex');
const AUTH_ENVELOPED_DATA = Buffer.from('2a864886f70d0109100117', 'hex');
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');

/** What protects the message itself, not one of its attachments. */
export function readEncryption(structure: Structure, text: string): Pick<Message, 'encryption' | 'signed'> {
  const { root, parts } = structure;
  const first = parts[0];
  let signed = root.contentType === 'multipart/signed';
  if (
    root.contentType === 'multipart/encrypted' ||
    structure.outline.startsWith('multipart/mixed(multipart/encrypted')
  ) {
    return { encryption: 'pgp', signed };
  }
  if (first !== undefined && isCms(first.contentType)) {
    const kind = cmsKind(first);
    if (kind === 'enveloped') return { encryption: 'smime', signed };
    if (kind === 'signed') signed = true;
  }
  if (
    parts.some(
      (part) =>
        part.contentType === 'application/x-microsoft-rpmsg-message' || part.filename.toLowerCase() === 'message.rpmsg',
    )
  ) {
    return { encryption: 'rpmsg', signed };
  }
  if (text.includes('-----BEGIN PGP SIGNED MESSAGE-----')) signed = true;
  if (text.includes('-----BEGIN PGP MESSAGE-----')) return { encryption: 'pgp', signed };
  return { encryption: 'none', signed };
}

function isCms(contentType: string): boolean {
  return contentType === 'application/pkcs7-mime' || contentType === 'application/x-pkcs7-mime';
}

function cmsKind(part: Part): 'enveloped' | 'signed' | 'other' {
  const type = part.parameters.get('smime-type')?.toLowerCase() ?? '';
  if (type === 'enveloped-data' || type === 'authenveloped-data') return 'enveloped';
  if (type === 'signed-data' || type === 'certs-only') return 'signed';
  const head = decodeTransfer(part.body, part.encoding, 64).bytes;
  if (head.includes(ENVELOPED_DATA) || head.includes(AUTH_ENVELOPED_DATA)) return 'enveloped';
  return head.includes(SIGNED_DATA) ? 'signed' : 'other';
}
