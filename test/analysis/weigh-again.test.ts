import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadModel } from '../../server/analysis/analyse.ts';
import { concludeWeighed, weigh } from '../../server/analysis/conclude.ts';
import { FEATURES_VERSION } from '../../server/analysis/model/features.ts';
import { packFeatures, unpackFeatures } from '../../server/analysis/model/packed-features.ts';
import { score } from '../../server/analysis/model/score.ts';
import { observe } from '../../server/analysis/observe.ts';
import { keepMail, type WeighAgain, weighAgain, withoutPassages } from '../../server/analysis/weigh-again.ts';
import { offlineResolve } from '../../server/lookups/dns.ts';
import { authenticate } from '../../server/message/authentication.ts';
import { parseMessage } from '../../server/message/parse.ts';

const model = loadModel(new Uint8Array(readFileSync(join(process.cwd(), 'server/analysis/models/default.bin'))));
const folder = join(process.cwd(), 'test/fixtures/mail');
const now = new Date('2026-11-20T09:00:00Z');
const own = ['example.org'];

async function seen(name: string) {
  const raw = new Uint8Array(readFileSync(join(folder, name)));
  const message = await parseMessage(raw);
  const authentication = await authenticate(raw, message, {
    resolve: offlineResolve,
    trustedAuthservIds: ['mx.example.org'],
    now,
  });
  const campaign = { distinctMessages: 1, sharedWithConfirmed: [] };
  const observation = observe(message, authentication, { now, ownDomains: own, registry: [], campaign });
  const weighed = weigh(observation, model);
  const mail = keepMail(message, own);
  const features = unpackFeatures(packFeatures(observation.features));
  return { message, observation, weighed, kept: { mail, weighed: withoutPassages(weighed), features, authentication } };
}

const world = (change: Partial<WeighAgain> = {}, lists: Partial<WeighAgain['lists']> = {}): WeighAgain => ({
  model,
  local: null,
  lists: { now, ownDomains: own, allowPolicies: [], blockEntries: [], registry: [], ...lists },
  known: [],
  ...change,
});

const fixtures = readdirSync(folder).filter((name) => name.endsWith('.eml'));

test('nothing has changed: every mail is judged as it was, without its body', async () => {
  for (const name of fixtures) {
    const { weighed, kept } = await seen(name);
    const before = concludeWeighed(weighed, {});
    const after = concludeWeighed(weighAgain(kept, world()), {});
    expect([name, after.disposition, after.definitive]).toEqual([name, before.disposition, before.definitive]);
    expect(after.margin).toBeCloseTo(before.margin, 6);
    expect(after.spamScore).toBeCloseTo(before.spamScore, 6);
    expect(after.findings.map(({ id }) => id).sort()).toEqual(before.findings.map(({ id }) => id).sort());
  }
});

test('what is kept has no word of the content', async () => {
  for (const name of fixtures) {
    const { message, kept } = await seen(name);
    const text = JSON.stringify([kept.mail, kept.weighed]).toLowerCase();
    const sentences = message.visibleText
      .split(/[.!?\n]/)
      .map((sentence) => sentence.trim().toLowerCase())
      .filter((sentence) => sentence.length > 30 && !message.subject.toLowerCase().includes(sentence));
    for (const sentence of sentences) expect(text).not.toContain(sentence);
    for (const link of message.links)
      if (/[?/].{8}/.test(link.target.slice(8))) expect(text).not.toContain(link.target.toLowerCase());
  }
});

test('a block entry that comes later sets its floor: sender, domain, host of a link, attachment, subject', async () => {
  const { message, kept } = await seen('invoice-pdf.eml');
  const from = message.headerFrom[0]!;
  const values = [
    ['address', from.address],
    ['domain', from.domain],
    ['sha256', message.attachments[0]!.sha256],
    ['pattern', message.subject.slice(0, 8).replace(/[^\w ]/g, '.')],
  ] as const;
  for (const [kind, value] of values) {
    const blocked = weighAgain(kept, world({}, { blockEntries: [{ id: 'b', kind, value, disposition: 'SPAM' }] }));
    expect([kind, concludeWeighed(blocked, {}).disposition, blocked.attributes]).toEqual([
      kind,
      'SPAM',
      expect.arrayContaining(['CUSTOM_BLOCK_LIST']),
    ]);
    const unblocked = weighAgain({ ...kept, weighed: blocked }, world());
    expect(unblocked.floor).toBeNull();
    expect(unblocked.attributes).not.toContain('CUSTOM_BLOCK_LIST');
  }
});

test('a proof of a confirmed case is definitive; what only associates is not', async () => {
  const { kept } = await seen('account-lure.eml');
  const proof = { ...kept.mail.indicators.find(({ kind }) => kind === 'url' || kind === 'host')!, proof: true };
  const bad = weighAgain(kept, world({ known: [proof] }));
  expect(concludeWeighed(bad, {})).toMatchObject({ disposition: 'MALICIOUS', definitive: true });
  const near = weighAgain(kept, world({ known: [{ ...proof, proof: false }] }));
  expect(near.definitive).toBe(false);
  expect(near.campaign?.sharedWithConfirmed).toHaveLength(1);
});

test('a sender is never held against their own proven pages', async () => {
  const { kept } = await seen('newsletter.eml');
  const host = kept.mail.indicators.find(({ kind }) => kind === 'host');
  if (!host) throw new Error('the fixture has no link');
  const proven = { ...kept.authentication, state: 'pass' as const };
  const mail = { ...kept.mail, from: [{ name: '', address: `news@${host.value}`, domain: host.value }] };
  const weighed = weighAgain({ ...kept, mail, authentication: proven }, world({ known: [{ ...host, proof: true }] }));
  expect(weighed.findings.map(({ id }) => id)).not.toContain('intel.known_bad');
});

test('another table of weights moves the margin, and takes its share back when it goes', async () => {
  const { kept, weighed } = await seen('account-lure.eml');
  const local = {
    version: 3,
    baseDigest: '',
    features: FEATURES_VERSION,
    malicious: new Int8Array(1 << 16).fill(127),
    unwanted: new Int8Array(1 << 16),
    scale: { malicious: 1, unwanted: 1 },
  };
  const taught = weighAgain(kept, world({ local }));
  expect(taught.local?.malicious).toBeGreaterThan(1);
  expect(taught.model).toBe(`${model.name}+local-3`);
  const back = weighAgain({ ...kept, weighed: taught }, world());
  expect(back.local).toBeUndefined();
  expect(concludeWeighed(back, {}).margin).toBeCloseTo(concludeWeighed(weighed, {}).margin, 6);
});

test('kept features weigh what the whole ones weigh, in fewer bytes', async () => {
  let whole = 0;
  let packed = 0;
  for (const name of fixtures) {
    const { observation } = await seen(name);
    const bytes = packFeatures(observation.features);
    packed += bytes.length;
    whole += 4 * Object.values(observation.features).reduce((sum, { length }) => sum + length, 0);
    const again = score(model, unpackFeatures(bytes)!, []);
    expect(again.margin).toBeCloseTo(score(model, observation.features, []).margin, 9);
  }
  expect(packed).toBeLessThan(whole * 0.85);
});

test('bytes that are no features are none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const features = unpackFeatures(bytes);
      return features === null || Object.values(features).every((group) => group.every((hash) => hash < 2 ** 24));
    }),
  );
  expect(unpackFeatures(new Uint8Array([FEATURES_VERSION + 1]))).toBeNull();
  expect(unpackFeatures(new Uint8Array([FEATURES_VERSION, 255, 255, 255, 255, 15]))).toBeNull();
});
