/** What the user's own properties and cache remember: keys, choices and receipts; never a word of the mail itself. */
import type { Kept, Memory } from './outside.ts';
import type { ShownView } from './screen.ts';

const PREFIX = 'report.';
/** 500 KB in all, 9 KB each (Apps Script quotas); an entry has some 200 bytes. */
const MOST = 200;
const CACHE_SECONDS = 6 * 3600;
const VIEW = 'view.';

export function createMemory(): Memory {
  const properties = () => PropertiesService.getUserProperties();
  return {
    recall: (messageId) => quietly(() => parseKept(properties().getProperty(PREFIX + messageId))),
    keep(messageId, kept) {
      quietly(() => {
        makeRoom(properties());
        properties().setProperty(PREFIX + messageId, JSON.stringify(kept));
      });
    },
    forget(messageId) {
      quietly(() => properties().deleteProperty(PREFIX + messageId));
    },
    lastView(id) {
      return quietly(() => {
        const text = CacheService.getUserCache().get(VIEW + id);
        return text === null ? null : (JSON.parse(text) as { view: ShownView; asOf: number });
      });
    },
    keepView(view, asOf) {
      quietly(() => CacheService.getUserCache().put(VIEW + view.id, JSON.stringify({ view, asOf }), CACHE_SECONDS));
    },
  };
}

/** Storage has quotas of its own; a report must not fail for them. */
function quietly<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    console.warn(`not remembered: ${String(error)}`);
    return null;
  }
}

/** The older half goes; what has not arrived goes last. */
function makeRoom(properties: GoogleAppsScript.Properties.Properties): void {
  const keys = properties.getKeys().filter((key) => key.startsWith(PREFIX));
  if (keys.length < MOST) return;
  const rank = (key: string) => {
    const kept = parseKept(properties.getProperty(key));
    return kept === null ? 0 : kept.arrived === null ? Number.MAX_SAFE_INTEGER : (kept.sentAt ?? 0);
  };
  const oldest = keys.map((key) => ({ key, rank: rank(key) })).sort((a, b) => a.rank - b.rank);
  for (const { key } of oldest.slice(0, MOST / 2)) properties.deleteProperty(key);
}

function parseKept(text: string | null): Kept | null {
  if (text === null) return null;
  const kept: Partial<Kept> | null = JSON.parse(text);
  return kept?.v === 1 && typeof kept.press?.key === 'string' ? (kept as Kept) : null;
}
