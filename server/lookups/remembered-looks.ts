/** A campaign is reported by many: its links are looked at once an hour, in whosever copy they stand. */
import type { LurePage } from '../../shared/lure-page.ts';
import type { LookAtLures } from './lure-process.ts';
import { visitableUrl } from './visit-rules.ts';

export interface MemoryOptions {
  now(): Date;
  /** Default: an hour. */
  keptMs?: number;
}

const KEPT_MS = 3_600_000;
/** A server that was down may be up again soon. */
const KEPT_TROUBLE_MS = 600_000;
const MOST = 2_000;
const BY_CHANCE = /^(?:unresolved|unreachable|timeout|bad_answer|refused)$/;

interface Look {
  page: Promise<LurePage | null>;
  /** ms since the epoch; what is under way has no end yet. */
  until: number;
}

/**
 * The same looks, remembered in this process by what would be fetched: links that differ only in what is left out for the
 * recipient's sake are one. Mails that ask at the same time share a look.
 */
export function rememberLooks(look: LookAtLures, { now, keptMs = KEPT_MS }: MemoryOptions): LookAtLures {
  const looks = new Map<string, Look>();
  return async (links) => {
    const keys = links.map(keyOf);
    const unknown = new Map<string, string>();
    for (const [i, key] of keys.entries()) {
      const known = looks.get(key);
      if (!known || known.until <= now().getTime()) unknown.set(key, links[i] as string);
    }
    if (unknown.size > 0) start(unknown);
    const pages: LurePage[] = [];
    for (const [i, key] of keys.entries()) {
      const page = (await looks.get(key)?.page) ?? null;
      if (page === null) return null;
      pages.push({ ...page, url: links[i] as string });
    }
    return pages;
  };

  function start(unknown: ReadonlyMap<string, string>): void {
    const batch = look([...unknown.values()]);
    for (const [i, key] of [...unknown.keys()].entries()) {
      const page = batch.then((pages) => pages?.[i] ?? null);
      const entry: Look = { page, until: Number.POSITIVE_INFINITY };
      looks.delete(key);
      looks.set(key, entry);
      void page.then((seen) => {
        if (seen === null) {
          if (looks.get(key) === entry) looks.delete(key);
          return;
        }
        entry.until = now().getTime() + (BY_CHANCE.test(seen.failure ?? '') ? KEPT_TROUBLE_MS : keptMs);
      });
    }
    for (const key of looks.keys()) {
      if (looks.size <= MOST) break;
      looks.delete(key);
    }
  }
}

function keyOf(link: string): string {
  const visit = visitableUrl(link);
  return 'url' in visit ? visit.url : `${visit.refused} ${link}`;
}
