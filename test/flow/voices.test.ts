/** Voices, exercises and lists on the whole house: through the doors, the queue and the worker. */
import type { VerdictExport } from '../../shared/verdict-export.ts';
import { House } from './house.ts';
import { lure } from './mail.ts';

let house: House;
beforeAll(async () => {
  house = await House.start();
});
afterAll(() => house.stop());

test('a second reporter is heard in the first one’s view; an exercise is praised and stays; both can be replayed', async () => {
  const id = '<voices@micros0ft-login.test>';
  for (const person of ['ana@example.org', 'ben@example.org']) house.simulator.deliver(person, lure(id));
  const first = await house.report('ana@example.org', id);
  expect(await house.untilConcluded(first)).toMatchObject({ reporter_unit: 0, outcome_disposition: 'MALICIOUS' });
  const second = await house.untilConcluded(await house.report('ben@example.org', id));
  expect(second.reporter_unit).toBeCloseTo(0.53, 1);
  await house.until(async () => (await house.view(first)).reporter_unit === second.reporter_unit);

  const listed = await house.fetch('/api/v1/settings/simulations/csv', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'value,header_name\r\n192.0.2.0/24,X-Exercise\r\n',
  });
  expect(await listed.json()).toEqual({ added: 1, changed: 0, unchanged: 0 });
  const exercise = lure('<drill@drills.example>', undefined, 'on Thursday').replace(
    '\r\nFrom:',
    '\r\nX-Exercise: 1\r\nFrom:',
  );
  house.simulator.deliver('ana@example.org', exercise);
  const drill = await house.untilConcluded(await house.report('ana@example.org', '<drill@drills.example>'));
  expect(drill).toMatchObject({
    outcome_disposition: 'NONE',
    simulation: true,
    psr: { action: 'none', reason: 'simulation' },
    pane: { title: 'Well spotted: this was an exercise', tone: 'ok' },
  });

  for (const submission of [first, drill.id]) {
    const verdict = (await (
      await house.fetch(`/api/v1/submissions/${submission}/verdict?recompute=1`)
    ).json()) as VerdictExport;
    expect(verdict).toMatchObject({ replay: 'same', differences: [] });
  }
  const eml = await house.fetch(`/api/v1/submissions/${first}/eml`);
  expect(eml.headers.get('content-type')).toBe('message/rfc822');
  expect(await eml.text()).toMatch(/^X-Area1Security-Disposition: MALICIOUS\r\n/);
});
