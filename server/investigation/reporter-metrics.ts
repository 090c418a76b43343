import type { ReporterMetrics } from '../../shared/metrics.ts';
import type { MetricsSpan } from '../store/metrics-span.ts';
import { namesOfReporters, reportingPeople, type VoterFigures, voterFigures } from '../store/reporter-metrics.ts';
import { reporterSalt } from '../store/reporters.ts';
import { pseudonymWith } from '../submission/votes.ts';
import type { MetricsWorld } from './metrics.ts';
import type { MetricsQuestion } from './metrics-face.ts';
import { spanBefore, spanView } from './metrics-span.ts';
import { pseudonym, share } from './tally.ts';
import { wilson } from './wilson.ts';

const BEST = 10;
/** Fewer known reports say nothing about a person. */
const KNOWN_LEAST = 3;

/** How people report, and how often they are right. */
export async function reporterMetrics(
  world: MetricsWorld,
  span: MetricsSpan,
  { names }: MetricsQuestion,
): Promise<ReporterMetrics> {
  const { db } = world.store;
  const before = spanBefore(span);
  const [voters, votersBefore, people, peopleBefore] = await Promise.all([
    voterFigures(db, span),
    voterFigures(db, before),
    reportingPeople(db, span),
    reportingPeople(db, before),
  ]);
  const total = totalOf(voters);
  const totalBefore = totalOf(votersBefore);
  const judged = voters.filter(({ known }) => known >= KNOWN_LEAST);
  const best = judged.sort((a, b) => surely(b) - surely(a) || b.votes - a.votes).slice(0, BEST);
  const nameOf = await naming(world, span, names && best.length > 0);
  return {
    ...spanView(span),
    reporters: people.reporters,
    people: people.people,
    participation: people.people === 0 ? null : Math.min(1, people.reporters / people.people),
    ...total,
    accuracy: share(total.right, total.known),
    exercise_reporters: people.exercise_reporters,
    best: best.map(({ reporter, votes, known, right }) => ({
      reporter: nameOf(reporter),
      votes,
      known,
      right,
      accuracy: share(right, known),
    })),
    spread: spreadOf(judged),
    previous: {
      reporters: peopleBefore.reporters,
      votes: totalBefore.votes,
      accuracy: share(totalBefore.right, totalBefore.known),
    },
  };
}

/** The least that somebody is right, so that three lucky reports do not stand before thirty good ones. */
const surely = ({ right, known }: VoterFigures) => wilson(right, known).low;

function totalOf(voters: readonly VoterFigures[]) {
  const of = (part: (one: VoterFigures) => number) => voters.reduce((all, one) => all + part(one), 0);
  return {
    votes: of((one) => one.votes),
    known: of((one) => one.known),
    right: of((one) => one.right),
    decided: of((one) => one.decided),
    decided_right: of((one) => one.decided_right),
  };
}

/** Quarters of accuracy: people, not reports. */
function spreadOf(judged: readonly VoterFigures[]): number[] {
  const quarters = [0, 0, 0, 0];
  for (const { right, known } of judged) quarters[Math.min(3, Math.floor((right / known) * 4))]! += 1;
  return quarters;
}

/** Votes know a hash; who has reported in the span can be told from it, and nobody else. */
async function naming(
  { store: { db }, tenant, randomId }: MetricsWorld,
  span: MetricsSpan,
  names: boolean,
): Promise<(reporter: string) => string> {
  const key = randomId('key');
  if (!names) return (reporter) => pseudonym(key, reporter);
  const salt = await reporterSalt(db, tenant, randomId('slt'));
  const known = new Map(
    (await namesOfReporters(db, span)).map((person) => [pseudonymWith(salt, person), person.requested_by]),
  );
  return (reporter) => known.get(reporter) ?? pseudonym(key, reporter);
}
