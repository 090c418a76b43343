import fc from 'fast-check';
import { concludeWeighed, weigh } from '../../server/analysis/conclude.ts';
import { fitLocal, type LocalExample } from '../../server/analysis/local/fit.ts';
import {
  LOCAL_BUCKETS,
  LOCAL_MOST,
  type LocalTable,
  loadLocal,
  localShare,
  saveLocal,
} from '../../server/analysis/local/table.ts';
import { FEATURES_VERSION, type Features, GROUPS } from '../../server/analysis/model/features.ts';
import { observe } from '../../server/analysis/observe.ts';
import { H_MAX } from '../../server/analysis/reporter.ts';
import { THETA_MALICIOUS } from '../../server/analysis/thresholds.ts';
import { authentic, mail, shippedModel, worldOf } from './mail.ts';

const featuresOf = (hashes: number[]): Features =>
  Object.fromEntries(GROUPS.map((group) => [group, Uint32Array.from(hashes)])) as Features;

const flat = (weight: number, scale = 1): LocalTable => ({
  version: 3,
  baseDigest: 'base',
  features: FEATURES_VERSION,
  malicious: new Int8Array(LOCAL_BUCKETS).fill(weight),
  unwanted: new Int8Array(LOCAL_BUCKETS).fill(-weight),
  scale: { malicious: scale, unwanted: scale },
});

const example = (hashes: number[], target: number, weight = 1): LocalExample => ({
  features: featuresOf(hashes),
  base: { malicious: 0, unwanted: 0 },
  target: { malicious: target, unwanted: target },
  weight: { malicious: weight, unwanted: weight },
  pull: 0,
});
const silent = (hashes: number[]): LocalExample => ({
  ...example(hashes, 0, 0),
  target: { malicious: null, unwanted: null },
  pull: 1,
});
const head = { version: 1, baseDigest: 'base' };

test('whatever a table holds, its share stays within its bound', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -127, max: 127 }),
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      fc.array(fc.nat(), { maxLength: 300 }),
      (weight, scale, hashes) => {
        const share = localShare(flat(weight, scale), featuresOf(hashes));
        expect(Math.abs(share.malicious)).toBeLessThanOrEqual(LOCAL_MOST);
        expect(Math.abs(share.unwanted)).toBeLessThanOrEqual(LOCAL_MOST);
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});

test('table and crowd together do not lift a mail to MALICIOUS that the machine holds for clean', () => {
  // Without the crowd the shipped model must find it suspicious, with it at least P 0.14.
  expect(LOCAL_MOST).toBeLessThan(THETA_MALICIOUS);
  expect(THETA_MALICIOUS - LOCAL_MOST - H_MAX).toBeGreaterThan(-2);
});

test('a table survives its own bytes, and other bytes are refused', () => {
  const table = { ...flat(7), malicious: new Int8Array(LOCAL_BUCKETS).map((_, at) => at % 251) };
  const bytes = saveLocal(table);
  expect(loadLocal(bytes)).toEqual(table);
  expect(loadLocal(Buffer.from(bytes))).toEqual(table);
  expect(() => loadLocal(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
  expect(() => loadLocal(new Uint8Array(40))).toThrow(RangeError);
  expect(() => loadLocal(new Uint8Array(0))).toThrow(RangeError);
});

test('training moves what the labels say, leaves what nobody spoke of, and does the same twice', () => {
  const labels = [example([1, 2, 3], 0.95), example([1, 2, 4], 0.95), example([8, 9], 0.05)];
  const anchors = [silent([20, 21, 3]), silent([30, 31])];
  const table = fitLocal([...anchors, ...labels], head);
  const share = (hashes: number[]) => localShare(table, featuresOf(hashes)).malicious;
  expect(share([1, 2, 5])).toBeGreaterThan(0.3);
  expect(share([8, 9])).toBeLessThan(-0.3);
  expect(Math.abs(share([30, 31]))).toBeLessThan(0.05);
  expect(share([40, 41])).toBe(0);
  expect(Buffer.from(saveLocal(fitLocal([...anchors, ...labels], head))).equals(Buffer.from(saveLocal(table)))).toBe(
    true,
  );
});

test('labels that agree with a sure model move nothing', () => {
  const sure = { ...example([1, 2, 3], 0.95), base: { malicious: 6, unwanted: 6 } };
  const table = fitLocal([sure, silent([9])], head);
  expect(localShare(table, featuresOf([1, 2, 3]))).toEqual({ malicious: 0, unwanted: 0 });
});

test('a lighter label moves less, and without labels a table says nothing', () => {
  const moved = (weight: number) =>
    localShare(fitLocal([example([1, 2, 3], 0.95, weight)], head), featuresOf([1, 2, 3])).malicious;
  expect(moved(0.1)).toBeLessThan(moved(1));
  expect(moved(0.1)).toBeGreaterThan(0);
  const empty = fitLocal([silent([1, 2, 3])], head);
  expect(localShare(empty, featuresOf([1, 2, 3]))).toEqual({ malicious: 0, unwanted: 0 });
});

test('a verdict names the table, carries its share, and no family speaks because of it', async () => {
  const seen = observe(await mail({ subject: 'Lunch', text: 'Shall we meet at noon?' }), authentic(), worldOf());
  const plain = concludeWeighed(weigh(seen, shippedModel()), {});
  const weighed = weigh(seen, shippedModel(), flat(127, 5));
  const taught = concludeWeighed(weighed, {});
  expect(plain.localUnit).toBeUndefined();
  expect(taught.model).toBe(`${plain.model}+local-3`);
  expect(taught.localUnit).toBeCloseTo(LOCAL_MOST, 2);
  expect(taught.margin - plain.margin).toBeCloseTo(taught.localUnit!, 6);
  expect(taught.marginWithoutReporter).toBe(taught.margin);
  expect(taught.spamScore).toBeLessThan(plain.spamScore);
  expect(taught.families).toEqual(plain.families);
  expect(taught.disposition).not.toBe('MALICIOUS');
  // Kept with the verdict, it is replayed without the table.
  expect(concludeWeighed(JSON.parse(JSON.stringify(weighed)), {})).toEqual(taught);
});
