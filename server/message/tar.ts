/** tar: names and bytes of its files, ustar and the old form. */

export interface TarEntry {
  name: string;
  bytes: Buffer;
}

/** @param most files that are listed */
export function listTar(bytes: Buffer, most: number): TarEntry[] {
  const entries: TarEntry[] = [];
  let position = 0;
  while (position + 512 <= bytes.length && entries.length < most) {
    const header = bytes.subarray(position, position + 512);
    if (header[0] === 0) break;
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const type = header[156] as number;
    const prefix = text(header, 345, 155);
    const name = (prefix === '' ? '' : `${prefix}/`) + text(header, 0, 100);
    // 0 and NUL are files; long names and attributes of pax and GNU are passed over.
    if (type === 48 || type === 0) entries.push({ name, bytes: bytes.subarray(position + 512, position + 512 + size) });
    if (size < 0) break;
    position += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

function text(header: Buffer, start: number, length: number): string {
  const zero = header.indexOf(0, start);
  return header.toString('utf8', start, zero < 0 || zero > start + length ? start + length : zero).trim();
}
