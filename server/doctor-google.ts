import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PermanentError } from '../shared/errors.ts';
import type { Check } from './doctor.ts';
import { searchMailboxes, someMailboxes } from './doctor-mailboxes.ts';
import type { GoogleConfiguration } from './google-configuration.ts';
import { gmailProvider } from './mailboxes/gmail.ts';
import { GmailTokens, SCOPES, type Scope } from './mailboxes/gmail-token.ts';
import type { MailProvider } from './mailboxes/port.ts';

const delegation = 'in the Admin console, Security, API controls, Domain-wide delegation';

const world = {
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  now: Date.now,
  sleep: (ms: number) => wait(ms),
  random: Math.random,
  randomId: randomUUID,
};

/** What the delegation opens, scope by scope, and whether people can report. Nothing is written in any mailbox. */
export async function* checkGoogle(workspace: GoogleConfiguration): AsyncIterable<Check> {
  const name = `google workspace ${workspace.domains[0]}`;
  if (workspace.addonAudiences.length === 0) {
    yield { name, state: 'warn', text: 'nobody can report from Gmail: set REELBACK_GOOGLE_ADDON_AUDIENCES' };
  }
  const tokens = new GmailTokens(workspace, world);
  const directory = await outcomeOf(tokens.tokenFor(workspace.admin, 'directory'));
  if ('reason' in directory) {
    const remedy = `check REELBACK_GOOGLE_ADMIN and the key file, and delegate ${SCOPES.directory} ${delegation}`;
    yield { name, state: 'fail', text: `the directory gives no token (${directory.reason}): ${remedy}` };
    return;
  }
  yield { name, state: 'ok', text: 'a token is given for the directory' };
  yield* checkMailbox(name, gmailProvider(workspace));
  for (const [scope, use] of [
    ['reports', 'without it recipients are found by looking into every mailbox'],
    ['purge', 'without it nothing can be deleted for good, which only a person ever asks for'],
  ] as const satisfies [Scope, string][]) {
    const token = await outcomeOf(tokens.tokenFor(workspace.admin, scope));
    yield 'reason' in token
      ? { name, state: 'warn', text: `${SCOPES[scope]} is not delegated (${use}): delegate it ${delegation}` }
      : { name, state: 'ok', text: `${SCOPES[scope]} is delegated` };
  }
}

async function* checkMailbox(name: string, provider: MailProvider): AsyncIterable<Check> {
  const listed = await outcomeOf(someMailboxes(provider));
  if ('reason' in listed) {
    const remedy = 'REELBACK_GOOGLE_ADMIN needs an administrator who may read users';
    yield { name, state: 'fail', text: `mailboxes cannot be listed (${listed.reason}): ${remedy}` };
    return;
  }
  if (listed.value.length === 0) {
    yield { name, state: 'warn', text: 'the directory shows no mailbox at all: is this the right Workspace?' };
    return;
  }
  yield { name, state: 'ok', text: 'mailboxes can be listed' };
  yield await searchMailboxes(name, provider, listed.value, `delegate ${SCOPES.mail} ${delegation}`);
}

async function outcomeOf<T>(work: Promise<T>): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof PermanentError) return { reason: `${error.code}: ${error.message}` };
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
