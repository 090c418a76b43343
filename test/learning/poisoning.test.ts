/** Somebody teaches lies, as much as the caps allow and more: what is bounded by construction, and what is refused. */
import { LOCAL_MOST, localShare } from '../../server/analysis/local/table.ts';
import { type Known, measure } from '../../server/learning/prepare.ts';
import { objectionsTo, SHIFT_MOST, VALIDATION_FALL } from '../../server/learning/promotion.ts';
import { choose, type LearningSample, type SampleKind, type SampleLabel } from '../../server/learning/samples.ts';
import { type SeenMail, seenWritten } from '../../server/learning/seen-mail.ts';
import { shippedModel } from '../analysis/mail.ts';

// Written mail by the hundred is read first, on a machine that may be busy.
jest.setTimeout(90_000);

const NOW = new Date('2026-11-20T09:00:00Z');
let anchors: SeenMail[];
let validation: SeenMail[];
let mails: SeenMail[];
beforeAll(async () => {
  anchors = await seenWritten(120, 60_101, shippedModel());
  validation = await seenWritten(240, 60_102, shippedModel());
  mails = await seenWritten(160, 60_103, shippedModel());
});

let next = 0;
const labelled = (mail: SeenMail, kind: SampleKind, label: SampleLabel, by: string): [LearningSample, SeenMail] => {
  const id = `msg_${++next}`;
  const at = new Date(NOW.getTime() - next * 1_000);
  return [
    { clusterId: id, messageId: id, sha256: id, kind, label, by, at, model: null, margin: null },
    { ...mail, label },
  ];
};

/** As it is trained: chosen within the caps, then measured. */
function taught(said: readonly [LearningSample, SeenMail][]) {
  const mailOf = new Map(said.map(([{ clusterId }, mail]) => [clusterId, mail]));
  const { samples } = choose(
    said.map(([sample]) => sample),
    NOW,
  );
  const known: Known[] = samples.map((sample) => ({ sample, mail: mailOf.get(sample.clusterId) as SeenMail }));
  const head = { version: 1, baseDigest: 'base' };
  return measure(known, { anchors, validation }, { table: null, until: null }, head);
}

const of = (label: SampleLabel) => mails.filter((mail) => mail.label === label);
const other = (label: SampleLabel): SampleLabel => (label === 'malicious' ? 'benign' : 'malicious');

describe.each<[string, SampleLabel]>([
  ['phish called clean', 'malicious'],
  ['clean mail called phish', 'benign'],
])('%s', (_, truth) => {
  const lie = (kind: SampleKind, count: number, by: string, one: boolean) =>
    Array.from({ length: count }, (_x, at) => {
      const pool = of(truth);
      return labelled(pool[one ? 0 : at % pool.length] as SeenMail, kind, other(truth), by);
    });

  test.each([
    ['one campaign', true],
    ['all there is', false],
  ])('by a reporter at full cap, %s: the validation mail hardly moves', (_name, one) => {
    const { evaluation } = taught(lie('confirmed', 200, 'attacker', one));
    const { base, candidate, shift } = evaluation.validation;
    expect(base.caught - candidate.caught).toBeLessThanOrEqual(VALIDATION_FALL * base.phish);
    expect(candidate.flagged).toBeLessThanOrEqual(base.flagged);
    expect(Math.abs(shift.phish)).toBeLessThan(0.2);
    expect(Math.abs(shift.legitimate)).toBeLessThan(0.2);
    // And without a word of the team nothing is promoted at all.
    expect(objectionsTo(evaluation)).toContain('too_few_labels');
  });

  test('by ten reporters in league, beside an honest team: within the bound, or refused', () => {
    const team = mails.slice(80, 110).map((mail) => labelled(mail, 'team', mail.label, 'chris'));
    const league = Array.from({ length: 10 }, (_x, at) => lie('confirmed', 20, `attacker ${at}`, false)).flat();
    hold(taught([...team, ...league]).evaluation);
  });

  test('by somebody with a stolen account of the team: within the bound, or refused; and no mail moves further than the table may', () => {
    const { table, evaluation } = taught(lie('team', 60, 'stolen', false));
    hold(evaluation);
    for (const { features } of [...validation, ...mails])
      expect(Math.abs(localShare(table, features).malicious)).toBeLessThanOrEqual(LOCAL_MOST);
  });
});

/** What the house promises: a version that is allowed to judge has lost no more than this. */
function hold(evaluation: ReturnType<typeof taught>['evaluation']): void {
  const { base, candidate, shift } = evaluation.validation;
  const within =
    base.caught - candidate.caught <= VALIDATION_FALL * base.phish &&
    candidate.flagged <= base.flagged &&
    candidate.malicious <= base.malicious &&
    shift.phish >= -SHIFT_MOST &&
    shift.legitimate <= SHIFT_MOST;
  if (!within) expect(objectionsTo(evaluation)).not.toEqual([]);
  // A reporter's lies, or a whole stolen account: most of the validation is where it was.
  expect(base.caught - candidate.caught).toBeLessThanOrEqual(0.05 * base.phish);
  expect(candidate.flagged - base.flagged).toBeLessThanOrEqual(0.05 * base.legitimate);
}
