/** When a domain was registered, from the answer of its registry. */
import type { Got } from './guarded-get.ts';

export type RegistrationAnswer =
  /** The date of the registry. */
  | { outcome: 'registered'; at: Date }
  /** The registry knows no such domain, or tells no date: it may do so tomorrow. */
  | { outcome: 'none' }
  /** Nobody knows: to be asked again, not before so long. */
  | { outcome: 'trouble'; retryAfterMs: number };

const TROUBLE_MS = 600_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
/** The first domain was registered in March 1985. */
const FIRST_DOMAIN = Date.UTC(1985, 0, 1);
const DAY_MS = 86_400_000;

/** What a registry's answer says about one domain (RFC 9083, event `registration`). Nothing in it is believed unseen. */
export function readRegistration(got: Got, domain: string, now: Date): RegistrationAnswer {
  const trouble = (retryAfterMs = TROUBLE_MS): RegistrationAnswer => ({ outcome: 'trouble', retryAfterMs });
  if (!got.ok) return trouble();
  if (got.status === 404) return { outcome: 'none' };
  if (got.status === 429 || got.status === 503) return trouble(retryAfterOf(got.headers['retry-after'], now));
  if (got.status !== 200 || got.truncated) return trouble();
  let answer: { ldhName?: unknown; events?: unknown };
  try {
    answer = Object(JSON.parse(Buffer.from(got.body).toString('utf8')));
  } catch {
    return trouble();
  }
  // Of another domain, or an error dressed as an answer.
  if (typeof answer.ldhName !== 'string' || answer.ldhName.toLowerCase().replace(/\.$/, '') !== domain)
    return trouble();
  const events: unknown[] = Array.isArray(answer.events) ? answer.events.slice(0, 100) : [];
  for (const event of events) {
    const { eventAction, eventDate } = Object(event) as { eventAction?: unknown; eventDate?: unknown };
    if (eventAction !== 'registration' || typeof eventDate !== 'string' || eventDate.length > 40) continue;
    const at = new Date(eventDate);
    // A registry's clock may be a little ahead of ours; a date of next year is a mistake or a lie.
    if (at.getTime() >= FIRST_DOMAIN && at.getTime() <= now.getTime() + DAY_MS) return { outcome: 'registered', at };
  }
  return { outcome: 'none' };
}

/** RFC 9110 section 10.2.3: seconds or a date. */
function retryAfterOf(field: string | undefined, now: Date): number {
  if (field === undefined) return TROUBLE_MS;
  const ms = /^\d{1,9}$/.test(field) ? Number(field) * 1_000 : new Date(field).getTime() - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), MAX_RETRY_AFTER_MS) : TROUBLE_MS;
}
