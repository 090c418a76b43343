import type { Authentication } from '../../server/message/authentication-state.ts';
import { parseMessage } from '../../server/message/parse.ts';
import {
  belongsTo,
  type Campaign,
  campaignOf,
  campaignTaken,
  THETA_CAMPAIGN,
} from '../../server/retraction/campaign.ts';

const AT = '2026-11-20T09:00:00Z';
const HOUR = 3_600_000;

const state = (word: Authentication['state']): Authentication => ({
  state: word,
  spf: null,
  dkim: [],
  dmarc: null,
  source: 'trusted_header',
  mismatch: false,
  missing: [],
});

const message = (person: string, text = 'Your parcel waits. Pay the fee at the address below before Friday evening.') =>
  parseMessage(
    Buffer.from(
      [
        'From: Parcel <parcel@lure.example>',
        `To: ${person} <${person.toLowerCase()}@example.org>`,
        `Subject: ${person}, your parcel ${person.length}`,
        `Message-ID: <${person}@lure.example>`,
        '',
        `Dear ${person},`,
        text,
        `http://lure.example/pay?c=${Buffer.from(`${person}0`).toString('hex')}9`,
        '',
      ].join('\r\n'),
    ),
  );

async function campaign(word: Authentication['state'] = 'fail', receivedAt: string | null = AT, hours?: number) {
  return campaignOf(
    { message: await message('Ana'), authentication: state(word), own: ['ana@example.org'], receivedAt },
    hours,
  );
}

async function held(against: Campaign | null, word: Authentication['state'], atMs = 0, text?: string) {
  const other = campaignOf({
    message: await message('Benjamin', text),
    authentication: state(word),
    own: ['benjamin@example.org'],
    receivedAt: AT,
  });
  const receivedAt = new Date(Date.parse(AT) + atMs).toISOString();
  const belonging = await belongsTo(against!, { print: other!.print, receivedAt }, () => state(word));
  return belonging.is === 'near' ? belonging.reason : belonging.is;
}

describe('a mail of the campaign', () => {
  test('is taken up to 72 hours before and after, and no longer', async () => {
    const judged = await campaign();
    for (const hours of [-72, 0, 72]) expect(await held(judged, 'fail', hours * HOUR)).toBe('same');
    for (const hours of [-73, 73]) expect(await held(judged, 'fail', hours * HOUR)).toBe('other');
    expect(await held(await campaign('fail', AT, 1), 'fail', 2 * HOUR)).toBe('other');
  });

  test.each<[Authentication['state'], Authentication['state'], string]>([
    ['fail', 'pass', 'authenticates_better'],
    ['fail', 'unknown', 'authenticates_better'],
    ['unknown', 'unknown', 'authenticates_better'],
    ['none', 'pass', 'authenticates_better'],
    ['pass', 'pass', 'same'],
    ['pass', 'fail', 'same'],
  ])('judged with %s, found with %s: %s', async (judged, other, expected) => {
    expect(await held(await campaign(judged), other)).toBe(expected);
  });

  test('is not what only looks like it', async () => {
    const words = Array.from({ length: 120 }, (_, at) => `depot${'abcdefghij'[at % 10]}${'klmnopqrstuv'[at % 12]}`);
    const long = `${words.join(' ')} `;
    const near = campaignOf({
      message: await message('Ana', long),
      authentication: state('fail'),
      own: ['ana@example.org'],
      receivedAt: AT,
    });
    expect(await held(near, 'fail', 0, `${long}It costs 3 euros.`)).toBe('similar_content');
    expect(await held(near, 'fail', 0, 'Minutes of Tuesday: nobody came, nothing was said.')).toBe('other');
  });
});

test('without an original, or with more than one author, there is no campaign', async () => {
  expect(await campaign('fail', null)).toBeNull();
  const two = await parseMessage(Buffer.from('From: a@a.example, b@b.example\r\n\r\nPay now.\r\n'));
  expect(campaignOf({ message: two, authentication: state('fail'), own: [], receivedAt: AT })).toBeNull();
});

test('the campaign is taken only where it is set and the machine alone is sure', async () => {
  const judged = await campaign();
  const taken = (marginWithoutReporter: number, definitive: boolean, scope: 'message' | 'campaign') =>
    campaignTaken({ marginWithoutReporter, definitive }, { scope }, judged) !== null;
  expect(THETA_CAMPAIGN).toBeCloseTo(3.892, 3);
  expect(taken(THETA_CAMPAIGN, false, 'campaign')).toBe(true);
  expect(taken(THETA_CAMPAIGN - 0.001, false, 'campaign')).toBe(false);
  expect(taken(-5, true, 'campaign')).toBe(true);
  expect(taken(9, true, 'message')).toBe(false);
  expect(campaignTaken({ marginWithoutReporter: 9, definitive: true }, { scope: 'campaign' }, null)).toBeNull();
});
