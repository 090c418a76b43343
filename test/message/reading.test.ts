import { codeImages } from '../../server/message/code-images.ts';
import { imageSize } from '../../server/message/image-size.ts';
import { readMessage } from '../../server/message/parse.ts';
import { type ReadCodes, readHead, readMail, withCodes } from '../../server/message/reading.ts';
import { grayPng, mailWithPictures } from './codes.ts';

const clock = () => 0;
const square = grayPng(120, 120, () => 255);
const says =
  (...texts: string[]): ReadCodes =>
  async () =>
    texts;

test('the link of a code joins the others and is marked', async () => {
  const raw = mailWithPictures('<p>Scan this</p><img src="cid:picture0">', [square]);
  const { message, unread } = await readMail(raw, says('HTTPS://Login.Example.NET/a?b'), clock);
  expect(message.links).toEqual([
    {
      url: 'HTTPS://Login.Example.NET/a?b',
      target: 'HTTPS://Login.Example.NET/a?b',
      host: 'login.example.net',
      text: '',
      source: 'qr',
      visible: true,
    },
  ]);
  expect(unread).toEqual([]);
});

test('a picture written into the HTML is looked at too', async () => {
  const html = `<p>Scan</p><img src="data:image/png;base64,${square.toString('base64')}">`;
  const seen: number[] = [];
  await readMail(
    mailWithPictures(html, []),
    async (image) => {
      seen.push(image.length);
      return [];
    },
    clock,
  );
  expect(seen).toEqual([square.length]);
});

test('what nobody could look at is told', async () => {
  const raw = mailWithPictures('<img src="cid:picture0">', [square]);
  expect((await readMail(raw, null, clock)).unread).toEqual(['qr']);
  const fails: ReadCodes = async () => {
    throw new Error('no such file');
  };
  expect((await readMail(raw, fails, clock)).unread).toEqual(['qr']);
  expect((await readMail(mailWithPictures('<p>hello</p>', []), null, clock)).unread).toEqual([]);
});

test('pictures that cannot be a code are not looked at: icons, banners, a newsletter full of links', () => {
  const images = (html: string, ...pictures: Buffer[]) => {
    const raw = mailWithPictures(html, pictures);
    return codeImages(raw, readMessage(raw)).images.length;
  };
  expect(images('', square)).toBe(1);
  expect(
    images(
      '',
      grayPng(20, 20, () => 0),
    ),
  ).toBe(0);
  expect(
    images(
      '',
      grayPng(900, 90, () => 0),
    ),
  ).toBe(0);
  const links = Array.from({ length: 30 }, (_, i) => `<a href="https://shop.example/${i}">offer ${i}</a>`).join(' ');
  expect(images(links, square)).toBe(0);
  expect(images(`${links}<p>Scan the QR code</p>`, square)).toBe(1);
});

test('too many and too large pictures are bounded and told', () => {
  const many = mailWithPictures('', new Array(9).fill(square));
  expect(codeImages(many, readMessage(many))).toMatchObject({ skipped: true });
  expect(codeImages(many, readMessage(many)).images).toHaveLength(4);
  const bomb = grayPng(4_000, 4_000, () => 255);
  const raw = mailWithPictures('', [bomb]);
  expect(codeImages(raw, readMessage(raw))).toEqual({ images: [], skipped: true });
});

test('looking for codes ends when its time is over', async () => {
  let now = 0;
  const slow: ReadCodes = async () => {
    now += 400;
    return ['https://a.example/'];
  };
  const raw = mailWithPictures('', [square, square, square, square]);
  const { message, unread } = await readMail(raw, slow, () => now);
  expect(now).toBe(800);
  expect(unread).toEqual(['qr']);
  expect(message.links).toHaveLength(1);
});

test.each([
  ['https://a.example/x', 'a.example'],
  ['www.a.example', 'a.example'],
  ['a.example/pay', 'a.example'],
  ['bitcoin:bc1qexample', ''],
])('%s in a code is a link', (text, host) => {
  expect(withCodes(readMessage(Buffer.from('From: a@example.org\r\n\r\nx')), [text]).links[0]).toMatchObject({
    source: 'qr',
    host: host === 'a.example' && text.startsWith('www.') ? 'www.a.example' : host,
  });
});

test('other texts in a code are none, and a link that stands in the mail already is not there twice', () => {
  const message = readMessage(Buffer.from('From: a@example.org\r\n\r\nhttps://a.example/x'));
  expect(withCodes(message, ['Table 12', 'https://a.example/x'])).toBe(message);
});

test('of a mail that broke a budget the head is known', () => {
  const raw = Buffer.from('From: Ana <ana@example.org>\r\nSubject: hello\r\n\r\nthe body https://a.example/');
  const { message, unread } = readHead(raw, 'time');
  expect(message).toMatchObject({ subject: 'hello', visibleText: '', links: [], size: raw.length });
  expect(message.sha256).toBe(readMessage(raw).sha256);
  expect(message.defects).toContain('body_limit');
  expect(unread).toEqual(['message_contents', 'time_budget']);
  expect(readHead(Buffer.alloc(0), 'memory').message.headers).toEqual([]);
});

test('sizes are read from the first bytes', () => {
  expect(imageSize(square)).toEqual({ width: 120, height: 120 });
  const gif = Buffer.alloc(40);
  gif.write('GIF89a', 'latin1');
  gif.writeUInt16LE(300, 6);
  gif.writeUInt16LE(200, 8);
  expect(imageSize(gif)).toEqual({ width: 300, height: 200 });
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108006400c803012200021101031101', 'hex');
  expect(imageSize(jpeg)).toEqual({ width: 200, height: 100 });
  expect(imageSize(Buffer.alloc(40))).toBeNull();
  expect(imageSize(Buffer.from('\xff\xd8'.repeat(40), 'latin1'))).toBeNull();
});
