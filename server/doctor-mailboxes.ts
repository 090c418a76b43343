/** Whether mailboxes can be searched: several, because the first of a directory may be a room, or nobody's. */
import type { Check } from './doctor.ts';
import type { MailProvider } from './mailboxes/port.ts';

const LOOKED_INTO = 5;

/** Some of the first page, spread over it; [] when the directory shows none. @throws TemporaryError | PermanentError */
export async function someMailboxes(provider: MailProvider): Promise<string[]> {
  for await (const page of provider.listMailboxes()) {
    const step = Math.max(1, page.length / LOOKED_INTO);
    const chosen = Array.from({ length: Math.min(LOOKED_INTO, page.length) }, (_, at) => page[Math.floor(at * step)]);
    if (chosen.length > 0) return chosen.flatMap((mailbox) => (mailbox ? [mailbox.address] : []));
  }
  return [];
}

/**
 * @param remedy what to do when nobody's mailbox can be searched
 * @throws TemporaryError | PermanentError
 */
export async function searchMailboxes(
  name: string,
  provider: MailProvider,
  mailboxes: readonly string[],
  remedy: string,
): Promise<Check> {
  // A Message-ID that no mail has: the find is allowed or refused all the same.
  const found = await provider.findCopies(mailboxes, '<doctor@reelback.invalid>');
  const refusals = found.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.message]));
  const reason = refusals[0];
  if (reason === undefined) return { name, state: 'ok', text: `mailboxes can be searched (tried ${found.length})` };
  if (refusals.length === found.length) {
    return {
      name,
      state: 'fail',
      text: `mailboxes cannot be searched, none of ${found.length} (${reason}): ${remedy}`,
    };
  }
  return {
    name,
    state: 'warn',
    text: `${refusals.length} of ${found.length} mailboxes cannot be searched (${reason}): no mailbox behind the account, or not in the scope that was granted; ${remedy}`,
  };
}
