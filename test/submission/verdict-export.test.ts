import { exportMail, exportVerdict } from '../../server/submission/verdict-export.ts';
import { colleague, lure } from '../flow/mail.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const asked = (id: string, recompute = true, language = 'en') =>
  exportVerdict(desk.world, id, { recompute, language }).then((verdict) => verdict!);

test('a stored verdict is replayed, and the same today as long as nothing has changed', async () => {
  const id = await desk.report('ana', lure('<export-1@sender.test>', undefined, 'on Monday'));
  const verdict = await asked(id);
  expect(verdict).toMatchObject({
    replay: 'same',
    disposition: 'MALICIOUS',
    headers: [{ name: 'X-Area1Security-Disposition', value: 'MALICIOUS' }],
    recomputed: { disposition: 'MALICIOUS', margin: verdict.margin, model: verdict.model },
    differences: [],
  });
  expect((await asked(id, false)).recomputed).toBeUndefined();
  expect((await asked(id, false, 'de')).reasons[0]?.text).not.toBe(verdict.reasons[0]?.text);
});

test('a list entry, another voice: what makes the difference is named, and nothing is changed by asking', async () => {
  const raw = colleague('<export-2@sender.test>', 'Minutes of Friday').replaceAll(
    'ben@example.org',
    'ben@partner.example',
  );
  const id = await desk.report('ana', raw);
  await desk.lists.add('block_senders', { value: 'partner.example' }, 'admin');
  await desk.report('ben', `X-Copy: 1\r\n${raw}`);
  const verdict = await asked(id);
  expect(verdict.disposition).toBe('NONE');
  expect(verdict.recomputed).toMatchObject({ disposition: 'MALICIOUS', attributes: ['CUSTOM_BLOCK_LIST'] });
  expect(verdict.differences?.[0]).toEqual({ what: 'disposition', from: 'NONE', to: 'MALICIOUS' });
  expect(verdict.differences).toContainEqual({ what: 'floor', from: null, to: 'MALICIOUS' });
  expect(verdict.differences).toContainEqual({
    what: 'finding intel.block_list',
    from: null,
    to: 'ben@partner.example',
  });
  expect(verdict.differences?.find(({ what }) => what === 'reporters')).toMatchObject({ from: 0 });
  expect((await desk.verdict(id)).disposition).toBe('NONE');
});

test('the mail with the verdict on top; nothing of a submission that is not there', async () => {
  const id = await desk.report('ana', lure('<export-3@sender.test>', undefined, 'on Sunday'));
  const mail = Buffer.from((await exportMail(desk.world, id))!).toString();
  expect(mail.startsWith('X-Area1Security-Disposition: MALICIOUS\r\nReceived: ')).toBe(true);
  expect(await exportMail(desk.world, 'sub_nothing')).toBeNull();
  expect(await exportVerdict(desk.world, 'sub_nothing', { recompute: true, language: 'en' })).toBeNull();
});
