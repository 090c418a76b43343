import { readConfiguration } from '../../outlook-addin/configuration.ts';
import { themeOf } from '../../outlook-addin/theme.ts';

test.each([
  ['#ffffff', 'light'],
  ['#1f1f1f', 'dark'],
  ['000', 'dark'],
  ['#FAF9F8', 'light'],
  ['#0a0a0aff', 'dark'],
  ['', null],
  ['white', null],
  ['#12', null],
])('a background of %s is %s', (background, theme) => {
  expect(themeOf(background)).toBe(theme);
});

const whole = { origin: 'https://reelback.example/', clientId: 'c', authority: 'https://login.example/t', scope: 's' };

test('settings come as an object or as JSON, without a slash behind the origin', () => {
  const read = { ...whole, origin: 'https://reelback.example', maxMessageBytes: 31_457_280 };
  expect(readConfiguration(whole)).toEqual(read);
  expect(readConfiguration(JSON.stringify(whole))).toEqual(read);
  expect(readConfiguration({ ...whole, maxMessageBytes: 1000 })?.maxMessageBytes).toBe(1000);
});

test.each([[null], ['{}'], ['{'], [{ ...whole, scope: '' }], [{ ...whole, clientId: 1 }]])(
  '%j is no setting',
  (given) => {
    expect(readConfiguration(given)).toBeNull();
  },
);
