import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { FINDING_IDS } from '../../server/analysis/evidence/catalogue.ts';
import { FEATURES_VERSION } from '../../server/analysis/model/features.ts';
import { modelOf } from '../../server/analysis/model/fit.ts';
import { auc, falsePositivesAt, fitPlatt, recallAt } from '../../server/analysis/model/metrics.ts';
import { loadModel, type Model, saveModel } from '../../server/analysis/model/model.ts';
import { networkMargin } from '../../server/analysis/model/network.ts';
import { expandAll } from '../../server/analysis/model/quantise.ts';
import { random, shuffled } from '../../server/analysis/model/random.ts';
import { exampleOf, type Sample } from '../../server/analysis/model/sample.ts';
import { score } from '../../server/analysis/model/score.ts';
import { rawMargins, type Settings, settingsOf, trainWeights } from '../../server/analysis/model/train.ts';
import { observe } from '../../server/analysis/observe.ts';
import { writtenMails } from '../../server/analysis/training/written/compose.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { shippedModel } from './mail.ts';

/** Small enough for a test. */
const settingsFor = (seed: number): Settings => {
  const whole = settingsOf(seed);
  return {
    linear: { ...whole.linear, buckets: 1 << 12, epochs: 3 },
    network: { ...whole.network, buckets: 1 << 11, epochs: 2 },
  };
};
const settings = settingsFor(3);

async function samples(count: number, seed: number): Promise<Sample[]> {
  return Promise.all(
    writtenMails(count, seed).map(async ({ raw, label, language }) => {
      const message = await parseMessage(new TextEncoder().encode(raw));
      const seen = observe(message, withoutAuthentication(message), { now: new Date(0) });
      const rest = {
        cluster: message.sha256,
        source: '',
        sub: '',
        year: '',
        language,
        written: false,
        role: 'both' as const,
      };
      return { file: '', label, seen, ...rest };
    }),
  );
}

