/**
 * A made-up organisation that reports mail, honest and not: shape, no promise. Everything about reporters is the real
 * thing (server/analysis/reporter.ts); mails are a label and the machine's calibrated margin.
 */
import {
  fade,
  labelOf,
  type Reliability,
  reporterUnit,
  reporterWeight,
  UNKNOWN_REPORTER,
  withLabel,
} from '../../../server/analysis/reporter.ts';
import { THETA_MALICIOUS, THETA_SUSPICIOUS } from '../../../server/analysis/thresholds.ts';

export type Attack = 'none' | 'flooder' | 'sybils' | 'sleepers' | 'suppression';

export interface Organisation {
  seed: number;
  mails: number;
  reporters: number;
  attack: Attack;
  /** How well the machine alone tells phishing from the rest: distance of the two means in deviations. */
  separation: number;
}

export interface Judged {
  phish: boolean;
  /** The machine alone, and with the reporters; logits. */
  machine: number;
  unit: number;
  /** What simply counting heads would add: one logit for each head after the first. */
  heads: number;
  /** An attacker's mail. */
  attacked: boolean;
}

const TRUE_SHARE = 0.055;
const LABELLED = 0.3;
const DAYS = 365;
/** Accounts in one attacker's hand. */
const ACCOUNTS = 50;

/** Every mail that was reported in the year, in order, as it was judged with what was known then. */
export function simulate({ seed, mails, reporters, attack, separation }: Organisation): Judged[] {
  const random = generator(seed);
  const skills = Array.from({ length: reporters }, () => random() ** 3);
  const records = new Map<string, Reliability & { day: number; today: number[] }>();
  const judged: Judged[] = [];
  const cases = attacksOf(attack, mails, random);
  for (let at = 0; at < mails; at++) {
    const day = (at / mails) * DAYS;
    const attacked = cases.get(at);
    const phish = attacked?.phish ?? random() < TRUE_SHARE;
    const machine = attacked?.machine ?? marginOf(phish, separation, random);
    const who = attacked?.who ?? honest(phish, skills, random);
    const weights = who.map((reporter) => weightNow(records, reporter, day));
    const unit = reporterUnit(weights);
    judged.push({ phish, machine, unit, heads: who.length - 1, attacked: attacked?.counted ?? false });
    const byAnalyst = random() < LABELLED;
    for (const [i, reporter] of who.entries()) {
      const without = machine + reporterUnit(weights.filter((_, k) => k !== i));
      const outcome = byAnalyst
        ? ({ by: 'analyst', malicious: phish } as const)
        : ({ by: 'machine', marginWithoutReporter: without } as const);
      const before = recordNow(records, reporter, day);
      records.set(reporter, {
        ...withLabel(before, labelOf(outcome)),
        day,
        today: [...(records.get(reporter)?.today ?? []).filter((other) => day - other < 1), day],
      });
    }
  }
  return judged;
}

interface Case {
  phish: boolean;
  machine?: number;
  who: string[];
  /** What the attack is about: the rest of it only prepares. */
  counted: boolean;
}

/** Mails of the attack by their place in the year; the first half is preparation. */
function attacksOf(attack: Attack, mails: number, random: () => number): Map<number, Case> {
  const cases = new Map<number, Case>();
  const place = (from: number, to: number) => Math.floor((from + random() * (to - from)) * mails);
  const accounts = Array.from({ length: ACCOUNTS }, (_, k) => `account ${k}`);
  if (attack === 'flooder')
    for (let n = 0; n < 0.16 * mails; n++) cases.set(place(0, 1), { phish: false, who: ['flooder'], counted: true });
  if (attack === 'sybils')
    for (let n = 0; n < 0.02 * mails; n++) cases.set(place(0.5, 1), { phish: false, who: accounts, counted: true });
  if (attack === 'sleepers') {
    // They report what everybody sees is phishing until they are trusted, then together what they want gone.
    for (let n = 0; n < 0.03 * mails; n++)
      cases.set(place(0, 0.5), { phish: true, machine: 5, who: accounts, counted: false });
    for (let n = 0; n < 0.02 * mails; n++) cases.set(place(0.5, 1), { phish: false, who: accounts, counted: true });
  }
  if (attack === 'suppression') {
    for (let n = 0; n < 0.05 * mails; n++) cases.set(place(0, 0.5), { phish: false, who: ['burnt'], counted: false });
    // The burnt account reports real phish before the honest do, to take the weight off their word.
    for (let n = 0; n < 0.02 * mails; n++)
      cases.set(place(0.5, 1), { phish: true, who: ['burnt', 'reporter 1', 'reporter 2'], counted: true });
  }
  return cases;
}

function weightNow(
  records: Map<string, Reliability & { day: number; today: number[] }>,
  reporter: string,
  day: number,
) {
  const today = (records.get(reporter)?.today ?? []).filter((other) => day - other < 1).length + 1;
  return reporterWeight(recordNow(records, reporter, day), today);
}

function recordNow(records: Map<string, Reliability & { day: number }>, reporter: string, day: number): Reliability {
  const record = records.get(reporter);
  return record ? fade(record, day - record.day) : UNKNOWN_REPORTER;
}

/** Skilled people report more of the true ones, the rest more of the others. */
function honest(phish: boolean, skills: readonly number[], random: () => number): string[] {
  const count = 1 + poisson(phish ? 1.5 : 0.15, random);
  const who = new Set<string>();
  while (who.size < Math.min(count, skills.length)) {
    const k = Math.floor(random() * skills.length);
    const skill = skills[k] as number;
    if (random() < (phish ? skill + 0.05 : 1.05 - skill)) who.add(`reporter ${k}`);
  }
  return [...who];
}

/** Calibrated by construction: two normals of equal width. */
function marginOf(phish: boolean, separation: number, random: () => number): number {
  const base = Math.log(TRUE_SHARE / (1 - TRUE_SHARE));
  const half = separation ** 2 / 2;
  return base + (phish ? half : -half) + separation * normal(random);
}

/** Both doors to MALICIOUS that voices stand at: the line, and that the machine is suspicious by itself. */
export function isMalicious({ machine }: Judged, added: number): boolean {
  return machine + added >= THETA_MALICIOUS && machine >= THETA_SUSPICIOUS;
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let product = random();
  let n = 0;
  while (product > limit) {
    n++;
    product *= random();
  }
  return n;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Mulberry32: small, fast, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
