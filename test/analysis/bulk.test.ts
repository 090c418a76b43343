import { offersUnsubscribe } from '../../server/analysis/bulk.ts';
import { mail } from './mail.ts';

test('a way out is a header, or words with something to press; asking for an answer is none', async () => {
  expect(offersUnsubscribe(await mail({ headers: { 'List-Unsubscribe': '<https://example.net/out>' } }))).toBe(true);
  expect(offersUnsubscribe(await mail({ text: 'Unsubscribe: https://example.net/out' }))).toBe(true);
  expect(offersUnsubscribe(await mail({ text: 'Reply "remove" to opt out.' }))).toBe(false);
  expect(offersUnsubscribe(await mail({ text: 'See https://example.net/' }))).toBe(false);
});
