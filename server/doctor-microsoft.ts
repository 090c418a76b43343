import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import type { Check } from './doctor.ts';
import { searchMailboxes, someMailboxes } from './doctor-mailboxes.ts';
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
  yield* tenantName(name, tenant.tenantId, token.value);
  yield* checkDirectory(name, rolesOf(token.value), graphProvider(tenant));
}

async function* checkDirectory(name: string, roles: string[] | null, provider: MailProvider): AsyncIterable<Check> {
  const listed = await outcomeOf(someMailboxes(provider));
  if ('reason' in listed) {
    yield {
      name,
      state: 'fail',
      text: `mailboxes cannot be listed (${listed.reason}): grant User.Read.All ${registration}`,
    };
    return;
  }
  if (listed.value.length === 0) {
    yield { name, state: 'warn', text: 'the directory shows no mailbox at all: is this the right tenant?' };
    return;
  }
  yield { name, state: 'ok', text: 'mailboxes can be listed' };

  const remedy = `grant Mail.ReadWrite ${registration}`;
  const searched = await outcomeOf(searchMailboxes(name, provider, listed.value, remedy));
  yield 'reason' in searched
    ? { name, state: 'fail', text: `mailboxes cannot be searched (${searched.reason}): ${remedy}` }
    : searched.value;

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

/** Tokens name the tenant by its GUID, so a report whose token is held against a domain is refused. */
function tenantName(name: string, tenantId: string, token: string): Check[] {
  if (GUID.test(tenantId)) return [];
  const tid = claimsOf(token)?.tid;
  const say = typeof tid === 'string' && GUID.test(tid) ? tid : 'the Directory (tenant) ID of the Entra overview page';
  const text = `REELBACK_MS_TENANT_ID is no GUID, and add-in tokens name the tenant by it: set it to ${say}`;
  return [{ name, state: 'warn', text }];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** null when the token is not one that can be read (a test double's). */
function claimsOf(token: string): { roles?: unknown; tid?: unknown } | null {
  try {
    return decodeJwt<{ roles?: unknown; tid?: unknown }>(token);
  } catch {
    return null;
  }
}

function rolesOf(token: string): string[] | null {
  const claims = claimsOf(token);
  if (claims === null) return null;
  return Array.isArray(claims.roles) ? claims.roles.map(String) : [];
}

async function outcomeOf<T>(work: Promise<T>): Promise<{ value: T } | { reason: string }> {
  try {
    return { value: await work };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
