/** Width and height of a picture from its first bytes; the picture itself is not decoded. */

export interface ImageSize {
  width: number;
  height: number;
}

/** PNG, JPEG, GIF and BMP; null for anything else or a broken head. */
export function imageSize(bytes: Buffer): ImageSize | null {
  if (bytes.length < 30) return null;
  const head = bytes.toString('latin1', 0, 16);
  if (head.startsWith('\x89PNG')) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (head.startsWith('GIF8')) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (head.startsWith('BM')) return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
  if (head.startsWith('\xff\xd8')) return jpegSize(bytes);
  return null;
}

/** ITU T.81 B.2.2: the frame header among the marker segments. */
function jpegSize(bytes: Buffer): ImageSize | null {
  let at = 2;
  for (let segments = 0; segments < 500 && at + 9 < bytes.length; segments++) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += standsAlone ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
