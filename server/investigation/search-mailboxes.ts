import type { Provider } from '../../shared/retraction.ts';
import type { FoundMail, MailboxSearch } from '../../shared/similar.ts';
import type { Copy, MailProvider, SimilarQuery } from '../mailboxes/port.ts';
import { mailboxAddresses, mailboxCountOf } from '../store/campaigns.ts';
import type { Store } from '../store/database.ts';

export interface SearchWorld {
  tenant: string;
  store: Store;
  providers: ReadonlyMap<Provider, MailProvider>;
  now(): Date;
  /** A person waits: when it runs out, what has been found is shown and what has not been looked at is said. */
  searchMs: number;
}

/** Round trips under way for each suite: a person's question must not push a running retraction aside. */
const AT_ONCE = 4;
const MOST_SHOWN = 200;

/** Mails of one sender in all mailboxes of all suites, as far as the time reaches; the content is not looked at. */
export async function searchMailboxes(world: SearchWorld, query: SimilarQuery): Promise<MailboxSearch> {
  const deadline = world.now().getTime() + world.searchMs;
  const searches = await Promise.all(
    [...world.providers.values()].map((provider) => searchSuite(world, provider, query, deadline)),
  );
  const mails = searches.flatMap((search) => search.copies);
  mails.sort((a, b) => (b.received_at ?? '').localeCompare(a.received_at ?? ''));
  return {
    since: query.since.toISOString(),
    until: query.until.toISOString(),
    providers: searches.map((search) => search.counts),
    mails: mails.slice(0, MOST_SHOWN),
  };
}

async function searchSuite(world: SearchWorld, provider: MailProvider, query: SimilarQuery, deadline: number) {
  const total = await mailboxCountOf(world.store.db, world.tenant, provider.provider);
  const mailboxes = { total, searched: 0, failed: 0 };
  const counts = { provider: provider.provider, mailboxes, found: 0, found_in: 0, complete: true };
  const copies: FoundMail[] = [];
  let after = '';
  let listed = false;
  /** One lane after another takes the next page of the directory. */
  let turn: Promise<string[]> = Promise.resolve([]);
  const nextPage = () => {
    turn = turn.then(async () => {
      if (listed || world.now().getTime() >= deadline) return [];
      const { db } = world.store;
      const page = await mailboxAddresses(db, world.tenant, provider.provider, after, provider.findsAtOnce);
      listed = page.length < provider.findsAtOnce;
      after = page.at(-1) ?? after;
      return page;
    });
    return turn;
  };
  const lane = async () => {
    for (let page = await nextPage(); page.length > 0; page = await nextPage()) {
      const outcomes = await inTime(provider.findSimilar(page, query), deadline - world.now().getTime());
      if (!outcomes) return;
      mailboxes.searched += page.length;
      for (const outcome of outcomes) {
        if (!outcome.ok) mailboxes.failed++;
        else if (outcome.value.length > 0) {
          counts.found += outcome.value.length;
          counts.found_in++;
          for (const copy of outcome.value) if (copies.length < MOST_SHOWN * 5) copies.push(foundMail(provider, copy));
        }
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  counts.complete = listed && mailboxes.failed === 0 && mailboxes.searched >= total;
  return { counts, copies };
}

/** null when time ran out before the answer came. */
async function inTime<T>(work: Promise<T>, leftMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(leftMs, 1));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What comes too late is nobody's any more, and must not end the process.
    work.catch(() => undefined);
  }
}

function foundMail(provider: MailProvider, copy: Copy): FoundMail {
  return {
    mailbox: copy.mailbox,
    provider: provider.provider,
    provider_message_id: copy.providerMessageId,
    internet_message_id: copy.internetMessageId,
    subject: copy.subject,
    received_at: copy.receivedAt === null ? null : new Date(copy.receivedAt).toISOString(),
    is_read: copy.isRead,
  };
}
