import { readAddressList } from '../../server/message/addresses.ts';

const read = (value: string) =>
  readAddressList(value).addresses.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`));

test.each([
  ['ana@example.org', ['ana@example.org']],
  ['Ana Novak <ana@Example.ORG>', ['Ana Novak <ana@example.org>']],
  ['"Novak, Ana" <ana@example.org>, ben@example.org', ['Novak, Ana <ana@example.org>', 'ben@example.org']],
  ['Novak, Ana <ana@example.org>', ['Novak, Ana <ana@example.org>']],
  ['"Ihr Team", <info@example.org>', ['Ihr Team <info@example.org>']],
  ['ana@example.org (Ana (the) Novak)', ['Ana (the) Novak <ana@example.org>']],
  [
    'Team: ana@example.org, Ben <ben@example.org>;, c@example.org',
    ['ana@example.org', 'Ben <ben@example.org>', 'c@example.org'],
  ],
  ['undisclosed-recipients:;', []],
  ['ana@example.org; ben@example.org', ['ana@example.org', 'ben@example.org']],
  ['"service@bank.example" <attacker@evil.example>, ""<>', ['service@bank.example <attacker@evil.example>']],
  ['"Bank <info@bank.example>" <x@evil.example>', ['Bank <info@bank.example> <x@evil.example>']],
  ['Bank <info@bank.example> <x@evil.example>', ['Bank <x@evil.example>']],
  ['<@relay.example,@second.example:ana@example.org>', ['ana@example.org']],
  ['=?utf-8?Q?Zo=C3=AB?= <z@example.org>', ['Zoë <z@example.org>']],
  ['"=?utf-8?Q?Zo=C3=AB?=" <z@example.org>', ['Zoë <z@example.org>']],
  [`=?utf-8?B?${Buffer.from('Bank <info@bank.example>').toString('base64')}?=`, ['Bank <info@bank.example>']],
  ['mailto:ana@example.org', ['ana@example.org']],
  ['"unclosed <x@y.example', ['"unclosed <x@y.example>']],
  ['ana@example.org ben@example.org', ['ben@example.org <ana@example.org>']],
  ['Just A Name', ['Just A Name']],
  ['"odd \\" quote" <a@b.example>', ['odd " quote <a@b.example>']],
  ['a@münchen.example', ['a@münchen.example']],
  ['', []],
])('%s', (value, expected) => {
  expect(read(Buffer.from(value, 'utf8').toString('latin1'))).toEqual(expected);
});

test('what is no address is told, and what is too much is cut', () => {
  expect(readAddressList('Just A Name').defects).toEqual(['bad_address']);
  expect(readAddressList('Just A Name').addresses[0]).toEqual({ name: '', address: 'Just A Name', domain: '' });
  const many = readAddressList('a@b.example, '.repeat(3_000));
  expect(many.addresses).toHaveLength(1_000);
  expect(many.defects).toEqual(['address_limit']);
});
