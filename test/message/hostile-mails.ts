/** Mails made to hang, crash or exhaust whoever reads them; each in its own way, up to 30 MB. Nothing in them is secret or real. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { zipOf } from './zip-of.ts';

const MB = 1 << 20;
const fill = (piece: string, bytes: number) => piece.repeat(Math.ceil(bytes / piece.length));
const head = (more = '') =>
  `From: Ana <ana@a.example>\r\nTo: ben@example.org\r\nSubject: verify your account\r\n${more}`;
const text = (body: string) => Buffer.from(`${head('Content-Type: text/plain\r\n')}\r\n${body}`, 'latin1');
const html = (body: string) => Buffer.from(`${head('Content-Type: text/html\r\n')}\r\n${body}`, 'latin1');
const field = (value: string) => Buffer.from(`${head(value)}\r\n\r\nhello`, 'latin1');

function attached(name: string, type: string, bytes: Buffer): Buffer {
  return Buffer.from(
    `${head('MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n')}\r\n--b\r\n\r\nsee the file\r\n--b\r\nContent-Type: ${type}; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--b--\r\n`,
    'latin1',
  );
}

function nestedMultiparts(bytes: number): Buffer {
  const parts: string[] = [];
  for (let i = 0, length = 0; length < bytes; i++) {
    const part = `--b${i}\r\nContent-Type: multipart/mixed; boundary="b${i + 1}"\r\n\r\n`;
    parts.push(part);
    length += part.length;
  }
  return Buffer.from(`${head('Content-Type: multipart/mixed; boundary=b0\r\n')}\r\n${parts.join('')}`, 'latin1');
}

/** Ten zips of ten zips of ten zips of a file of zeros. */
function zipInZips(depth: number): Buffer {
  let inner = zipOf([['zeros.html', Buffer.alloc(4 * MB)]]);
  for (let i = 0; i < depth; i++)
    inner = zipOf(Array.from({ length: 10 }, (_, n): [string, Buffer] => [`${i}-${n}.zip`, inner]));
  return inner;
}

/** A PDF whose object streams unpack to nothing but zeros. */
function pdfOfStreams(count: number): Buffer {
  const zeros = deflateRawSync(Buffer.alloc(2 * MB));
  const stream = Buffer.concat([
    Buffer.from('1 0 obj <</Type/ObjStm/Filter/FlateDecode>> stream\r\n', 'latin1'),
    Buffer.from([0x78, 0x9c]),
    zeros,
    Buffer.from('\r\nendstream endobj\r\n', 'latin1'),
  ]);
  return Buffer.concat([Buffer.from('%PDF-1.5\r\n', 'latin1'), ...new Array(count).fill(stream)]);
}

/** Claims 50,000 by 50,000 pixels. */
function hugePicture(): Buffer {
  const png = Buffer.alloc(64);
  png.write('\x89PNG\r\n\x1a\n', 'latin1');
  png.writeUInt32BE(13, 8);
  png.write('IHDR', 12, 'latin1');
  png.writeUInt32BE(50_000, 16);
  png.writeUInt32BE(50_000, 20);
  return png;
}

/** By what they do; sizes are for a scale of 1, about 10 MB each. @param scale 0.1 makes them a tenth as large */
export function hostileMails(scale = 1): Record<string, () => Buffer> {
  const size = Math.round(10 * MB * scale);
  return {
    'multiparts in multiparts': () => nestedMultiparts(size),
    'messages in messages': () => field(fill('Content-Type: message/rfc822\r\n\r\n', size)),
    'one boundary, nested': () => field(fill('Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n', size / 100)),
    'a million empty parts': () =>
      Buffer.from(`${head('Content-Type: multipart/mixed; boundary=b\r\n')}\r\n${fill('--b\r\n\r\nx\r\n', size)}`),
    'one long field': () => field(`X-Long: ${fill('a', size)}`),
    'a folded field': () => field(`X-Folded: x${fill('\r\n ', size)}y`),
    'many fields': () => field(fill('X-Field: value\r\n', size)),
    'a million recipients': () => field(`Cc: ${fill('a@b.example, ', size)}z@z.example`),
    'comments in comments': () => field(`Cc: ${fill('(', size / 10)}`),
    'groups in groups': () => field(`Cc: ${fill('g:', size / 10)}a@b.example`),
    'encoded words': () => field(`Subject: ${fill('=?utf-8?Q?=41?= ', size)}`),
    'parameters in pieces': () => field(`Content-Type: text/plain${fill('; n*1=a', size / 10)}`),
    references: () => field(`References: ${fill('<a@b.example> ', size)}`),
    'soft line breaks': () => field(`Content-Transfer-Encoding: quoted-printable\r\n\r\n${fill('=\r\n', size)}`),
    'open tags': () => html(fill('<div>', size)),
    'angles only': () => html(fill('<', size)),
    'tags that never close': () => html(fill('<a href="x" b="', size)),
    'styles of its own each': () =>
      html(Array.from({ length: size / 60 }, (_, i) => `<p style="color:#${i};font-size:${i % 9}px">x</p>`).join('')),
    '100,000 links': () =>
      html(
        Array.from({ length: 100_000 * scale }, (_, i) => `<a href="https://h${i}.example/login?u=${i}">x</a>`).join(
          '',
        ),
      ),
    'links as text': () => text(fill('http://a.example/ ', size)),
    'blanks only': () => text(fill(' ', size)),
    'zero bytes': () => text(fill('\0', size)),
    'flowed lines': () =>
      Buffer.from(`${head('Content-Type: text/plain; format=flowed\r\n')}\r\n${fill('a \r\n', size)}`, 'latin1'),
    'a trap for patterns': () =>
      text(fill('verify your account within your account to cancel call +1 555 555 555 555 - - - ((', size)),
    'another trap': () => text(fill('a@a.a-a.a-a.a-a.a-a.a-', size)),
    'mixed letters': () =>
      Buffer.from(`${head('Content-Type: text/plain; charset=utf-8\r\n')}\r\n${fill('pаypаl\u200b', size / 2)}`),
    'a large attachment': () => attached('a.pdf', 'application/pdf', Buffer.alloc(size * 2, '%PDF-1.4 /URI (')),
    'zips in zips': () => attached('a.zip', 'application/zip', zipInZips(3)),
    'a gzip of zeros': () => attached('a.gz', 'application/gzip', gzipSync(Buffer.alloc(size * 10))),
    'a PDF of zeros': () => attached('a.pdf', 'application/pdf', pdfOfStreams(Math.ceil(300 * scale))),
    'a picture of 50,000 by 50,000': () => attached('a.png', 'image/png', hugePicture()),
  };
}
