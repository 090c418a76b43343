/** Google's limits: units per user and minute, per project and minute, and a day. */
import { GoogleRefusal } from './errors.ts';
import type { GoogleSettings } from './settings.ts';

interface Window {
  start: number;
  spent: number;
}

const minuteMs = 60_000;

/** Windows of a minute that begin with the first request in them. A refused request costs nothing. */
export class Quota {
  private readonly users = new Map<string, Window>();
  private readonly directory = new Map<string, Window>();
  private project: Window = { start: Number.NEGATIVE_INFINITY, spent: 0 };
  private dayGoneUntil = 0;
  private refusals = 0;
  /** Units spent since the start or the last reset. */
  spent = 0;

  /** @throws GoogleRefusal 403 or 429 */
  spend(user: string, units: number, settings: GoogleSettings, now: number): void {
    if (now < this.dayGoneUntil) throw this.refusal('dailyLimitExceeded', 'Daily Limit Exceeded', 403);
    const own = this.window(this.users, user, now);
    if (now - this.project.start >= minuteMs) this.project = { start: now, spent: 0 };
    if (own.spent + units > settings.unitsPerUserMinute)
      throw this.refusal(
        'userRateLimitExceeded',
        `User-rate limit exceeded.  Retry after ${new Date(own.start + minuteMs).toISOString()}`,
        settings.quotaStatus,
      );
    if (this.project.spent + units > settings.unitsPerProjectMinute)
      throw this.refusal('rateLimitExceeded', 'Rate Limit Exceeded', settings.quotaStatus);
    own.spent += units;
    this.project.spent += units;
    this.spent += units;
  }

  /** @throws GoogleRefusal 403 or 429 */
  query(user: string, settings: GoogleSettings, now: number): void {
    const own = this.window(this.directory, user, now);
    if (own.spent + 1 > settings.directoryQueriesPerMinute)
      throw this.refusal('quotaExceeded', 'Quota exceeded for quota metric Queries.', settings.quotaStatus);
    own.spent += 1;
  }

  /** Everything of today is spent; the next day begins at midnight in California (winter time). */
  exhaustDay(now: number): void {
    const offsetMs = 8 * 3_600_000;
    const dayMs = 86_400_000;
    this.dayGoneUntil = (Math.floor((now - offsetMs) / dayMs) + 1) * dayMs + offsetMs;
  }

  reset(): void {
    this.users.clear();
    this.directory.clear();
    this.project = { start: Number.NEGATIVE_INFINITY, spent: 0 };
    this.dayGoneUntil = 0;
    this.spent = 0;
  }

  private window(windows: Map<string, Window>, user: string, now: number): Window {
    const known = windows.get(user);
    if (known && now - known.start < minuteMs) return known;
    const fresh = { start: now, spent: 0 };
    windows.set(user, fresh);
    return fresh;
  }

  private refusal(reason: string, message: string, status: GoogleSettings['quotaStatus']): GoogleRefusal {
    this.refusals += 1;
    const code = status === 'both' ? (this.refusals % 2 === 1 ? 403 : 429) : status;
    return new GoogleRefusal(code, reason, message, { domain: 'usageLimits' });
  }
}
