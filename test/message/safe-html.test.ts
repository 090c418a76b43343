import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { previewPage } from '../../server/message/preview.ts';
import { XSS } from './xss.ts';

const TAGS = new Set(
  (
    'p div span br hr b strong i em u s strike small big sub sup h1 h2 h3 h4 h5 h6 blockquote pre code tt ul ol li dl dt dd ' +
    'table thead tbody tfoot tr td th caption center address article section header footer main figure figcaption img'
  ).split(' '),
);
const STYLE =
  /^(?:(?:color|background-color):#[0-9a-f]{6}|text-align:(?:left|right|center|justify)|font-weight:bold|font-style:italic|font-size:\d{1,2}px)(?:;|$)/;
const VALUES: Record<string, RegExp> = {
  class: /^(?:link|target|image|field|note)$/,
  dir: /^(?:ltr|rtl)$/,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  alt: /^/,
  src: /^data:image\/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+$/,
};

const mail = (html: string) => Buffer.from(`Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`);

/** The body as an independent parser reads it; what is there and may not be. */
function breaches(page: string): string[] {
  const found: string[] = [];
  const body = page.slice(page.indexOf('<body>') + 6, page.lastIndexOf('</body>'));
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!TAGS.has(name)) found.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (attribute === 'style') {
          for (const declaration of value.split(';')) if (!STYLE.test(declaration)) found.push(`style ${declaration}`);
        } else if (!VALUES[attribute]?.test(value)) found.push(`${name} ${attribute}=${value}`);
      }
    },
    oncomment: (text) => found.push(`<!--${text}`),
    onprocessinginstruction: (name) => found.push(`<${name}`),
  });
  parser.end(body);
  return found;
}

test.each(XSS.map((html) => [html]))('nothing of %j can act', (html) => {
  expect(breaches(previewPage(mail(html), 'en'))).toEqual([]);
  expect(breaches(previewPage(mail(`<table><tr><td>${html}`), 'de'))).toEqual([]);
});

test('nor can anything they are put together to', () => {
  const pieces = fc.constantFrom(
    ...XSS,
    ...XSS.flatMap((html) => [html.slice(0, html.length / 2), html.slice(html.length / 3)]),
    '<b>',
    '">',
    "'",
    '</p>',
  );
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 8 }), (parts) => {
      expect(breaches(previewPage(mail(parts.join('')), 'en'))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('nor in mail of plain text', () => {
  for (const html of XSS) {
    const raw = Buffer.from(`Subject: x\r\n\r\n${html}`);
    expect(breaches(previewPage(raw, 'en')).filter((breach) => breach !== '<pre>')).toEqual([]);
  }
});

const shown = (html: string) => {
  const page = previewPage(mail(html), 'en');
  return page.slice(page.indexOf('<body>') + 6, page.lastIndexOf('</body>'));
};

test('text, structure and simple colours stay, written anew', () => {
  expect(
    shown(
      '<table><tr><td colspan=2 bgcolor="red" STYLE="COLOR:#FFF;font-size:12pt">A &amp; <b>b</b></td></tr></table>',
    ),
  ).toBe(
    '<table><tr><td style="background-color:#ff0000;color:#ffffff;font-size:16px" colspan="2">A &amp; <b>b</b></td></tr></table>',
  );
  expect(shown('<p>one<p>two<ul><li>a<li>b</ul>')).toBe('<p>one</p><p>two<ul><li>a</li><li>b</li></ul></p>');
});

test('a link is its text, and where it leads stands behind it for people to read', () => {
  expect(shown('<a href="https://pay.example/a?b">Your bank</a>.')).toBe(
    '<span class="link">Your bank</span> <span class="target" dir="ltr">hxxps[:]//pay[.]example/a?b</span> .',
  );
});

test('what a reader is not meant to see is not shown, a picture is named and not fetched, a field is said to be one', () => {
  expect(shown('<style>.h{display:none}</style><p class="h">hidden</p><p style="display:none">too</p>seen')).toBe(
    'seen',
  );
  expect(shown('<img src="https://x.example/a.png" alt="Logo">')).toBe(
    '<span class="image">Picture, not loaded: Logo</span>',
  );
  expect(shown('<img src="https://x.example/a.gif" width=1 height=1>')).toBe('');
  expect(shown('<input type=password placeholder="Your password">')).toBe(
    '<span class="field">Field for a password Your password</span> ',
  );
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('a picture that the mail carries is shown when its bytes are a picture of a size that can be drawn', () => {
  expect(shown(`<img src="data:image/png;base64,${PNG}" alt="a">`)).toBe(
    `<img alt="a" src="data:image/png;base64,${PNG}">`,
  );
  const related = (bytes: string, src: string) =>
    Buffer.from(
      `Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="${src}">\r\n` +
        `--b\r\nContent-Type: image/png\r\nContent-ID: <qr@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes}\r\n--b--\r\n`,
    );
  expect(previewPage(related(PNG, 'cid:qr@x'), 'en')).toContain(`src="data:image/png;base64,${PNG}"`);
  expect(previewPage(related(PNG, 'cid:qr%40x'), 'en')).toContain('data:image/png');
  // Called a picture, and none.
  expect(
    previewPage(related(Buffer.from('<svg onload=alert(1)>'.repeat(4)).toString('base64'), 'cid:qr@x'), 'en'),
  ).not.toContain('src=');
  const huge = Buffer.from(PNG, 'base64');
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  expect(previewPage(related(huge.toString('base64'), 'cid:qr@x'), 'en')).not.toContain('src=');
});

test('a mail of a hundred thousand tags is cut, balanced, in time', () => {
  const began = performance.now();
  const page = previewPage(mail('<div><b>aaaaaaaaaaaaaaaaaaaa'.repeat(60_000)), 'en');
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(page.length).toBeLessThan(1_700_000);
  expect(breaches(page)).toEqual([]);
});
