import { deflateSync, gzipSync } from 'node:zlib';
import { hasDirectionOverride, hasDoubleExtension } from '../../server/message/executables.ts';
import { sniffFileType } from '../../server/message/file-types.ts';
import { readMessage } from '../../server/message/parse.ts';
import { fixture } from './fixtures.ts';
import { zipOf } from './zip-of.ts';

const only = (name: string) => {
  const [attachment] = fixture(name).attachments;
  if (attachment === undefined) throw new Error(`${name} has no attachment`);
  return attachment;
};

function attach(bytes: Buffer, filename: string, contentType = 'application/octet-stream') {
  const head = `From: a@a.example\r\nContent-Type: ${contentType}; name="${filename}"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const message = readMessage(Buffer.from(head + bytes.toString('base64')));
  return { message, attachment: message.attachments[0]! };
}

test('a program inside an archive inside an archive is found by its bytes and its name', () => {
  expect(only('zip-nested-program')).toMatchObject({
    fileType: 'zip',
    executable: false,
    containsExecutable: true,
    entries: ['readme.txt', 'inner.zip', 'inner.zip/Rechnung.pdf.exe'],
    limits: [],
  });
});

test('names inside an encrypted archive still count', () => {
  expect(only('zip-encrypted')).toMatchObject({ encrypted: true, containsExecutable: true, entries: ['statement.js'] });
});

test('macros and outside links of a document', () => {
  expect(only('macro-document')).toMatchObject({
    filename: 'Angebot März.docx',
    fileType: 'docm',
    macros: true,
    encrypted: false,
  });
  expect(fixture('macro-document').links[0]).toMatchObject({
    url: 'https://download.partner.example/a?x=1&y=2',
    source: 'attachment',
  });
});

test('an Office file with a password', () => {
  expect(only('encrypted-office')).toMatchObject({ encrypted: true });
});

test('a program that calls itself a picture', () => {
  const attachment = only('direction-override');
  expect(attachment).toMatchObject({ contentType: 'image/jpeg', fileType: 'exe', executable: true });
  expect(hasDirectionOverride(attachment.filename)).toBe(true);
  expect(hasDoubleExtension('invoice.pdf.exe')).toBe(true);
  expect(hasDoubleExtension('Scan_0310.pdf.html')).toBe(true);
  expect(hasDoubleExtension('minutes.v2.pdf')).toBe(false);
});

test('a page as attachment: its type by content, its form as a link', () => {
  expect(only('html-attachment')).toMatchObject({ fileType: 'html', contentType: 'application/octet-stream' });
  expect(fixture('html-attachment').links.map((link) => link.url)).toContain('https://collect.example/post.php');
});

test('links of a PDF, whether plain or in a compressed object stream', () => {
  expect(fixture('invoice-pdf').links[0]?.url).toBe('https://billing.supplier.example/pay(1)');
  const packed = deflateSync(Buffer.from('<</S/URI/URI(https://lure.example/x)>>'));
  const pdf = Buffer.concat([
    Buffer.from(`%PDF-1.5\n1 0 obj<</Type/ObjStm/Length ${packed.length}/Filter/FlateDecode>>stream\n`),
    packed,
    Buffer.from('\nendstream endobj\n'),
  ]);
  expect(attach(pdf, 'a.pdf').message.links[0]?.url).toBe('https://lure.example/x');
});

test('an encrypted PDF is told by its trailer', () => {
  expect(attach(Buffer.from('%PDF-1.4\ntrailer<</Root 1 0 R/Encrypt 9 0 R>>'), 'a.pdf').attachment.encrypted).toBe(
    true,
  );
});

test('a forwarded message shows what it holds', () => {
  expect(only('forwarded-original')).toMatchObject({
    fileType: 'eml',
    containsExecutable: true,
    entries: ['original.eml/run.js'],
  });
  expect(only('forwarded-original').text).toContain('Password expires today');
  expect(fixture('forwarded-original').links).toMatchObject([{ host: 'helpdesk-mail.example', source: 'attachment' }]);
});

test.each([
  ['MZ\x90\0'.padEnd(200, '\0'), 'x.bin', 'exe'],
  ['\x7fELF\x02', 'x', 'elf'],
  ['L\0\0\0\x01\x14\x02\0', 'x.lnk', 'lnk'],
  ['Rar!\x1a\x07\x01\0', 'x', 'rar'],
  ['7z\xbc\xaf\x27\x1c', 'x', '7z'],
  ['\xff\xd8\xff\xe0', 'x', 'jpg'],
  ['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'x.png', 'svg'],
  ['<?xml version="1.0"?><svg onload="x()"></svg>', 'x', 'svg'],
  ['BEGIN:VCALENDAR\r\n', 'x', 'ics'],
  ['[InternetShortcut]\r\nURL=https://a.example', 'x.txt', 'url'],
  ['@echo off\r\ndel', 'x', 'bat'],
  ['var a = new ActiveXObject("WScript.Shell")', 'x', 'js'],
  ['Set s = CreateObject("WScript.Shell")\r\ns.Run', 'x', 'vbs'],
  ['<html><hta:application></html>', 'x', 'hta'],
  ['From: a@a.example\r\nTo: b@b.example\r\nSubject: x\r\n\r\nx', 'x', 'eml'],
  ['just words', 'x', 'txt'],
  ['\x01\x02\x03\0', 'x', 'unknown'],
  ['', 'x', 'empty'],
])('%j is recognised', (bytes, name, type) => {
  expect(sniffFileType(Buffer.from(bytes, 'latin1'), name)).toBe(type);
});

describe('hostile archives', () => {
  test('a bomb is not unpacked', () => {
    const bomb = zipOf([['bomb.zip', Buffer.alloc(20_000_000)]]);
    expect(attach(bomb, 'a.zip').attachment.limits).toContain('ratio');
  });

  test('many small bombs share one budget', () => {
    const bomb = zipOf(Array.from({ length: 200 }, (_, i): [string, Buffer] => [`${i}.zip`, Buffer.alloc(900_000)]));
    const part = `--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${bomb.toString('base64')}\r\n`;
    const raw = Buffer.from(
      `From: a@a.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(40)}--b--`,
    );
    const start = process.cpuUsage();
    expect(readMessage(raw).attachments).toHaveLength(40);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(2_000);
  });

  test('more entries than anybody opens are cut', () => {
    const many = zipOf(Array.from({ length: 1_500 }, (_, i): [string, Buffer] => [`f${i}.txt`, Buffer.from('x')]));
    const { attachment } = attach(many, 'a.zip');
    expect(attachment.entries).toHaveLength(1_000);
    expect(attachment.limits).toContain('too_many');
  });

  test('archives in archives end at a depth', () => {
    let bytes = zipOf([['a.exe', Buffer.from('MZ')]]);
    for (let i = 0; i < 6; i++) bytes = zipOf([['in.zip', bytes]]);
    const { attachment } = attach(bytes, 'a.zip');
    expect(attachment.limits).toContain('too_deep');
    expect(attachment.entries).toEqual(['in.zip', 'in.zip/in.zip', 'in.zip/in.zip/in.zip']);
  });

  test('an archive without its directory is read from its parts', () => {
    const whole = zipOf([['run.js', Buffer.from('eval(1)')]]);
    const { attachment } = attach(whole.subarray(0, whole.indexOf('PK\x01\x02', 0, 'latin1')), 'a.zip');
    expect(attachment).toMatchObject({ entries: ['run.js'], containsExecutable: true });
    expect(attachment.limits).toContain('broken');
  });

  test('gzip and tar are looked into', () => {
    const header = Buffer.alloc(512);
    header.write('folder/setup.exe', 0);
    header.write('00000000004\0', 124);
    header.write('0', 156);
    header.write('ustar', 257);
    const tar = Buffer.concat([header, Buffer.from('MZ\0\0'.padEnd(512, '\0')), Buffer.alloc(1024)]);
    expect(attach(gzipSync(tar), 'a.tar.gz').attachment).toMatchObject({
      fileType: 'gz',
      entries: ['a.tar', 'a.tar/folder/setup.exe'],
      containsExecutable: true,
    });
  });
});
