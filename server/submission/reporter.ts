import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Mailbox, MailProvider } from '../mailboxes/port.ts';
import { patientIfShutOut } from '../mailboxes/shut-out.ts';
import { mailboxOfUser, rememberMailboxes } from '../store/directory.ts';
import type { Reporter } from './face.ts';
import type { SubmissionWorld } from './world.ts';

/** Whose mailbox a report may come from, as far as the directory could be asked. */
export type Standing =
  | { verified: true; reporter: string; mailbox: string }
  /** The directory did not answer: nothing is read from the mailbox before it has. */
  | { verified: false; reporter: string; mailbox: string };

/**
 * The reporter may report mail of a mailbox that the directory says is theirs, or a shared one the admin's mapping gives them.
 * @param claimed the mailbox the add-in names; the token says nothing about it
 * @throws PermanentError `mailbox_not_allowed` | `provider_not_configured`
 */
export async function standingOf(world: SubmissionWorld, reporter: Reporter, claimed: string): Promise<Standing> {
  const provider = world.providers.get(reporter.provider);
  if (!provider) {
    throw new PermanentError('provider_not_configured', `This server is not connected to ${reporter.provider}.`);
  }
  const mailbox = claimed.trim().toLowerCase();
  try {
    const known = await mailboxOfUser(world.store.db, world.tenant, reporter.provider, reporter.userId);
    if (known && owns(known, mailbox)) return { verified: true, reporter: known.address, mailbox: known.address };
    // The directory table may be hours old: a "no" is only said after asking.
    const own = await provider.mailboxOfUser(reporter.userId);
    if (own) {
      await rememberMailboxes(world.store.db, world.tenant, [own], world.now());
      if (owns(own, mailbox)) return { verified: true, reporter: own.address, mailbox: own.address };
      const shared = await sharedMailbox(world, provider, reporter, own, mailbox);
      if (shared) return { verified: true, reporter: own.address, mailbox: shared };
    }
  } catch (caught) {
    const error = patientIfShutOut(caught);
    if (error instanceof TemporaryError) return { verified: false, reporter: mailbox, mailbox };
    throw error;
  }
  throw new PermanentError('mailbox_not_allowed', 'The signed-in user does not own this mailbox.');
}

const owns = (own: { address: string; aliases: string[] }, mailbox: string) =>
  own.address === mailbox || own.aliases.includes(mailbox);

async function sharedMailbox(
  world: SubmissionWorld,
  provider: MailProvider,
  reporter: Reporter,
  own: Mailbox,
  mailbox: string,
): Promise<string | null> {
  const { mailboxes } = await world.settings.get('shared_mailboxes');
  const entry = mailboxes.find((m) => m.address.toLowerCase() === mailbox);
  if (!entry) return null;
  if (entry.people.some((person) => owns(own, person.toLowerCase()))) return mailbox;
  for (const group of entry.groups) {
    if (await provider.isMember(reporter.userId, group)) return mailbox;
  }
  return null;
}