test('a model survives its own bytes, and other bytes are refused', () => {
  const model = shippedModel();
  const bytes = saveModel(model);
  // Tables by their bytes: toEqual would walk millions of numbers.
  const plain = ({ malicious, unwanted, network, ...rest }: Model) => ({
    ...rest,
    network: network && { ...network, vectors: Buffer.from(network.vectors.buffer).toString('base64').length },
    tables: [malicious, unwanted].map((table) => table.length),
  });
  expect(plain(loadModel(bytes))).toEqual(plain(model));
  expect(Buffer.from(saveModel(loadModel(bytes))).equals(Buffer.from(bytes))).toBe(true);
  expect(() => loadModel(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
  expect(() => loadModel(Buffer.concat([bytes, Buffer.from([0])]))).toThrow(RangeError);
  const torn = Uint8Array.from(bytes);
  torn.fill(0x7b, 12, 40);
  expect(() => loadModel(torn)).toThrow(RangeError);
  expect(() => loadModel(new Uint8Array(20))).toThrow(RangeError);
  expect(() => loadModel(new Uint8Array(0))).toThrow(RangeError);
});

test.each(['default', 'permissive'])('the shipped model %s is small, named, and judges', async (name) => {
  const bytes = readFileSync(join(__dirname, `../../server/analysis/models/${name}.bin`));
  expect(bytes.length).toBeLessThan(8 << 20);
  const model = loadModel(new Uint8Array(bytes));
  expect(model.name).toMatch(new RegExp(`^${name}-\\d+$`));
  expect(model.card.features).toBe(FEATURES_VERSION);
  expect(model.platt.malicious.a).toBeGreaterThan(0);
  for (const weight of Object.values(model.findings)) expect(weight).toBeGreaterThanOrEqual(0);
  const margins = (await samples(150, 77)).map(({ seen, label }) => {
    return {
      label,
      margin: score(
        model,
        seen.features,
        seen.findings.map(({ id }) => id),
      ).margin,
    };
  });
  const of = (label: string) => margins.filter((each) => each.label === label).map((each) => each.margin);
  expect(auc(of('malicious'), of('benign'))).toBeGreaterThan(0.97);
});

test('only the default model was trained with phishing_pot', () => {
  const trainedOn = (name: string) =>
    Object.keys(
      loadModel(new Uint8Array(readFileSync(join(__dirname, `../../server/analysis/models/${name}.bin`)))).card.trained,
    );
  expect(trainedOn('default')).toContain('malicious: phishing_pot');
  expect(trainedOn('permissive').filter((source) => source.includes('phishing_pot'))).toEqual([]);
});

test('training learns, and twice with one seed learns the same', async () => {
  const train = (await samples(200, 1)).map(exampleOf);
  const once = trainWeights(train, settings);
  const twice = trainWeights(train, settings);
  expect(Buffer.from(once.table.buffer).equals(Buffer.from(twice.table.buffer))).toBe(true);
  expect(twice.findings).toEqual(once.findings);
  expect(twice.network).toEqual(once.network);
  const other = trainWeights(train, settingsFor(4));
  expect(Buffer.from(once.table.buffer).equals(Buffer.from(other.table.buffer))).toBe(false);
  const margins = train.map((example) => ({ ...rawMargins(once, example), label: example.malicious.label }));
  const of = (label: 0 | 1) => margins.filter((each) => each.label === label).map((each) => each.malicious);
  expect(auc(of(1), of(0))).toBeGreaterThan(0.97);
});

test('what quantised weights say is what the weights said', async () => {
  const train = (await samples(120, 5)).map(exampleOf);
  const weights = trainWeights(train, settings);
  const platt = { malicious: { a: 1, b: 0 }, unwanted: { a: 1, b: 0 } };
  const model = modelOf(weights, platt, 'own', { seed: 3, features: 0, trained: {}, metrics: {} });
  const apart = train.map(({ features }) => {
    const { malicious } = rawMargins(weights, { features, findings: [] });
    return Math.abs(score(model, features, []).margin - Math.max(-12, Math.min(12, malicious)));
  });
  expect(Math.max(...apart)).toBeLessThan(0.5);
  expect(apart.reduce((a, b) => a + b, 0) / apart.length).toBeLessThan(0.1);
});

test('one finding more never lowers the margin', async () => {
  const model = shippedModel();
  const some = await samples(8, 8);
  for (const { seen } of some) {
    const ids = seen.findings.map(({ id }) => id);
    const { margin } = score(model, seen.features, ids);
    for (const id of FINDING_IDS)
      expect(score(model, seen.features, [...ids, id]).margin).toBeGreaterThanOrEqual(margin);
  }
});

test('the shares of the groups, the network and the bias make the margin', async () => {
  const model = shippedModel();
  const platt = model.platt.malicious;
  for (const { seen } of await samples(12, 12)) {
    const { margin, shares } = score(model, seen.features, []);
    const sum = Object.values(shares).reduce((a, b) => a + b, 0);
    expect(Number.isFinite(sum)).toBe(true);
    // Linear shares, findings and bias add up; what the network says of several groups together is in no single share.
    const network = model.network as NonNullable<typeof model.network>;
    const linear = score({ ...model, network: null }, seen.features, []);
    const whole = Object.values(linear.shares).reduce((a, b) => a + b, 0) + platt.a * model.bias.malicious + platt.b;
    expect(linear.margin).toBeCloseTo(Math.max(-12, Math.min(12, whole)), 6);
    const said =
      platt.a *
      network.share *
      networkMargin(expandAll(network.vectors, network.scale), network.layer, seen.features).margin;
    expect(margin).toBeCloseTo(Math.max(-12, Math.min(12, whole + said)), 6);
  }
});

test('written mails are the same for a seed, parse without defects and name both kinds', async () => {
  expect(writtenMails(50, 9)).toEqual(writtenMails(50, 9));
  const mails = writtenMails(400, 2);
  expect(new Set(mails.map(({ label }) => label))).toEqual(new Set(['malicious', 'spam', 'benign']));
  expect(new Set(mails.map(({ language }) => language)).size).toBe(7);
  for (const { raw } of mails) {
    const message = await parseMessage(new TextEncoder().encode(raw));
    expect(message.defects).toEqual([]);
    expect(message.headerFrom).toHaveLength(1);
    expect(message.visibleText.length).toBeGreaterThan(20);
    expect(message.visibleText).not.toMatch(/\{\w+\}/);
  }
});

test('area under the curve, recall and false positives on figures done by hand', () => {
  expect(auc([3, 4], [1, 2])).toBe(1);
  expect(auc([1, 3], [2, 2])).toBe(0.5);
  expect(auc([2], [2])).toBe(0.5);
  expect(recallAt([1, 2, 3, 4], [0, 0, 0, 2.5], 0)).toBe(0.5);
  expect(recallAt([1, 2, 3, 4], [0, 0, 0, 2.5], 0.25)).toBe(1);
  expect(falsePositivesAt([1, 2, 3, 4], [0, 1.5, 2, 5], 0.75)).toBe(0.5);
});

test('calibration finds the slope and shift that made the labels', () => {
  const draw = random(5);
  const margins = Array.from({ length: 20_000 }, () => draw() * 12 - 6);
  const labels = margins.map((m) => (draw() < 1 / (1 + Math.exp(-(1.5 * m - 0.7))) ? 1 : 0) as 0 | 1);
  const { a, b } = fitPlatt(margins, labels);
  expect(a).toBeCloseTo(1.5, 0);
  expect(b).toBeCloseTo(-0.7, 0);
});

test('an order drawn has every number once', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 300 }), (seed, length) => {
      expect([...shuffled(length, random(seed))].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
    }),
  );
});
