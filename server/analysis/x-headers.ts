import type { Verdict } from '../../shared/verdict.ts';

export const DISPOSITION_HEADER = 'X-Area1Security-Disposition';
export const ATTRIBUTE_HEADER = 'X-Area1Security-Attribute';

/**
 * The verdict as header fields in the vendor's spelling, for filters that read those: one disposition, SPAM written `UCE`
 * and none for BULK, then one field for each attribute.
 * @see https://developers.cloudflare.com/cloudflare-one/email-security/reference/dispositions-and-attributes/
 */
export function verdictHeaders({ disposition, attributes }: Pick<Verdict, 'disposition' | 'attributes'>): {
  name: string;
  value: string;
}[] {
  const word = disposition === 'SPAM' ? 'UCE' : disposition;
  return [
    ...(disposition === 'BULK' ? [] : [{ name: DISPOSITION_HEADER, value: word }]),
    ...attributes.map((value) => ({ name: ATTRIBUTE_HEADER, value })),
  ];
}

/**
 * The mail with these fields on top. Fields of the same names that came with it are left out: a sender could have written
 * them; all else is byte for byte as it was.
 */
export function withVerdictHeaders(raw: Uint8Array, verdict: Pick<Verdict, 'disposition' | 'attributes'>): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const end = headEnd(bytes);
  const head = bytes.toString('latin1', 0, end).replace(FORGED, '');
  const ours = verdictHeaders(verdict).map(({ name, value }) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(ours.join(''), 'latin1'), Buffer.from(head, 'latin1'), bytes.subarray(end)]);
}

/** A field with its folded lines, whatever ends them. */
const FORGED = /^x-area1security-(?:disposition|attribute)[ \t]*:[^\n]*(?:\n|$)(?:[ \t][^\n]*(?:\n|$))*/gim;

/** The offset of the empty line that ends the head; the length when there is none. */
function headEnd(bytes: Buffer): number {
  if (bytes[0] === 10 || (bytes[0] === 13 && bytes[1] === 10)) return 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return at + 1;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 1;
  }
  return bytes.length;
}
