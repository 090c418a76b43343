/** RAR 4 and 5: names and whether a password is needed; nothing is unpacked. */

export interface RarListing {
  names: string[];
  encrypted: boolean;
}

const RAR5 = Buffer.from('526172211a070100', 'hex');

/** @param most names that are listed */
export function listRar(bytes: Buffer, most: number): RarListing {
  return bytes.subarray(0, 8).equals(RAR5) ? listRar5(bytes, most) : listRar4(bytes, most);
}

function listRar5(bytes: Buffer, most: number): RarListing {
  const listing: RarListing = { names: [], encrypted: false };
  const reader = new VariableInts(bytes, 8);
  while (reader.position + 7 < bytes.length && listing.names.length < most) {
    reader.position += 4;
    const headerSize = reader.next();
    const start = reader.position;
    const type = reader.next();
    const flags = reader.next();
    // An encryption header: every later header is encrypted, names too.
    if (type === 4) return { ...listing, encrypted: true };
    const extraSize = flags & 1 ? reader.next() : 0;
    const dataSize = flags & 2 ? reader.next() : 0;
    if (type === 5 || headerSize <= 0) break;
    const headerEnd = start + headerSize;
    if (type === 2) {
      const fileFlags = reader.next();
      reader.next();
      reader.next();
      reader.position += (fileFlags & 2 ? 4 : 0) + (fileFlags & 4 ? 4 : 0);
      reader.next();
      reader.next();
      const length = reader.next();
      listing.names.push(bytes.toString('utf8', reader.position, reader.position + Math.min(length, 500)));
      const extra = new VariableInts(bytes, headerEnd - extraSize);
      while (extraSize > 0 && extra.position + 2 < headerEnd) {
        const size = extra.next();
        const recordStart = extra.position;
        if (extra.next() === 1) listing.encrypted = true;
        if (size <= 0) break;
        extra.position = recordStart + size;
      }
    }
    reader.position = headerEnd + dataSize;
  }
  return listing;
}

function listRar4(bytes: Buffer, most: number): RarListing {
  const listing: RarListing = { names: [], encrypted: false };
  let position = 7;
  while (position + 7 <= bytes.length && listing.names.length < most) {
    const type = bytes[position + 2];
    const flags = bytes.readUInt16LE(position + 3);
    const size = bytes.readUInt16LE(position + 5);
    if (size < 7) break;
    if (type === 0x73 && flags & 0x80) return { ...listing, encrypted: true };
    let data = 0;
    if (type === 0x74 && position + 32 <= bytes.length) {
      data = bytes.readUInt32LE(position + 7);
      const nameLength = bytes.readUInt16LE(position + 26);
      const nameStart = position + 32 + (flags & 0x100 ? 8 : 0);
      const raw = bytes.subarray(nameStart, nameStart + Math.min(nameLength, 500));
      // A zero byte parts the plain name from the packed Unicode one.
      const zero = raw.indexOf(0);
      listing.names.push((zero < 0 ? raw : raw.subarray(0, zero)).toString('latin1'));
      if (flags & 4) listing.encrypted = true;
    } else if (flags & 0x8000 && position + 11 <= bytes.length) data = bytes.readUInt32LE(position + 7);
    position += size + data;
  }
  return listing;
}

/** Little-endian base-128 numbers. */
class VariableInts {
  constructor(
    private readonly bytes: Buffer,
    public position: number,
  ) {}

  next(): number {
    let value = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.bytes[this.position++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    return value;
  }
}
