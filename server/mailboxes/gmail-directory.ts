/** Who has a mailbox, who stands behind an address, who is in a group. */
import { PermanentError } from '../../shared/errors.ts';
import { call, callForBody, pageOf } from './gmail-call.ts';
import { getUser, hasMember, listMembers, listUsers } from './gmail-requests.ts';
import type { GmailTenant } from './gmail-tenant.ts';
import type { Mailbox } from './port.ts';
import { Recent } from './recent.ts';

/** Long enough for the To and Cc of a campaign, short enough for a new alias. */
const RESOLVED_MS = 10 * 60_000;
const RESOLVED_MOST = 10_000;

export class GmailDirectory {
  readonly #resolved: Recent<string, Mailbox[]>;

  constructor(private readonly tenant: GmailTenant) {
    this.#resolved = new Recent(RESOLVED_MS, RESOLVED_MOST, tenant.effects.now);
  }

  /** Every user with Gmail who can receive now, page by page. */
  async *mailboxes(): AsyncGenerator<Mailbox[]> {
    for (let token: string | null | undefined; token !== null; ) {
      const page = pageOf(await callForBody(this.tenant, null, await listUsers(token)), 'users');
      const here = page.rows.map(mailboxOf).filter((mailbox) => mailbox !== null);
      const present = here.filter(({ address }) => !this.tenant.absent.get(address));
      if (present.length > 0) yield present;
      token = page.next;
    }
  }

  async resolve(address: string): Promise<Mailbox[]> {
    const wanted = address.trim().toLowerCase();
    if (!wanted.includes('@')) return [];
    const known = this.#resolved.get(wanted);
    if (known) return known;
    const user = await this.#user(wanted);
    const mailboxes = user === null ? await this.#membersOf(wanted) : user;
    this.#resolved.set(wanted, mailboxes);
    return mailboxes;
  }

  async mailboxOfUser(userId: string): Promise<Mailbox | null> {
    // A subject is a number; anything else would be looked up as an address.
    if (!/^\d{1,30}$/.test(userId)) return null;
    return (await this.#user(userId))?.[0] ?? null;
  }

  /** @param group id or address; an unknown group has no members */
  async isMember(userId: string, group: string): Promise<boolean> {
    try {
      const called = await call(this.tenant, null, await hasMember(group.trim().toLowerCase(), userId));
      const body = called.is === 'done' ? (called.answer.body as { isMember?: unknown } | null) : null;
      return body?.isMember === true;
    } catch (error) {
      if (!(error instanceof PermanentError) || error.code !== 'unexpected_answer') throw error;
      // Refused for members of nested groups in other domains, whom the list does name.
      return (await this.#memberRows(group.trim().toLowerCase())).some(({ id }) => id === userId);
    }
  }

  /** [] for a user without Gmail, null when nobody here has the key. */
  async #user(key: string): Promise<Mailbox[] | null> {
    const body = await this.#unlessForeign(async () => {
      const called = await call(this.tenant, null, await getUser(key));
      return called.is === 'done' ? called.answer.body : null;
    });
    if (body === null) return null;
    const mailbox = mailboxOf(body);
    return mailbox === null ? [] : [mailbox];
  }

  async #membersOf(group: string): Promise<Mailbox[]> {
    const rows = (await this.#unlessForeign(() => this.#memberRows(group))) ?? [];
    const mailboxes: Mailbox[] = [];
    for (const { type, status, id, email } of rows) {
      // A group inside is expanded by Google; the whole company as a member is left to the sweep.
      if (type !== 'USER' || (status !== undefined && status !== 'ACTIVE')) continue;
      if (typeof id !== 'string' || typeof email !== 'string') continue;
      const address = email.toLowerCase();
      mailboxes.push({ provider: 'google', address, aliases: [], userId: id, kind: 'user' });
    }
    return mailboxes;
  }

  async #memberRows(group: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    for (let token: string | null | undefined; token !== null; ) {
      const called = await call(this.tenant, null, await listMembers(group, token));
      if (called.is !== 'done') return rows;
      const page = pageOf(called.answer.body, 'members');
      rows.push(...page.rows);
      token = page.next;
    }
    return rows;
  }

  /** An address of somebody else's domain is answered 403, which is no trouble of ours. */
  async #unlessForeign<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof PermanentError && error.code === 'not_authorized') return null;
      throw error;
    }
  }
}

/** null for who cannot have mail here: no Gmail, suspended, or archived. */
function mailboxOf(row: unknown): Mailbox | null {
  const user = (typeof row === 'object' && row !== null ? row : {}) as Record<string, unknown>;
  if (typeof user.id !== 'string' || typeof user.primaryEmail !== 'string') return null;
  if (user.isMailboxSetup !== true || user.suspended === true || user.archived === true) return null;
  const address = user.primaryEmail.toLowerCase();
  const others = [...addressesIn(user.aliases), ...addressesIn(user.nonEditableAliases)];
  const aliases = [...new Set(others)].filter((alias) => alias !== address);
  return { provider: 'google', address, aliases, userId: user.id, kind: 'user' };
}

function addressesIn(list: unknown): string[] {
  const rows = Array.isArray(list) ? list : [];
  return rows.filter((one): one is string => typeof one === 'string').map((one) => one.toLowerCase());
}
