import { readDate } from '../../server/message/dates.ts';
import { decodeHeaderValue } from '../../server/message/encoded-words.ts';
import { readParameters } from '../../server/message/parameters.ts';
import { readReceived } from '../../server/message/received.ts';

test.each([
  ['=?utf-8?B?w6Q=?= =?utf-8?Q?=C3=B6?=', 'äö'],
  ['=?utf-8?B?w6Q=?= and =?utf-8?Q?=C3=B6?=', 'ä and ö'],
  ['=?utf-8?Q?=F0=9F=93?= =?utf-8?Q?=A6?=', '📦'],
  ['=?iso-8859-1?q?caf=E9_au_lait?=', 'café au lait'],
  ['=?utf-8*en?Q?x?=', 'x'],
  ['=?windows-1252?Q?=80?=', '€'],
  ['=?utf-8?Q?spaces in here?=', 'spaces in here'],
  ['=?utf-8?Q?=ZZ=4?=', '=ZZ=4'],
  ['=?utf-8?Q?a=0D=0ABcc: x?=', 'a Bcc: x'],
  ['=?utf-8?B?unclosed', '=?utf-8?B?unclosed'],
  ['=?utf-7?Q?+AOQ-?=', 'ä'],
  ['plain =?', 'plain =?'],
])('%s', (value, expected) => {
  expect(decodeHeaderValue(value)).toBe(expected);
});

test.each<[string, string, Record<string, string>]>([
  ['text/html; charset="UTF-8"', 'text/html', { charset: 'UTF-8' }],
  ['Text/Plain;charset=us-ascii (comment)', 'text/plain', { charset: 'us-ascii' }],
  ['multipart/mixed; boundary="a;b\\"c"', 'multipart/mixed', { boundary: 'a;b"c' }],
  ['application/pdf; name=my file.pdf', 'application/pdf', { name: 'my file.pdf' }],
  [`attachment; filename*0*=UTF-8''caf%C3; filename*1*=%A9; filename*2=".pdf"`, 'attachment', { filename: 'café.pdf' }],
  [`attachment; filename=plain.txt; filename*=utf-8''real.exe`, 'attachment', { filename: 'real.exe' }],
  ['attachment; filename="=?utf-8?Q?r=C3=A9?=.doc"', 'attachment', { filename: 'ré.doc' }],
  ['attachment; filename="C:\\temp\\a.doc"', 'attachment', { filename: 'C:\\temp\\a.doc' }],
  ['text/plain; charset=a; charset=b', 'text/plain', { charset: 'a' }],
  ['', '', {}],
])('%s', (header, value, parameters) => {
  const read = readParameters(header);
  expect(read.value).toBe(value);
  expect(Object.fromEntries(read.parameters)).toEqual(parameters);
});

test.each([
  ['Mon, 3 Mar 2025 10:12:40 +0100', '2025-03-03T09:12:40.000Z'],
  ['3 Mar 25 10:12 EST', '2025-03-03T15:12:00.000Z'],
  ['Mon, 03 March 2025 10:12:40 GMT', '2025-03-03T10:12:40.000Z'],
  ['03-Mar-2025 10:12:40 -0330', '2025-03-03T13:42:40.000Z'],
  ['2025-03-03T10:12:40Z', '2025-03-03T10:12:40.000Z'],
  ['Mon, 3 Mar 2025 10:12:40 +0000 (UTC)', '2025-03-03T10:12:40.000Z'],
  ['32 Mar 2025 10:12:40 +0000', undefined],
  ['sometime soon', undefined],
  ['', undefined],
])('date %j', (value, expected) => {
  expect(readDate(value)?.toISOString()).toBe(expected);
});

test.each([
  [
    'from mail.example.net (mail.example.net [203.0.113.7]) by mx.example.org with ESMTPS id 1; Mon, 3 Mar 2025 10:00:00 +0000',
    'mail.example.net',
    'mx.example.org',
    '203.0.113.7',
  ],
  [
    'from a (203.0.113.7) by X.mail.protection.outlook.com (10.0.0.1) with Microsoft SMTP Server; Mon, 3 Mar 2025 10:00:00 +0000',
    'a',
    'x.mail.protection.outlook.com',
    '203.0.113.7',
  ],
  [
    'from [198.51.100.1] (evil.example [203.0.113.7]) by mx.example.org; x',
    '198.51.100.1',
    'mx.example.org',
    '203.0.113.7',
  ],
  [
    'from [203.0.113.7] (port=1 helo=[198.51.100.1]) by mx.example.org; x',
    '203.0.113.7',
    'mx.example.org',
    '203.0.113.7',
  ],
  ['from h ([IPv6:2001:db8::7]) by mx.example.org; x', 'h', 'mx.example.org', '2001:db8::7'],
  ['by 2002:a05:6402:1234 with SMTP id x; Mon, 3 Mar 2025 10:00:00 +0000', null, '2002:a05:6402:1234', null],
  ['(qmail 1 invoked by uid 0); 3 Mar 2025 10:00:00 -0000', null, 'uid', null],
  ['nonsense', null, null, null],
])('Received: %s', (value, from, by, ip) => {
  const hop = readReceived(value);
  expect([hop.from, hop.by, hop.ip]).toEqual([from, by, ip]);
  expect(hop.raw).toBe(value);
});
