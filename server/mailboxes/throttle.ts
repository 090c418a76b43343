/**
 * How fast one tenant is asked. A window of requests in flight that grows by one with every clean round trip and halves
 * when the service pushes back (AIMD); at most two requests in flight per mailbox (Exchange allows four per app); a
 * throttled mailbox pauses alone, and the tenant only when more than a fifth of the mailboxes are in trouble.
 */
import type { Effects } from './effects.ts';
import { Recent } from './recent.ts';

/** Exchange Online lets an app have four requests in flight per mailbox; half of it leaves room for another server. */
const LANES = 2;
/** After some 500 moves in a row a mailbox chokes (one report); a mail bomb must not get us there. */
const WRITES_PER_MINUTE = 100;
const MINUTE_MS = 60_000;
const WRITING_MOST = 50_000;
/**
 * No number is published for a tenant. Measured with 200 ms a request: a window that starts at 16 takes three waves for
 * 1,000 mailboxes (3.1 s), one that starts at 64 takes one (1.1 to 1.4 s); the first push-back halves either.
 */
const WINDOW = { start: 64, max: 128 };
const TROUBLED_SHARE = 0.2;
/** Fewer mailboxes than this say nothing about the tenant. */
const FEWEST_TO_JUDGE = 10;
const JUDGED_MS = 10_000;
const JUDGED_MOST = 1_000;
const TENANT_PAUSE_MS = 5_000;

/** One request in flight to the tenant. */
export interface Slot {
  since: number;
}

export class Throttle {
  #window: number;
  #inFlight = 0;
  #halvedAt = Number.NEGATIVE_INFINITY;
  #tenantFrom = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #lanes = new Map<string, { busy: number; waiting: (() => void)[] }>();
  readonly #mailboxFrom = new Map<string, number>();
  readonly #writes: Recent<string, { since: number; count: number }>;
  #seen: { at: number; mailbox: string; troubled: boolean }[] = [];

  constructor(
    private readonly effects: Pick<Effects, 'now' | 'sleep'>,
    private readonly limits: { start: number; max: number } = WINDOW,
  ) {
    this.#writes = new Recent(MINUTE_MS, WRITING_MOST, effects.now);
    this.#window = limits.start;
  }

  /** Requests that may be in flight at once now. */
  get window(): number {
    return Math.floor(this.#window);
  }

  /**
   * Waits for a place in the window and for the end of the tenant's pause. `first` goes before sweeps that wait.
   * null when the pause is longer than the caller's patience, ms.
   */
  async enter(order: 'first' | 'last', patienceMs: number): Promise<Slot | null> {
    for (;;) {
      const pause = this.#tenantFrom - this.effects.now();
      if (pause > patienceMs) {
        // Whoever woke us meant to fill a place; the next one may want it.
        this.#waiting.shift()?.();
        return null;
      }
      if (pause > 0) await this.effects.sleep(pause);
      else if (this.#inFlight < this.window) break;
      else await new Promise<void>((go) => (order === 'first' ? this.#waiting.unshift(go) : this.#waiting.push(go)));
    }
    this.#inFlight++;
    return { since: this.effects.now() };
  }

  /** @param pushedBack the answer as a whole was 429, 503 or 504, or silence; null when it was clean */
  leave(slot: Slot, pushedBack: { waitMs?: number } | null): void {
    this.#inFlight--;
    if (pushedBack === null) this.#window = Math.min(this.#window + 1, this.limits.max);
    else this.#halve(slot.since);
    if (pushedBack?.waitMs) this.#pauseTenant(pushedBack.waitMs);
    for (let free = this.window - this.#inFlight; free > 0; free--) this.#waiting.shift()?.();
  }

  /** Takes one of the mailbox's lanes when one is free. */
  tryLane(mailbox: string): boolean {
    const lane = this.#lanes.get(mailbox);
    if (!lane) this.#lanes.set(mailbox, { busy: 1, waiting: [] });
    else if (lane.busy < LANES) lane.busy++;
    else return false;
    return true;
  }

  async lane(mailbox: string): Promise<void> {
    while (!this.tryLane(mailbox)) {
      await new Promise<void>((go) => this.#lanes.get(mailbox)?.waiting.push(go));
    }
  }

  freeLane(mailbox: string): void {
    const lane = this.#lanes.get(mailbox);
    if (!lane) return;
    lane.busy--;
    lane.waiting.shift()?.();
    if (lane.busy === 0 && lane.waiting.length === 0) this.#lanes.delete(mailbox);
  }

  /** Milliseconds until the mailbox may be asked again; 0 when it may be now. */
  waitMs(mailbox: string): number {
    const now = this.effects.now();
    const own = (this.#mailboxFrom.get(mailbox) ?? 0) - now;
    if (own <= 0) this.#mailboxFrom.delete(mailbox);
    return Math.max(own, this.#tenantFrom - now, 0);
  }

  /** Counts a write in. Milliseconds until the mailbox takes another one; 0 when it may be sent now. */
  writeWaitMs(mailbox: string): number {
    const now = this.effects.now();
    const minute = this.#writes.get(mailbox) ?? { since: now, count: 0 };
    if (minute.count === 0) this.#writes.set(mailbox, minute);
    if (minute.count >= WRITES_PER_MINUTE) return Math.max(1, minute.since + MINUTE_MS - now);
    minute.count++;
    return 0;
  }

  /** What one mailbox answered: `waitMs` of a throttle pauses it; enough of them in a short time pause the tenant. */
  noteMailbox(mailbox: string, trouble: { waitMs?: number } | null): void {
    const now = this.effects.now();
    this.#seen.push({ at: now, mailbox, troubled: trouble !== null });
    if (this.#seen.length > JUDGED_MOST) this.#seen = this.#seen.slice(JUDGED_MOST / 2);
    if (trouble === null) return;
    const waitMs = trouble.waitMs ?? 0;
    if (waitMs > 0) {
      this.#mailboxFrom.set(mailbox, Math.max(this.#mailboxFrom.get(mailbox) ?? 0, now + waitMs));
    }
    if (this.#tenantInTrouble(now)) {
      this.#seen = [];
      this.#halve(now);
      this.#pauseTenant(waitMs || TENANT_PAUSE_MS);
    }
  }

  #tenantInTrouble(now: number): boolean {
    const all = new Set<string>();
    const troubled = new Set<string>();
    for (const seen of this.#seen) {
      if (seen.at < now - JUDGED_MS) continue;
      all.add(seen.mailbox);
      if (seen.troubled) troubled.add(seen.mailbox);
    }
    return all.size >= FEWEST_TO_JUDGE && troubled.size > all.size * TROUBLED_SHARE;
  }

  /** Once per round trip: answers to requests that left before the last halving tell the same story again. */
  #halve(since: number): void {
    if (since < this.#halvedAt) return;
    this.#halvedAt = this.effects.now();
    this.#window = Math.max(1, this.#window / 2);
  }

  #pauseTenant(waitMs: number): void {
    this.#tenantFrom = Math.max(this.#tenantFrom, this.effects.now() + waitMs);
  }
}
