/**
 * Specification, section 11: preview. That a preview finds copies and moves none, with a row a copy, is in test/flow/policy.test.ts
 * and test/flow/delivery.test.ts; its precision against analysts' decisions is in the figures (test/spec/metrics.test.ts).
 */
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { stateOf } from '../../server/retraction/settle.ts';
import type { RetractionRow } from '../../server/store/retractions.ts';
import { DeliveryDesk, idOf } from '../delivery/delivery-desk.ts';
import { lure } from '../delivery/letters.ts';

let house: DeliveryDesk;
beforeAll(async () => {
  house = await DeliveryDesk.open(['ana']);
});
afterAll(() => house.close());

test('both PSR and PDR are in preview until somebody switches them on', () => {
  expect([DEFAULT_SETTINGS.psr.mode, DEFAULT_SETTINGS.pdr.mode]).toEqual(['preview', 'preview']);
});

test('while PDR is off, the audit log holds Preview entries of what it would have retracted', async () => {
  await house.world.settings.put('pdr', { mode: 'off' }, 'admin');
  const seen = await house.delivered('ana', lure({ id: 'off-1', subject: 'Action required: your password expires' }));
  const [line] = await house.audited('delivery.previewed');
  expect(line).toMatchObject({ subject_id: idOf(seen), detail: { operation: 'PREVIEW', destination: 'Quarantine' } });
  expect(await house.retraction(seen)).toBeNull();
});

test('while PSR is off, the audit log holds Preview entries of what it would have retracted', async () => {
  const psr = await house.world.settings.get('psr');
  await house.world.settings.put('psr', { ...psr, mode: 'off' }, 'admin');
  const id = await house.desk.report('ana', lure({ id: 'off-2', subject: 'Action required: your mailbox is full' }));
  expect(await house.desk.submission(id)).toMatchObject({ psr_action: 'none', psr_reason: 'no_action_configured' });
  const [line] = await house.audited('submission.previewed');
  expect(line).toMatchObject({
    subject_id: id,
    detail: { operation: 'PREVIEW', disposition: 'MALICIOUS', destination: 'Quarantine' },
  });
});

test('with MALICIOUS = No action a preview entry is written and nothing moves', async () => {
  const retraction = await house.world.settings.get('retraction');
  const destinations = { ...retraction.destinations, MALICIOUS: 'NoAction' as const };
  await house.world.settings.put('retraction', { ...retraction, destinations }, 'admin');
  const psr = await house.world.settings.get('psr');
  await house.world.settings.put('psr', { ...psr, mode: 'on' }, 'admin');
  const id = await house.desk.report(
    'ana',
    lure({ id: 'no-action-1', subject: 'Action required: your account is locked' }),
  );
  await house.world.settings.put('retraction', retraction, 'admin');
  const line = (await house.audited('submission.previewed')).find(({ subject_id }) => subject_id === id);
  expect(line?.detail).toMatchObject({ operation: 'PREVIEW', destination: 'NoAction' });
});

test('same pipeline with finds and without moves: a preview is done when every mailbox was searched', () => {
  const row = { state: 'running', preview: true, planned_at: new Date() } as RetractionRow;
  const progress = { unsearched: 0, pending: 3, open: 0, restoring: 0, unknown: 0 } as Parameters<typeof stateOf>[1];
  expect(stateOf(row, progress)).toBe('done');
  expect(stateOf({ ...row, preview: false }, progress)).toBe('running');
});
