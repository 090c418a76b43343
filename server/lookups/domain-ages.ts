/** How old domains are: asked of their registries by RDAP, remembered, and never waited for longer than allowed. */
import type { Resolve } from './dns.ts';
import { isNamedHost } from './guarded-connection.ts';
import { type Guard, guardedGet } from './guarded-get.ts';
import { IANA_SERVERS_URL, MAX_SERVERS_BYTES, newerServers, type RdapServers, rdapServerOf } from './rdap-servers.ts';
import { type RegistrationAnswer, readRegistration } from './registration.ts';

export interface KnownRegistration {
  domain: string;
  /** null: its registry tells no date. */
  registeredAt: Date | null;
}

/** Memory beyond this process; the store has it. */
export interface RegistrationMemory {
  /** Those that are known and not outdated. */
  recall(domains: readonly string[], now: Date): Promise<KnownRegistration[]>;
  keep(known: KnownRegistration, now: Date, until: Date): Promise<void>;
}

export interface DomainAgesOptions {
  resolve: Resolve;
  isAllowed: Guard['isAllowed'];
  ports?: readonly number[];
  memory: RegistrationMemory;
  now(): Date;
  /** The edition at hand when nobody can be asked for a newer one. */
  servers: RdapServers;
  /** Base URL of one server for everything, named by the operator; IANA's list is then of no interest. */
  only?: string;
  /** Ask IANA for the current list of servers once a day. Default: true, unless `only` is set. */
  refresh?: boolean;
  userAgent: string;
  onError(error: Error): void;
}

/** Asks for all, and answers after the budget at the latest: null for a domain without an answer (in time). */
export type AskDomainAges = (domains: readonly string[], budgetMs: number) => Promise<Map<string, Date | null>>;

const DAY_MS = 86_400_000;
/** The shipped list is old: a refusal is not waited out for a day. */
const RETRY_REFRESH_MS = 3_600_000;
const KEPT_MS = 7 * DAY_MS;
/** A domain that is registered while its lure is under way is not known at once. */
const KEPT_NONE_MS = 6 * 3_600_000;
const ANSWER_MS = 8_000;
/** A server that cannot be reached is not tried again for every domain. */
const SILENCE_MS = 60_000;
const MAX_ANSWER_BYTES = 512 * 1024;
/** At a time: a mail with many links must not look like an attack on a registry. */
const MOST_AT_ONCE = 6;
const TROUBLES_KEPT = 5_000;

export function askDomainAges(options: DomainAgesOptions): AskDomainAges {
  const { memory, now } = options;
  const underWay = new Map<string, Promise<Date | null>>();
  /** Domains and servers that are to be left alone until then, ms. */
  const troubles = new Map<string, number>();
  const slots = slotsOf(MOST_AT_ONCE);
  const base = options.only?.replace(/\/?$/, '/');
  const guard: Guard = {
    resolve: options.resolve,
    isAllowed: options.isAllowed,
    ports: options.ports ?? [443],
    schemes: ['https:'],
    ...(base ? { trustedOrigin: new URL(base).origin } : {}),
  };
  const wanted = { accept: 'application/rdap+json, application/json', userAgent: options.userAgent, maxRedirects: 3 };
  let servers = options.servers;
  let refreshedAt = Number.NEGATIVE_INFINITY;

  function refresh(): void {
    if (base || options.refresh === false || now().getTime() - refreshedAt < DAY_MS) return;
    refreshedAt = now().getTime();
    guardedGet(IANA_SERVERS_URL, guard, { ...wanted, maxBytes: MAX_SERVERS_BYTES, timeoutMs: 30_000 })
      .then((got) => {
        const newer = newerServers(got, options.servers);
        if (newer) servers = newer;
        else refreshedAt -= DAY_MS - RETRY_REFRESH_MS;
      })
      .catch(options.onError);
  }

  async function ask(domain: string): Promise<RegistrationAnswer> {
    const server = isNamedHost(domain) ? (base ?? rdapServerOf(domain, servers)) : null;
    if (server === null || isResting(server)) return { outcome: 'trouble', retryAfterMs: 0 };
    const url = `${server}domain/${encodeURIComponent(domain)}`;
    const got = await guardedGet(url, guard, { ...wanted, maxBytes: MAX_ANSWER_BYTES, timeoutMs: ANSWER_MS });
    const answer = readRegistration(got, domain, now());
    // Too many questions: that is about us, not about this domain.
    if (got.ok && got.status === 429 && answer.outcome === 'trouble') rest(server, answer.retryAfterMs);
    // Behind a wall that lets nothing out every report would wait for the budget.
    if (!got.ok && /^(?:timeout|unreachable|unresolved)$/.test(got.reason)) rest(server, SILENCE_MS);
    return answer;
  }

  async function ageOf(domain: string): Promise<Date | null> {
    const answer = await slots(() => ask(domain));
    if (answer.outcome === 'trouble') {
      rest(domain, answer.retryAfterMs);
      return null;
    }
    const registeredAt = answer.outcome === 'registered' ? answer.at : null;
    const keptMs = registeredAt ? KEPT_MS : KEPT_NONE_MS;
    await memory
      .keep({ domain, registeredAt }, now(), new Date(now().getTime() + keptMs))
      .catch((error: unknown) => options.onError(error as Error));
    return registeredAt;
  }

  function isResting(key: string): boolean {
    const until = troubles.get(key);
    return until !== undefined && until > now().getTime();
  }

  function rest(key: string, forMs: number): void {
    if (forMs <= 0) return;
    if (troubles.size >= TROUBLES_KEPT) troubles.clear();
    troubles.set(key, now().getTime() + forMs);
  }

  return async (domains, budgetMs) => {
    const ages = new Map<string, Date | null>(domains.map((domain) => [domain, null]));
    if (ages.size === 0) return ages;
    refresh();
    const answers = (async () => {
      const known = await memory.recall([...ages.keys()], now());
      for (const { domain, registeredAt } of known) ages.set(domain, registeredAt);
      const told = new Set(known.map(({ domain }) => domain));
      const unknown = [...ages.keys()].filter((domain) => !told.has(domain) && !isResting(domain));
      await Promise.all(
        unknown.map(async (domain) => {
          const work = underWay.get(domain) ?? ageOf(domain).finally(() => underWay.delete(domain));
          underWay.set(domain, work);
          ages.set(domain, await work);
        }),
      );
    })().catch((error: unknown) => options.onError(error as Error));
    await within(budgetMs, answers);
    // What comes later is remembered for the next report; this map does not change any more under its reader.
    return new Map(ages);
  };
}

function slotsOf(most: number) {
  let taken = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (taken >= most) await new Promise<void>((go) => waiting.push(go));
    else taken++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else taken--;
    }
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
