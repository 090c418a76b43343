import type { Figures } from '../../server/learning/figures.ts';
import { type Evaluation, objectionsTo } from '../../server/learning/promotion.ts';

const figures = (change: Partial<Figures> = {}): Figures => ({
  phish: 100,
  caught: 96,
  legitimate: 300,
  flagged: 3,
  malicious: 0,
  loss: 0.1,
  ...change,
});

interface Change {
  validation?: Partial<Figures>;
  validationToday?: Partial<Figures>;
  shift?: Partial<Evaluation['validation']['shift']>;
  labels?: Partial<Figures>;
  today?: Partial<Figures>;
}
const small = { phish: 8, caught: 4, legitimate: 8, flagged: 2, loss: 0.8 };
const evaluation = ({ validation, validationToday, shift, labels, today }: Change = {}): Evaluation => ({
  validation: {
    base: figures(),
    current: figures(validationToday),
    candidate: figures(validation),
    shift: { phish: 0, legitimate: 0, ...shift },
  },
  labels: {
    current: figures({ ...small, ...today }),
    candidate: figures({ ...small, caught: 6, loss: 0.5, ...labels }),
  },
});

test('a version that does better on labels it has not seen, and no worse anywhere, has nothing against it', () => {
  expect(objectionsTo(evaluation())).toEqual([]);
});

test.each<[string, Change, string[]]>([
  ['too little has been said', { labels: { phish: 5, legitimate: 4, flagged: 0, caught: 5 } }, ['too_few_labels']],
  ['its loss falls by less than a fiftieth', { labels: { loss: 0.79 } }, ['not_better']],
  ['a loss that is no number is no improvement', { labels: { loss: Number.NaN } }, ['not_better']],
  ['it is wrong more often', { labels: { caught: 3 } }, ['more_errors']],
  ['it flags more legitimate mail of the labels', { labels: { flagged: 3 } }, ['false_positives']],
  ['it calls legitimate mail of the labels malicious', { labels: { malicious: 1 } }, ['false_positives']],
  ['it flags more legitimate mail of the validation', { validation: { flagged: 4 } }, ['false_positives']],
  ['it calls legitimate mail of the validation malicious', { validation: { malicious: 1 } }, ['false_positives']],
  ['it misses phish of the validation', { validation: { caught: 95 } }, ['validation_fell']],
  ['it grows unsure of the validation', { validation: { loss: 0.12 } }, ['validation_fell']],
  ['it moves phish that nobody spoke of', { shift: { phish: -0.3 } }, ['moves_everything']],
  ['it moves legitimate mail that nobody spoke of', { shift: { legitimate: 0.3 } }, ['moves_everything']],
])('it does not judge when %s', (_, change, objections) => {
  expect(objectionsTo(evaluation(change))).toEqual(objections);
});

test('small steps down do not add up: each version is held against the shipped model, not against the last one', () => {
  const step = { validation: { caught: 95 }, validationToday: { caught: 95 } };
  expect(objectionsTo(evaluation(step))).toEqual(['validation_fell']);
});

test('false positives that today has already may stay, and no more come', () => {
  expect(objectionsTo(evaluation({ validation: { flagged: 5 }, validationToday: { flagged: 5 } }))).toEqual([]);
  expect(objectionsTo(evaluation({ validation: { flagged: 6 }, validationToday: { flagged: 5 } }))).toEqual([
    'false_positives',
  ]);
});
