import { readHtml } from '../../server/message/html-reading.ts';
import { countInvisible, normalise } from '../../server/message/normalise.ts';
import { fixture, htmlMail } from './fixtures.ts';

const shown = (html: string) => readHtml(html).visible;
const hidden = (html: string) => readHtml(html).hidden;

test.each([
  ['display:none', '<div style="display:none">x</div>'],
  ['display: none !important', '<div style="display: none !important">x</div>'],
  ['visibility', '<div style="visibility:hidden">x</div>'],
  ['opacity', '<div style="opacity:0">x</div>'],
  ['zero font', '<div style="font-size:0">x</div>'],
  ['one pixel font', '<div style="font-size:1px">x</div>'],
  ['short font', '<div style="font:0/0 a">x</div>'],
  ['the attribute', '<div hidden>x</div>'],
  ['white on white', '<div style="color:#fff">x</div>'],
  ['nearly white on white', '<body bgcolor="#ffffff"><font color="#fefefe">x</font>'],
  [
    'the colour of the cell',
    '<table><tr><td bgcolor="navy"><span style="color:rgb(0,0,120)">x</span></td></tr></table>',
  ],
  ['transparent', '<div style="color:rgba(0,0,0,0)">x</div>'],
  ['a clipped box', '<div style="max-height:0;overflow:hidden">x</div>'],
  ['off the screen', '<div style="position:absolute;left:-9999px">x</div>'],
  ['indented away', '<div style="text-indent:-9999px">x</div>'],
  ['a class', '<style>.gone { display:none }</style><div class="a gone">x</div>'],
  ['an id', '<style>p#gone, b { font-size:0 }</style><p id="gone">x</p>'],
  ['inside a hidden parent', '<div style="display:none"><p><b>x</b></p></div>'],
])('hidden by %s', (_, html) => {
  expect(hidden(html)).toBe('x');
  expect(shown(html)).toBe('');
});

test.each([
  ['a media query', '<style>@media (max-width:600px) { .gone { display:none } }</style><div class="gone">x</div>'],
  ['white on an image', '<td background="a.png"><span style="color:#fff">x</span></td>'],
  ['white on dark', '<table bgcolor="#000000"><tr><td><font color="white">x</font></td></tr></table>'],
  ['a small font', '<div style="font-size:9px">x</div>'],
  ['zero font and back', '<div style="font-size:0"><span style="font-size:14px">x</span></div>'],
  ['an end tag that closes nothing', '<table><tr><td></b></div>x</td></tr></table>'],
  ['behind a hidden cell', '<table><tr><td style="display:none"></td><td>x</td></tr></table>'],
])('shown in spite of %s', (_, html) => {
  expect(shown(html)).toBe('x');
});

test('scripts, comments, titles and style sheets are not text', () => {
  expect(
    shown('<title>t</title><style>s{}</style><script>if (a<b) "</p>"</script><!-- c --><!DOCTYPE html><p>x</p>'),
  ).toBe('x');
  expect(shown('<!--><p>x</p>')).toBe('x');
  expect(shown('<!-- a --!><p>x</p>')).toBe('x');
  expect(shown('a < b and c<3 and d > e')).toBe('a < b and c<3 and d > e');
});

test('blocks part lines, inline tags part nothing', () => {
  expect(shown('<p>one</p><p>two<br>three</p> <b>fo</b>ur\n\n  five&nbsp;six')).toBe('one\ntwo\nthree\nfour five six');
});

test('entities are decoded as browsers do', () => {
  expect(shown('&lt;a&gt; &amp;amp; &#65;&#x42; &#150; &euro; &copy &unknown; &colon;')).toBe(
    '<a> &amp; AB – € © &unknown; :',
  );
});

test('links carry what is seen: text, picture, button', () => {
  const { links, forms, images } = readHtml(
    `<base href="https://b.example/dir/"><a href='x y'>relative</a><a href="https://a.example/1&amp;2"> <b>two</b> words </a>
    <a href="https://c.example"><img src="https://i.example/p.png" alt="pay now"></a><map><area href="https://d.example" alt="area"></map>
    <form action="https://f.example/post"><input type=password><button formaction="https://g.example">go</button></form>
    <meta http-equiv="refresh" content="0; url=https://h.example/r"><a href="#top">up</a><a name="x">no link</a><a href="https://e.example"></a>`,
  );
  expect(links).toEqual([
    { url: 'https://b.example/dir/x%20y', text: 'relative', source: 'html', visible: true },
    { url: 'https://a.example/1&2', text: 'two words', source: 'html', visible: true },
    { url: 'https://c.example', text: 'pay now', source: 'image', visible: true },
    { url: 'https://d.example', text: 'area', source: 'image', visible: true },
    { url: 'https://f.example/post', text: '', source: 'form', visible: true },
    { url: 'https://g.example', text: '', source: 'form', visible: true },
    { url: 'https://h.example/r', text: '', source: 'html', visible: false },
    { url: '#top', text: 'up', source: 'html', visible: true },
    { url: 'https://e.example', text: '', source: 'html', visible: false },
  ]);
  expect(forms).toEqual([{ action: 'https://f.example/post', password: true }]);
  expect(images).toEqual([{ src: 'https://i.example/p.png', alt: 'pay now', linked: true }]);
});

test('a link of Outlook buttons inside conditional comments is found', () => {
  const html =
    '<!--[if mso]><v:roundrect xmlns:v="urn:x" href="https://mso.example/x" style="height:1px">Go</v:roundrect><![endif]--><p>x</p>';
  expect(htmlMail(html).links).toMatchObject([{ host: 'mso.example', visible: false }]);
});

test('unclosed tags and quotes end with the text', () => {
  expect(readHtml('<p>x</p><a href="https://a.example').visible).toBe('x');
  expect(readHtml('<p>x<').visible).toBe('x<');
});

test('names broken by invisible characters are whole again when normalised, and stay as written in the message', () => {
  const message = fixture('zero-width-brand');
  expect(message.headerFrom[0]?.name).not.toBe('PayPal');
  expect(normalise(message.headerFrom[0]?.name ?? '')).toBe('PayPal');
  expect(normalise(message.subject)).toBe('Verify your account');
  expect(normalise(message.visibleText)).toContain('PayPal wallet: login');
  expect(countInvisible(message.visibleText)).toBe(3);
});
