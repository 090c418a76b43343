import fc from 'fast-check';
import { read, write } from '../../outlook-addin/handover.ts';

test('what the handler writes the pane reads', () => {
  const sent = { reportId: 'sub_1', known: true };
  expect(read(write(sent))).toEqual(sent);
  const pending = {
    pending: { key: 'k', type: 'spam' as const, comment: 'c', exposure: [] },
    trouble: 'offline' as const,
  };
  expect(read(write(pending))).toEqual(pending);
});

test.each([
  '',
  'null',
  '1',
  '{"v":2,"reportId":"sub_1"}',
  '{"v":1}',
  '{"v":1,"pending":{"key":"k"}}',
  '{"v":1,"pending":{"key":"k","type":"nuke"}}',
  '{"v":1,"pending":{"key":1,"type":"phish"}}',
])('%s is nothing of ours', (text) => {
  expect(read(text)).toBeNull();
});

test('a trouble of a later version is still a trouble', () => {
  expect(read('{"v":1,"pending":{"key":"k","type":"phish"},"trouble":"from_the_future"}')).toMatchObject({
    trouble: 'office_silent',
  });
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void read(text)));
});
