/** product-spec 18, Dashboards and reports: what each report says, asserted on rows in a real database. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { imitatedBy } from '../../server/investigation/verdict-metrics.ts';
import { METRICS_PRESETS } from '../../shared/metrics-names.ts';
import { ago, MetricsHouse, NOW } from './metrics-seed.ts';

let house: MetricsHouse;
const span = { start: ago(1_440).toISOString(), end: NOW.toISOString(), names: true, language: 'en' as const };
const hidden = { ...span, names: false };
const finding = (id: string, evidence: string) => ({
  id,
  family: 'url' as const,
  severity: 'high' as const,
  text: '',
  evidence,
});

beforeAll(async () => {
  house = await MetricsHouse.start();
  const phish = await house.mail('MALICIOUS', {
    headerFrom: 'it@micros0ft.example',
    envelopeFrom: 'x@bulk.example',
    facts: { links: [{ source: 'html' }, { source: 'html' }], attachments: [{ fileType: 'pdf' }] },
    verdict: {
      findings: [finding('url.lookalike', 'login.micros0ft.example imitates microsoft.com')],
      attributes: ['NEW_DOMAIN_LINK=2026-08-30 10:00:00 +0000', 'BEC'],
    },
  });
  const spoof = await house.mail('SPOOF', {
    verdict: { findings: [finding('identity.brand_name', 'PayPal Service <a@a.example>')] },
  });
  const clean = await house.mail('NONE');
  await house.mail('NONE', { mode: 'API' });
  await house.mail('SPAM', { mode: 'API', at: ago(2_000) });
  const exercise = await house.mail('MALICIOUS', { mode: 'SIMULATION_SUBMISSION' });
  const psr: [string, string | null] = ['none', 'not_malicious'];
  await house.submission({ message: phish, concludedAfterS: 2, exposure: ['clicked_link'], psr: ['retract', null] });
  await house.submission({ message: phish, concludedAfterS: 4, by: 'ben@example.org', psr: ['retract', null] });
  await house.submission({ message: spoof, concludedAfterS: 6, escalated: true, psr });
  await house.submission({ message: clean, type: 'TEAM', by: 'cleo@example.org', concludedAfterS: 8, psr });
  await house.submission({ status: 'invalid', invalidReason: 'no_eml' });
  await house.submission({ message: exercise, simulation: true, by: 'dot@example.org', psr: ['none', 'simulation'] });
  await house.submission({ at: ago(2_000), status: 'withdrawn' });
  await house.decision(phish, 'MALICIOUS', ago(30));
  await house.decision(spoof, 'NONE', ago(20));
  await sql`insert into mailboxes (tenant, address, provider, user_id, kind, seen_at)
            select 'one', 'p' || n || '@example.org', 'google', 'p' || n, 'user', ${NOW} from generate_series(1, 10) as n`.execute(
    house.store.db,
  );
  await sql`insert into reporter_salts values ('one', 'salt')`.execute(house.store.db);
  for (const [person, shares] of [
    ['ana@example.org', [1, 1, 1, 0]],
    ['ben@example.org', [0, 0, 1]],
    ['once@example.org', [1]],
  ] as const) {
    const reporter = createHash('sha256').update(`salt\ngoogle\nuser-${person}`).digest('base64url').slice(0, 32);
    for (const [n, share] of shares.entries())
      await sql`insert into reporter_votes (tenant, reporter, cluster_id, voted_at, label_by, share, weight, labelled_at)
                values ('one', ${reporter}, ${`c${n}`}, ${ago(50)}, ${n === 0 ? 'analyst' : 'machine'}, ${share}, 1, ${NOW})`.execute(
        house.store.db,
      );
  }
});
afterAll(() => house.stop());

test('submissions all / user / admin', async () => {
  const { total, previous } = await house.metrics.submissions(span);
  expect(total).toEqual({ all: 6, user: 5, team: 1, invalid: 1, withdrawn: 0, simulations: 1 });
  expect(previous).toMatchObject({ all: 1, withdrawn: 1 });
});

test('reports per verdict, over time; an exercise is no verdict', async () => {
  const { by_verdict, series, by_psr } = await house.metrics.submissions(span);
  expect(by_verdict).toEqual({ MALICIOUS: 2, SPOOF: 1, SUSPICIOUS: 0, SPAM: 0, BULK: 0, NONE: 1 });
  expect(series.reduce((all, { verdicts }) => all + verdicts.MALICIOUS, 0)).toBe(2);
  expect(by_psr).toEqual([
    { key: 'none not_malicious', count: 2 },
    { key: 'retract', count: 2 },
  ]);
});

test('escalations, invalid ones by reason, and what people say they did', async () => {
  const figures = await house.metrics.submissions(span);
  expect(figures).toMatchObject({
    escalated: 1,
    invalid_reasons: [{ key: 'no_eml', count: 1 }],
    exposure: [{ key: 'clicked_link', count: 1 }],
  });
});

test('managed-service page: median time to the verdict, and to a person’s decision', async () => {
  const { seconds_to_verdict, seconds_to_decision, decided } = await house.metrics.submissions(span);
  expect(seconds_to_verdict?.p50).toBe(5);
  // Reported an hour ago; decided after 30 minutes twice, and after 40.
  expect(seconds_to_decision?.p50).toBe(1_800);
  expect(decided).toBe(3);
});

test('who reports most is named to analysts, and to nobody else', async () => {
  expect((await house.metrics.submissions(span)).by_reporter[0]).toEqual({ key: 'ana@example.org', count: 3 });
  const [one, other] = [await house.metrics.submissions(hidden), await house.metrics.submissions(hidden)];
  expect(one.by_reporter[0]!.key).toMatch(/^•••[0-9a-f]{6}$/);
  // Two answers cannot be put beside each other.
  expect(one.by_reporter[0]!.key).not.toBe(other.by_reporter[0]!.key);
});

test('mail activity and disposition evaluation: mails judged, reported or seen on delivery, by disposition', async () => {
  const { total, reported, detections, by_disposition, previous } = await house.metrics.verdicts(span);
  expect({ total, reported, detections }).toEqual({ total: 4, reported: 3, detections: 2 });
  expect(by_disposition).toMatchObject({ MALICIOUS: 1, SPOOF: 1, NONE: 2 });
  expect(previous).toMatchObject({ total: 1, by_disposition: { SPAM: 1 } });
});

test('detection details: threat types, links, attachments, sender/envelope mismatch', async () => {
  const { reasons, attributes, details } = await house.metrics.verdicts(span);
  expect(reasons).toContainEqual({
    key: 'url.lookalike',
    text: 'A link leads to a domain that imitates a well-known name.',
    count: 1,
  });
  expect(attributes).toEqual([
    { key: 'BEC', count: 1 },
    { key: 'NEW_DOMAIN_LINK', count: 1 },
  ]);
  expect(details).toEqual({
    of: 2,
    with_links: 1,
    with_attachments: 1,
    sender_mismatch: 1,
    file_types: [{ key: 'pdf', count: 1 }],
    link_sources: [{ key: 'html', count: 1 }],
  });
});

test('impersonations and organisation spoofs: the names that detections imitate', async () => {
  const { imitated } = await house.metrics.verdicts(span);
  expect(imitated).toEqual([
    { key: 'PayPal', count: 1 },
    { key: 'microsoft.com', count: 1 },
  ]);
  // The evidence is the mail's: nothing but a domain passes.
  expect(imitatedBy({ id: 'url.lookalike', evidence: '<img src=x> imitates <b>x</b>' })).toBeNull();
});

test('targets: the mailboxes that detections were for, named to analysts alone', async () => {
  expect((await house.metrics.verdicts(span)).targets).toEqual([
    { key: 'ana@example.org', count: 2 },
    { key: 'ben@example.org', count: 1 },
  ]);
  expect(JSON.stringify(await house.metrics.verdicts(hidden))).not.toContain('@');
});

test('we add: what the machine said beside what people decided', async () => {
  expect((await house.metrics.verdicts(span)).confusion).toEqual(
    expect.arrayContaining([
      { machine: 'MALICIOUS', person: 'MALICIOUS', count: 1 },
      { machine: 'SPOOF', person: 'NONE', count: 1 },
    ]),
  );
});

test('we add: how many people report, how often they are right, and who is surely right', async () => {
  const figures = await house.metrics.reporters(span);
  expect(figures).toMatchObject({ reporters: 3, people: 10, participation: 0.3, exercise_reporters: 1 });
  expect(figures).toMatchObject({ votes: 8, known: 8, right: 5, accuracy: 5 / 8, decided: 3, decided_right: 2 });
  // One report, although right, says nothing about a person.
  expect(figures.best.map(({ reporter, known }) => [reporter, known])).toEqual([
    ['ana@example.org', 4],
    ['ben@example.org', 3],
  ]);
  expect(figures.spread).toEqual([0, 1, 0, 1]);
  expect(JSON.stringify(await house.metrics.reporters(hidden))).not.toContain('@example');
});

test('windows 90/30/7/3/1 days, and any other', () => {
  expect([...METRICS_PRESETS]).toEqual([1, 3, 7, 30, 90]);
});

test('another organisation’s rows are in no figure', async () => {
  await house.mail('MALICIOUS', { id: 'msg_other', tenant: 'two' });
  expect((await house.metrics.verdicts(span)).total).toBe(4);
});
