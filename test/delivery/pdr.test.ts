import { FEATURES_VERSION } from '../../server/analysis/model/features.ts';
import type { KeptMail } from '../../server/analysis/weigh-again.ts';
import { noticeChange, sweepNext } from '../../server/delivery/sweep.ts';
import { EVALUATED_FOR_MS } from '../../server/delivery/world.ts';
import { getBlob } from '../../server/store/blobs.ts';
import { clusterOfMessage } from '../../server/store/clusters.ts';
import { recordDecision } from '../../server/store/decisions.ts';
import { writeIndicators } from '../../server/store/indicators.ts';
import { setRetractionState } from '../../server/store/retractions.ts';
import type { PdrSettings } from '../../shared/delivery.ts';
import { TENANT } from '../submission/desk.ts';
import { ask } from './ask.ts';
import { DeliveryDesk, idOf } from './delivery-desk.ts';
import { lure, ordinary } from './letters.ts';

let house: DeliveryDesk;
beforeAll(async () => {
  house = await DeliveryDesk.open();
});
afterAll(() => house.close());
beforeEach(() => mode('on'));

const mode = (value: PdrSettings['mode']) => house.world.settings.put('pdr', { mode: value }, 'admin');
const minutes = (n: number) => {
  house.desk.time = new Date(house.desk.time.getTime() + n * 60_000);
};
let serial = 0;
const fresh = (kind: 'lure' | 'ordinary', more = {}) => {
  serial += 1;
  // Numbers of a subject count as personal, words do not: each of these is a campaign of its own.
  const part = String.fromCharCode(97 + (serial % 26)).repeat(4);
  const letter = { id: `pdr-${serial}`, subject: `Your order of paper and toner, part ${part}`, ...more };
  return kind === 'lure'
    ? lure({ ...letter, subject: `Action required ${part}: your Microsoft 365 password expires today` })
    : ordinary(letter);
};

describe('when a mail is evaluated', () => {
  test('at 5 minutes, 12 hours and 24 hours after it was first seen, and then no more', async () => {
    const seen = await house.delivered('ana', fresh('ordinary'));
    const { first_seen_at: at } = await house.delivery(seen);
    const due: (number | null)[] = [];
    for (let look = 0; look < 4; look++) {
      const { due_at } = await house.delivery(seen);
      due.push(due_at && (due_at.getTime() - at.getTime()) / 60_000);
      if (!due_at) break;
      house.desk.time = due_at;
      await house.evaluate();
    }
    expect(due).toEqual([5, 720, 1440, null]);
  });

  test('a look that was asked for while one is under way is not lost', async () => {
    const seen = await house.delivered('ana', fresh('ordinary'));
    minutes(5);
    const judge = house.world.judge;
    await house.evaluate();
    await house.lookAgain((await clusterOfMessage(house.db, idOf(seen)))!);
    expect((await house.delivery(seen)).due_at).toEqual(house.desk.time);
    house.world.judge = judge;
    await house.evaluate();
    expect((await house.delivery(seen)).due_at).toEqual(
      new Date((await house.delivery(seen)).first_seen_at.getTime() + 43_200_000),
    );
  });
});

