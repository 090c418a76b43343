/** Pictures with codes, made here: QR by the writer of the same library, drawn as PNG by hand. */
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

let prepared: Promise<unknown> | null = null;

/** A PNG with a QR code of that text in the middle of a white field. @param scale pixels a module */
export async function pictureOfCode(text: string, scale = 4, margin = 8): Promise<Buffer> {
  prepared ??= Promise.resolve(
    prepareZXingModule({
      overrides: { wasmBinary: wasm('node_modules/zxing-wasm/dist/writer/zxing_writer.wasm') },
      fireImmediately: true,
    }),
  );
  await prepared;
  const { symbol } = await writeBarcode(text, { format: 'QRCode' });
  const side = (symbol.width + 2 * margin) * scale;
  return grayPng(side, side, (x, y) => {
    const column = Math.floor(x / scale) - margin;
    const row = Math.floor(y / scale) - margin;
    const inside = column >= 0 && row >= 0 && column < symbol.width && row < symbol.height;
    return inside && symbol.data[row * symbol.width + column] === 0 ? 0 : 255;
  });
}

/** An 8-bit grey PNG. */
export function grayPng(width: number, height: number, shade: (x: number, y: number) => number): Buffer {
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = shade(x, y);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function wasm(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

/** A mail with that HTML and those pictures attached, referred to as cid:picture0 and so on. */
export function mailWithPictures(html: string, pictures: readonly Buffer[]): Buffer {
  const parts = pictures.map(
    (picture, i) =>
      `--b\r\nContent-Type: image/png; name="picture${i}.png"\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <picture${i}>\r\n\r\n${picture.toString('base64')}\r\n`,
  );
  return Buffer.from(
    `From: Security <it@security.example>\r\nTo: ana@example.org\r\nSubject: renew your authenticator\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n${parts.join('')}--b--\r\n`,
  );
}
