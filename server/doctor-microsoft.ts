import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { Check } from './doctor.ts';
import { graphProvider } from './mailboxes/graph.ts';
import { tokenSource } from './mailboxes/graph-token.ts';
import type { MailProvider } from './mailboxes/port.ts';
import type { MicrosoftConfiguration } from './microsoft-configuration.ts';

const registration = 'in Entra, App registrations, API permissions, as application permission, with admin consent';

const world = {
  fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
  now: Date.now,
  sleep: (ms: number) => wait(ms),
  random: Math.random,
  randomId: randomUUID,
};

/** Whether a token is given and what it opens. Nothing is written in any mailbox. */
export async function* checkMicrosoft(tenant: MicrosoftConfiguration): AsyncIterable<Check> {
  const name = `microsoft 365 ${tenant.tenantId}`;
  const token = await outcomeOf(tokenSource(tenant, tenant.graphUrl, world)());
  if ('reason' in token) {
    const remedy = 'check REELBACK_MS_TENANT_ID, REELBACK_MS_CLIENT_ID and the secret or certificate (expired?)';
    yield { name, state: 'fail', text: `no token (${token.reason}): ${remedy}` };
    return;
  }
  yield { name, state: 'ok', text: 'a token is given for the application' };
  yield* checkDirectory(name, rolesOf(token.value), graphProvider(tenant));
}

async function* checkDirectory(name: string, roles: string[] | null, provider: MailProvider): AsyncIterable<Check> {
  const listed = await outcomeOf(firstMailbox(provider));
  if ('reason' in listed) {
    yield {
      name,
      state: 'fail',
      text: `mailboxes cannot be listed (${listed.reason}): grant User.Read.All ${registration}`,
    };
    return;
  }
  if (listed.value === null) {
    yield { name, state: 'warn', text: 'the directory shows no mailbox at all: is this the right tenant?' };
    return;
  }
  yield { name, state: 'ok', text: 'mailboxes can be listed' };

  // A Message-ID that no mail has: the find is allowed or refused all the same.
  const found = await outcomeOf(provider.findCopies([listed.value], '<doctor@reelback.invalid>'));
  const refusal = 'reason' in found ? found.reason : found.value[0]?.ok === false ? found.value[0].error.message : null;
  yield refusal === null
    ? { name, state: 'ok', text: 'a mailbox can be searched' }
    : { name, state: 'fail', text: `a mailbox cannot be searched (${refusal}): grant Mail.ReadWrite ${registration}` };

  if (roles === null) return;
  // Scoped by RBAC for Applications, Mail.ReadWrite works without standing in the token.
  for (const [role, use] of [
    ['Mail.ReadWrite', 'to move copies; granted to some mailboxes only (RBAC for Applications) it does not show here'],
    ['GroupMember.Read.All', 'to find the members of a group that a lure was sent to'],
  ] as const) {
    const granted = roles.some((held) => held === role || held === role.replace('GroupMember.Read', 'Group.Read'));
    yield granted
      ? { name, state: 'ok', text: `${role} is granted` }
      : { name, state: 'warn', text: `${role} is not in the token (${use}): grant it ${registration}` };
  }
}

async function firstMailbox(provider: MailProvider): Promise<string | null> {
  for await (const page of provider.listMailboxes()) if (page[0] !== undefined) return page[0].address;
  return null;
}

/** null when the token is not one that can be read (a test double's). */
function rolesOf(token: string): string[] | null {
  try {
    const { roles } = decodeJwt<{ roles?: unknown }>(token);
    return Array.isArray(roles) ? roles.map(String) : [];
  } catch {
    return null;
  }
}

async function outcomeOf<T>(work: Promise<T>): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await work };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