describe('what a new verdict does', () => {
  test('a list that changes retracts what it now calls malicious, once for all copies, and from known mailboxes first', async () => {
    const raw = fresh('ordinary', { host: 'blocked.supplier.example' });
    const seen = await house.delivered('ana', raw);
    await house.delivered('ben', raw);
    await house.sweep();
    const entry = await house.desk.lists.add(
      'block_senders',
      { kind: 'url_host', value: 'blocked.supplier.example' },
      'admin',
    );
    await house.sweep();
    await house.evaluate();
    const retraction = await house.retraction(seen);
    expect(retraction).toMatchObject({ cause: 'pdr', state: 'planned', preview: false, destination: 'Quarantine' });
    const scope = await ask<{ mailbox: string }>(
      house.db,
      'select mailbox from retraction_mailboxes where retraction_id = $1',
      retraction!.id,
    );
    expect(scope.map((one) => one.mailbox).sort()).toEqual(['ana@example.org', 'ben@example.org']);
    expect((await house.verdict(seen)).body).toMatchObject({
      disposition: 'MALICIOUS',
      attributes: ['CUSTOM_BLOCK_LIST'],
    });
    // No mailbox was asked in this test, so the body is not there; the verdict stands on what was kept.
    expect(await getBlob(house.db, (await house.message(seen)).sha256)).toBeNull();
    await house.desk.lists.remove('block_senders', entry.id, 'admin');
  });

  test('a model that was taught otherwise reaches stored mail, and only mail that it judges otherwise', async () => {
    const seen = await house.delivered('ana', fresh('ordinary'));
    await house.sweep();
    await house.evaluate();
    const before = await house.count('verdicts');
    house.taught = {
      version: 1,
      baseDigest: house.world.modelDigest,
      features: FEATURES_VERSION,
      malicious: new Int8Array(1 << 16),
      unwanted: new Int8Array(1 << 16),
      scale: { malicious: 1, unwanted: 1 },
    };
    await house.sweep();
    expect((await house.watching()).sweep).toMatchObject({ reason: 'model', ended_at: expect.any(String), changed: 0 });
    expect(await house.count('verdicts')).toBe(before);
    expect((await house.verdict(seen)).body.disposition).toBe('NONE');
    house.taught = null;
  });

  test('a confirmed case is found by its proofs, by index, whoever was not reported', async () => {
    const seen = await house.delivered('ana', fresh('ordinary', { host: 'parcel-notes.example' }));
    const other = await house.delivered('ben', fresh('ordinary', { host: 'good.supplier.example' }));
    const id = await house.desk.report('ida', fresh('lure', { host: '192.0.2.99' }));
    const reported = (await house.desk.submission(id)).message_id!;
    const kept = (await house.delivery(seen)).kept as KeptMail;
    const host = kept.indicators.find(({ kind }) => kind === 'host')!;
    await writeIndicators(house.db, TENANT, reported, [{ ...host, proof: true }], house.desk.time);
    await house.lookAgain(await house.desk.cluster(id));
    expect((await house.delivery(other)).due_at).not.toEqual(house.desk.time);
    expect((await house.delivery(seen)).due_at).toEqual(house.desk.time);
    await house.evaluate();
    expect((await house.verdict(seen)).body).toMatchObject({ disposition: 'MALICIOUS', definitive: true });
    expect(await house.retraction(seen)).toMatchObject({ cause: 'pdr', preview: false });
    expect(await house.retraction(other)).toBeNull();
    expect((await house.audited('delivery.rejudged')).at(-1)).toMatchObject({
      subject_id: idOf(seen),
      detail: { to: 'MALICIOUS' },
    });
  });

  test('a person who says that a seen mail is malicious has it retracted', async () => {
    const seen = await house.delivered('ana', fresh('ordinary', { host: 'third.supplier.example' }));
    const decision = {
      tenant: TENANT,
      messageId: idOf(seen),
      disposition: 'MALICIOUS' as const,
      by: 'analyst',
      at: house.desk.time,
    };
    await recordDecision(house.db, decision);
    await house.desk.learn();
    await house.lookAgain((await clusterOfMessage(house.db, idOf(seen)))!);
    await house.evaluate();
    expect((await house.verdict(seen)).body).toMatchObject({ disposition: 'MALICIOUS', decidedBy: 'analyst' });
    expect(await house.retraction(seen)).toMatchObject({ cause: 'pdr' });
  });
});

describe('one retraction', () => {
  test('of mail that is malicious at first sight has the cause auto', async () => {
    const seen = await house.delivered('ana', fresh('lure'));
    expect(await house.retraction(seen)).toMatchObject({ cause: 'auto', state: 'planned' });
  });

  test('is shared with a report: PSR joins it, and PDR joins that of PSR', async () => {
    const raw = fresh('lure');
    const seen = await house.delivered('ana', raw);
    const id = await house.desk.report('ben', raw);
    expect((await house.desk.submission(id)).retraction_id).toBe((await house.delivery(seen)).retraction_id);

    const other = fresh('lure', { host: '192.0.2.88' });
    const first = await house.desk.report('ben', other);
    const standing = (await house.desk.submission(first)).retraction_id;
    const later = await house.delivered('ana', other);
    await house.evaluate();
    minutes(5);
    await house.evaluate();
    expect((await house.delivery(later)).retraction_id).toBe(standing);
    expect(await house.delivery(later)).toMatchObject({ action: 'retract', reason: 'standing_retraction' });
  });

  test('takes a copy that comes when it is over already', async () => {
    const raw = fresh('lure');
    const seen = await house.delivered('ana', raw);
    const { id } = (await house.retraction(seen))!;
    await ask(house.db, 'update retractions set planned_at = $2 where id = $1', id, house.desk.time);
    await setRetractionState(house.db, id, { state: 'done', completedAt: house.desk.time });
    minutes(1);
    await house.delivered('ida', raw);
    await house.evaluate();
    expect(await house.retraction(seen)).toMatchObject({ id, state: 'running' });
    const scope = await ask<{ mailbox: string; state: string }>(
      house.db,
      'select mailbox, state from retraction_mailboxes where retraction_id = $1 order by mailbox',
      id,
    );
    expect(scope).toContainEqual({ mailbox: 'ida@example.org', state: 'open' });
  });

  test('that a person has put back is not begun again', async () => {
    const raw = fresh('lure');
    const seen = await house.delivered('ana', raw);
    const { id } = (await house.retraction(seen))!;
    await setRetractionState(house.db, id, { state: 'restored', decidedBy: 'analyst' });
    await house.delivered('ben', raw);
    await house.evaluate();
    expect(await house.delivery(seen)).toMatchObject({ action: 'none', reason: 'analyst_decided' });
  });
});

