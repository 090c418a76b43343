import type { MailStanding } from '../../shared/mail.ts';
import type { Store } from '../store/database.ts';
import { mailStanding } from '../store/outgoing-mail.ts';

/** How mail goes, for the people who set it up. */
export interface MailDesk {
  standing(): Promise<MailStanding>;
}

interface MailDeskOptions {
  tenant: string;
  store: Store;
  /** The address mail comes from; null: nothing is sent. */
  from: string | null;
  intake: MailStanding['intake'];
}

const MOST_FAILURES = 20;

export function openMailStanding({ tenant, store, from, intake }: MailDeskOptions): MailDesk {
  return {
    async standing() {
      const { waiting, trouble, last_sent_at, failed } = await mailStanding(store.db, tenant, MOST_FAILURES);
      return {
        configured: from !== null,
        from,
        waiting,
        trouble,
        last_sent_at: last_sent_at?.toISOString() ?? null,
        failed: failed.map(({ recipient, kind, failed_at, last_error }) => ({
          recipient,
          kind,
          failed_at: failed_at.toISOString(),
          error: last_error,
        })),
        intake,
      };
    },
  };
}
