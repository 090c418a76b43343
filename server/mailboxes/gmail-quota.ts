/** Quota units as Google counts them: spent before the request, so that Google has nothing to refuse. */
import { Recent } from './recent.ts';

const MINUTE_MS = 60_000;
const USERS_MOST = 200_000;
/**
 * Which part of a minute's units may be spent at once; the rest flows in over the minute, so that no minute sees more
 * than the limit, wherever it begins. A user's mail bomb is a burst; a sweep flows.
 */
const USER_BURST = 0.5;
const PROJECT_BURST = 0.1;

/** @see https://developers.google.com/workspace/gmail/api/reference/quota */
export const UNITS = {
  profile: 1,
  history: 2,
  list: 5,
  get: 20,
  modify: 5,
  delete: 10,
  labelsList: 1,
  labelsCreate: 5,
  none: 0,
} as const;

interface Bucket {
  units: number;
  at: number;
}

export class Quota {
  readonly #users: Recent<string, Bucket>;
  readonly #project: Bucket;

  constructor(
    private readonly now: () => number,
    private readonly limits: { perUser: number; perProject: number } = { perUser: 6_000, perProject: 1_200_000 },
  ) {
    // A user who was not asked for a minute has all units again.
    this.#users = new Recent(MINUTE_MS, USERS_MOST, now);
    this.#project = { units: limits.perProject * PROJECT_BURST, at: now() };
  }

  /** Milliseconds until the mailbox's user has the units; 0 when they may be spent now. */
  userWaitMs(mailbox: string, units: number): number {
    const bucket = this.#userBucket(mailbox);
    const most = this.limits.perUser * USER_BURST;
    const missing = Math.min(units, most) - bucket.units;
    return missing <= 0 ? 0 : Math.ceil(missing / ((this.limits.perUser * (1 - USER_BURST)) / MINUTE_MS));
  }

  spendOfUser(mailbox: string, units: number): void {
    this.#userBucket(mailbox).units -= units;
  }

  /** Spends at once, on credit when need be. Milliseconds to wait before sending. */
  reserveOfProject(units: number): number {
    const rate = (this.limits.perProject * (1 - PROJECT_BURST)) / MINUTE_MS;
    fill(this.#project, this.now(), rate, this.limits.perProject * PROJECT_BURST);
    this.#project.units -= units;
    return this.#project.units >= 0 ? 0 : Math.ceil(-this.#project.units / rate);
  }

  #userBucket(mailbox: string): Bucket {
    const most = this.limits.perUser * USER_BURST;
    const bucket = this.#users.get(mailbox) ?? { units: most, at: this.now() };
    fill(bucket, this.now(), (this.limits.perUser * (1 - USER_BURST)) / MINUTE_MS, most);
    this.#users.set(mailbox, bucket);
    return bucket;
  }
}

function fill(bucket: Bucket, now: number, rate: number, most: number): void {
  bucket.units = Math.min(most, bucket.units + Math.max(0, now - bucket.at) * rate);
  bucket.at = now;
}
