/**
 * Reports that could not be sent, kept without the bytes of the message: ids are enough for the server to read the
 * original. Each keeps its idempotency key, so a report that had arrived after all is not made twice.
 */
import type { SubmissionRequest } from '../shared/api.ts';

export interface KeptReport {
  key: string;
  /** Address of the user who reported: another account in the same browser must not send it. */
  user: string;
  request: SubmissionRequest;
  keptAt: number;
}

export interface Outbox {
  /** @returns false when nothing here can keep it. */
  keep(report: KeptReport): boolean;
  remove(key: string): void;
  /** Oldest first. */
  list(user: string): KeptReport[];
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const NAME = 'reelback.outbox';
/** Two for each kilobyte of the smallest store (Outlook's own, 32 KB). */
const MAX_REPORTS = 20;
const MAX_AGE_MS = 7 * 24 * 3_600_000;

/** @param stores in order of preference; browsers that partition or block storage make some of them throw */
export function createOutbox(stores: readonly (() => Store | null)[], now: () => number): Outbox {
  function read(store: Store): KeptReport[] {
    const parsed: unknown = JSON.parse(store.getItem(NAME) ?? '[]');
    const reports = Array.isArray(parsed) ? parsed.filter(isKeptReport) : [];
    return reports.filter(({ keptAt }) => now() - keptAt < MAX_AGE_MS);
  }

  function change(edit: (reports: KeptReport[]) => KeptReport[]): boolean {
    for (const open of stores) {
      try {
        const store = open();
        if (!store) continue;
        store.setItem(NAME, JSON.stringify(edit(read(store)).slice(-MAX_REPORTS)));
        return true;
      } catch {
        // Blocked, full or spoilt: the next one.
      }
    }
    return false;
  }

  return {
    keep: (report) => change((reports) => [...reports.filter(({ key }) => key !== report.key), report]),
    remove: (removed) => {
      change((reports) => reports.filter(({ key }) => key !== removed));
    },
    list(user) {
      for (const open of stores) {
        try {
          const store = open();
          if (store) return read(store).filter((report) => report.user === user);
        } catch {
          // As above.
        }
      }
      return [];
    },
  };
}

function isKeptReport(value: unknown): value is KeptReport {
  const report = value as Partial<KeptReport> | null;
  return (
    typeof report?.key === 'string' &&
    typeof report.user === 'string' &&
    typeof report.keptAt === 'number' &&
    typeof report.request?.mailbox === 'string'
  );
}