describe('held and previewed', () => {
  test('the pause of every retraction holds it', async () => {
    const retraction = await house.world.settings.get('retraction');
    await house.world.settings.put('retraction', { ...retraction, paused: true }, 'admin');
    const seen = await house.delivered('ana', fresh('lure'));
    await house.world.settings.put('retraction', { ...retraction, paused: false }, 'admin');
    expect(await house.retraction(seen)).toMatchObject({ state: 'held', reason: 'paused' });
  });

  test('the guard holds what too many mailboxes have', async () => {
    const guard = await house.world.settings.get('guard');
    await house.world.settings.put('guard', { ...guard, max_mailboxes: 1, max_share: 0.0001 }, 'admin');
    const seen = await house.seen(fresh('lure', { to: 'ana@example.org>, <ben' }), {
      mode: 'BCC',
      recipients: [],
      deliveredAt: null,
    });
    await house.world.settings.put('guard', guard, 'admin');
    expect(await house.retraction(seen)).toMatchObject({ state: 'held', reason: 'blast_radius' });
  });

  test('preview finds copies and moves none, and the audit log says PREVIEW', async () => {
    await mode('preview');
    const seen = await house.delivered('ana', fresh('lure'));
    expect(await house.retraction(seen)).toMatchObject({ preview: true, cause: 'auto', destination: 'Quarantine' });
    expect((await house.audited('delivery.previewed')).at(-1)).toMatchObject({
      subject_id: idOf(seen),
      detail: { operation: 'PREVIEW', cause: 'auto', disposition: 'MALICIOUS', destination: 'Quarantine' },
    });
  });

  test('a preview becomes the real thing at the next look once it is switched on', async () => {
    await mode('preview');
    const seen = await house.delivered('ana', fresh('lure'));
    const preview = await house.retraction(seen);
    minutes(5);
    await house.evaluate();
    expect((await house.retraction(seen))?.id).toBe(preview?.id);
    await mode('on');
    minutes(43_200);
    await house.evaluate();
    expect(await house.retraction(seen)).toMatchObject({ preview: false, cause: 'pdr' });
  });

  test('off searches nothing, and still writes down once what it would have taken', async () => {
    await mode('off');
    const before = await house.count('retractions');
    const seen = await house.delivered('ana', fresh('lure'));
    minutes(5);
    await house.evaluate();
    expect(await house.count('retractions')).toBe(before);
    expect(await house.delivery(seen)).toMatchObject({ action: 'none', reason: 'no_action_configured' });
    const lines = (await house.audited('delivery.previewed')).filter((line) => line.subject_id === idOf(seen));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.detail).toMatchObject({ operation: 'PREVIEW', destination: 'Quarantine' });
  });

  test('an allowed sender is not taken back by itself', async () => {
    const from = 'security@micros0ft-login.test';
    const entry = await house.desk.lists.add('allow_policies', { kind: 'address', value: from }, 'admin');
    const raw = fresh('lure').replace(
      /spf=fail.*$/m,
      'spf=pass smtp.mailfrom=micros0ft-login.test; dkim=pass header.d=micros0ft-login.test; dmarc=pass header.from=micros0ft-login.test',
    );
    const seen = await house.delivered('ana', raw);
    await house.desk.lists.remove('allow_policies', entry.id, 'admin');
    const { disposition } = (await house.verdict(seen)).body;
    expect(disposition).not.toBe('NONE');
    expect(await house.delivery(seen)).toMatchObject({ action: 'none', reason: 'allow_policy' });
  });
});

test('a sweep whose worker dies goes on where it was, by another worker, and looks at every mail once', async () => {
  const { world } = house;
  for (const person of ['ana', 'ben', 'carla', 'dora', 'emil']) await house.delivered(person, fresh('lure'));
  await house.sweep();
  const block = (value: string) => house.desk.lists.add('block_senders', { kind: 'domain', value }, 'admin');
  await block('nobody-writes-from.example');
  await noticeChange(world);
  expect(await sweepNext(world, 'first', 2)).toBe(true);
  // It dies in the middle of a page: it has claimed it, and nothing of it is written.
  const dead = { ...world, store: { ...world.store, inTransaction: () => Promise.reject(new Error('killed')) } };
  await expect(sweepNext(dead, 'first', 2)).rejects.toThrow('killed');
  expect(await sweepNext(world, 'second', 2)).toBe(false);
  house.desk.later(world.leaseMs / 3_600_000 + 0.01);
  expect(await sweepNext(world, 'second', 2)).toBe(true);
  expect((await house.watching()).sweep).toMatchObject({ looked_at: 4, ended_at: null });
  while (await sweepNext(world, 'second', 2));
  const since = new Date(world.now().getTime() - EVALUATED_FOR_MS).toISOString();
  const all = await house.count(`deliveries where first_seen_at >= '${since}'`);
  expect((await house.watching()).sweep).toMatchObject({ reason: 'lists', changed: 0, looked_at: all });
  expect((await house.watching()).sweep?.ended_at).toEqual(expect.any(String));

  await block('nor-from.example');
  await noticeChange(world);
  await sweepNext(world, 'third', 2);
  await block('nobody-either.example');
  await noticeChange(world);
  // What changes meanwhile begins it again.
  expect((await house.watching()).sweep).toMatchObject({ looked_at: 0, ended_at: null });
  await house.sweep();
});
