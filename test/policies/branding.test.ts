/** What an administrator may show to everybody in the panes, and what not. */
import { checkedBranding, pictureOf } from '../../server/policies/checked-branding.ts';
import { withBrand } from '../../server/submission/brand.ts';
import type { BrandingSettings } from '../../shared/branding.ts';
import { contrastWithWhite } from '../../shared/contrast.ts';
import { blankView } from '../http/doors.ts';

const OWN = ['example.org'];
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(20)]);
const logoOf = (bytes: Buffer, type = 'image/png') => `data:${type};base64,${bytes.toString('base64')}`;
const text = { contact: '', thanks: '' };
const branding = (change: Partial<BrandingSettings>): BrandingSettings => ({
  organisation: 'Example',
  colour: null,
  logo: null,
  texts: { en: text, de: text },
  ...change,
});
const contact = (line: string) => branding({ texts: { en: { ...text, contact: line }, de: text } });

test.each([
  ['plain text', contact('Questions? IT desk, extension 4711')],
  ['a link to an own host', contact('More at https://it.example.org/phishing')],
  ['a dark colour', branding({ colour: '#0B6E7F' })],
  ['a picture', branding({ logo: logoOf(PNG) })],
])('%s is accepted', (_, value) => {
  expect(() => checkedBranding(value, OWN)).not.toThrow();
});

test.each([
  ['a link to a foreign host', contact('https://evil.example/login'), 'your own domains'],
  ['a host that only ends alike', contact('https://notexample.org/'), 'your own domains'],
  ['an own host in the name part', contact('https://example.org@evil.example/'), 'your own domains'],
  ['plain http', contact('http://it.example.org/'), 'https://'],
  ['a bare www', contact('see www.evil.example'), 'https://'],
  ['another scheme', contact('javascript://example.org/%0aalert(1)'), 'https://'],
  ['markup', contact('<b>IT</b>'), 'plain'],
  ['a hidden change of the reading order', contact('IT \u202egro.elpmaxe'), 'one plain line'],
  ['two lines', contact('IT\nYou are fired'), 'one plain line'],
  ['a colour that nobody can read on', branding({ colour: '#ffee00' }), 'darker'],
  ['a drawing that can run', branding({ logo: logoOf(Buffer.from('<svg onload=alert(1)>')) }), 'kind of picture'],
  ['a page that calls itself a picture', branding({ logo: logoOf(Buffer.from('<!doctype html>')) }), 'kind of picture'],
  ['a large picture', branding({ logo: logoOf(Buffer.concat([PNG, Buffer.alloc(51_200)])) }), '50 KB'],
  ['nothing', branding({ logo: 'data:image/png;base64,' }), 'PNG, JPEG or WebP'],
])('%s is refused', (_, value, said) => {
  expect(() => checkedBranding(value, OWN)).toThrow(said);
});

test('contrast is that of WCAG', () => {
  expect(contrastWithWhite('#000000')).toBeCloseTo(21, 5);
  expect(contrastWithWhite('#ffffff')).toBeCloseTo(1, 5);
  expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
  expect(pictureOf(logoOf(PNG)).type).toBe('image/png');
});

describe('a pane', () => {
  const world = (value: BrandingSettings) => ({
    settings: { get: async () => value as never },
    now: () => new Date(),
  });
  const view = { ...blankView('sub_1'), status: 'concluded' as const };
  const danger = { ...view, pane: { title: 'x', tone: 'danger' as const, lines: [] } };
  const full = branding({
    colour: '#0b6e7f',
    logo: logoOf(PNG),
    texts: { en: { contact: 'Ask IT', thanks: 'Thank you from IT' }, de: { contact: 'IT fragen', thanks: '' } },
  });

  test('shows name, colour, the address of the logo and whom to ask, in the language of the reporter', async () => {
    const brand = (await withBrand(world(full), view, 'de-AT')).pane.brand;
    expect(brand).toMatchObject({ organisation: 'Example', colour: '#0b6e7f', contact: 'IT fragen' });
    expect(brand?.logo).toMatch(/^\/addins\/brand\/logo\?v=[0-9a-f]{16}$/);
    expect((await withBrand(world(full), view, 'en')).pane.brand?.contact).toBe('Ask IT');
  });

  test('thanks where something was found, and only there', async () => {
    expect((await withBrand(world(full), danger, 'en')).pane.brand?.thanks).toBe('Thank you from IT');
    expect((await withBrand(world(full), view, 'en')).pane.brand?.thanks).toBeUndefined();
  });

  test('has none where nothing is set', async () => {
    expect((await withBrand(world(branding({ organisation: '' })), view, 'en')).pane).toEqual(view.pane);
  });
});
