/** Who has a mailbox, who stands behind an address, who is in a group, and what message trace knows. */
import { PermanentError } from '../../shared/errors.ts';
import { call, callForBody, pageOf } from './graph-call.ts';
import { filterLiteral } from './graph-copy.ts';
import type { GraphTenant } from './graph-tenant.ts';
import { normalMessageId } from './message-id.ts';
import type { Mailbox } from './port.ts';
import { Recent } from './recent.ts';

const USER_FIELDS = 'id,mail,userPrincipalName,proxyAddresses,assignedPlans,accountEnabled,userType';
const PAGE = 999;
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Long enough for the To and Cc of a campaign, short enough for a new alias. */
const RESOLVED_MS = 10 * 60_000;
const RESOLVED_MOST = 10_000;
/** Trace answers 401 until its service principal is provisioned, which takes hours. */
const TRACE_OFF_MS = 3_600_000;
/** Message trace looks back 90 days, 10 days a query. */
const TRACE_BACK_MS = 90 * 86_400_000;
const TRACE_WINDOW_MS = 10 * 86_400_000;

export class GraphDirectory {
  readonly #resolved: Recent<string, Mailbox[]>;
  readonly #groups: Recent<string, string | null>;
  #traceFrom = 0;

  constructor(private readonly tenant: GraphTenant) {
    this.#resolved = new Recent(RESOLVED_MS, RESOLVED_MOST, tenant.effects.now);
    this.#groups = new Recent(RESOLVED_MS, RESOLVED_MOST, tenant.effects.now);
  }

  /** Every member with a mail address, page by page, without those that were found to have no mailbox. */
  async *mailboxes(): AsyncGenerator<Mailbox[]> {
    for await (const rows of this.#pages(`/users?$select=${USER_FIELDS}&$top=${PAGE}`)) {
      const here = this.#mailboxesIn(rows).filter(({ address }) => !this.tenant.absent.get(address));
      if (here.length > 0) yield here;
    }
  }

  async resolve(address: string): Promise<Mailbox[]> {
    const wanted = address.trim().toLowerCase();
    if (!wanted.includes('@')) return [];
    const known = this.#resolved.get(wanted);
    if (known) return known;
    const [user, groupId] = await Promise.all([this.#userBehind(wanted), this.#groupId(wanted)]);
    const mailboxes = user ?? (groupId === null ? [] : await this.#membersOf(groupId));
    this.#resolved.set(wanted, mailboxes);
    return mailboxes;
  }

  async mailboxOfUser(userId: string): Promise<Mailbox | null> {
    const url = `/users/${encodeURIComponent(userId)}?$select=${USER_FIELDS}`;
    const called = await call(this.tenant, null, { method: 'GET', url });
    return called.is === 'done' ? (this.#mailboxesIn([called.answer.body])[0] ?? null) : null;
  }

  /** Object id of the user who has the address; null when nobody has. */
  async userIdOf(address: string): Promise<string | null> {
    return (await this.#userBehind(address))?.[0]?.userId ?? null;
  }

  /** @param group object id or mail address; an unknown group has no members */
  async isMember(userId: string, group: string): Promise<boolean> {
    const id = GUID.test(group) ? group : await this.#groupId(group.trim().toLowerCase());
    if (id === null) return false;
    const url = `/users/${encodeURIComponent(userId)}/checkMemberGroups`;
    const body = { groupIds: [id] };
    const called = await call(this.tenant, null, { method: 'POST', url, body, purpose: 'read' });
    const answer = called.is === 'done' ? (called.answer.body as { value?: unknown } | null) : null;
    return Array.isArray(answer?.value) && answer.value.includes(id);
  }

  /** Addresses that message trace names, lower case; null while trace does not answer here. */
  async recipientsOf(messageId: string, since: Date): Promise<string[] | null> {
    const now = this.tenant.effects.now();
    if (now < this.#traceFrom) return null;
    const recipients = new Set<string>();
    try {
      for (let from = Math.max(since.getTime(), now - TRACE_BACK_MS); from < now; from += TRACE_WINDOW_MS) {
        const until = Math.min(from + TRACE_WINDOW_MS, now);
        for await (const rows of this.#pages(tracePath(messageId, from, until))) {
          for (const { recipientAddress } of rows) {
            if (typeof recipientAddress === 'string') recipients.add(recipientAddress.toLowerCase());
          }
        }
      }
    } catch (error) {
      // Not provisioned, not granted, or not in this cloud: the sweep finds what trace would have named.
      if (!(error instanceof PermanentError)) throw error;
      this.#traceFrom = now + TRACE_OFF_MS;
      return null;
    }
    return [...recipients];
  }

  /** Primary address, alias or principal name; together, because `or` over several properties is an advanced query. */
  async #userBehind(address: string): Promise<Mailbox[] | null> {
    const rows = await this.#firstRows('users', USER_FIELDS, [
      ...byAddress(address),
      `userPrincipalName%20eq%20${filterLiteral(address)}`,
    ]);
    return rows.length > 0 ? this.#mailboxesIn(rows) : null;
  }

  async #membersOf(groupId: string): Promise<Mailbox[]> {
    const members: Mailbox[] = [];
    const url = `/groups/${encodeURIComponent(groupId)}/transitiveMembers?$select=${USER_FIELDS}&$top=${PAGE}`;
    for await (const rows of this.#pages(url)) members.push(...this.#mailboxesIn(rows));
    return members;
  }

  async #groupId(address: string): Promise<string | null> {
    const known = this.#groups.get(address);
    if (known !== undefined) return known;
    const [group] = await this.#firstRows('groups', 'id,mail', byAddress(address));
    const id = typeof group?.id === 'string' ? group.id : null;
    this.#groups.set(address, id);
    return id;
  }

  /** What the first filter that hits anything hits; all are asked at the same time. */
  async #firstRows(what: 'users' | 'groups', fields: string, filters: string[]): Promise<Record<string, unknown>[]> {
    const pages = await Promise.all(
      filters.map((filter) => {
        const url = `/${what}?$filter=${filter}&$select=${fields}&$top=${PAGE}`;
        return callForBody(this.tenant, null, { method: 'GET', url });
      }),
    );
    return pages.map((page) => pageOf(page).rows).find((rows) => rows.length > 0) ?? [];
  }

  /** Remembers on the way whose address is no key. */
  #mailboxesIn(rows: unknown[]): Mailbox[] {
    const mailboxes = mailboxesIn(rows);
    for (const { mailbox, isKey } of mailboxes) if (!isKey) this.tenant.keys.set(mailbox.address, mailbox.userId);
    return mailboxes.map(({ mailbox }) => mailbox);
  }

  async *#pages(first: string): AsyncGenerator<Record<string, unknown>[]> {
    for (let url: string | null = first; url !== null; ) {
      const page = pageOf(await callForBody(this.tenant, null, { method: 'GET', url }));
      yield page.rows;
      url = page.next;
    }
  }
}

function byAddress(address: string): string[] {
  const proxy = filterLiteral(`smtp:${address}`);
  return [`mail%20eq%20${filterLiteral(address)}`, `proxyAddresses/any(p:p%20eq%20${proxy})`];
}

function tracePath(messageId: string, fromMs: number, untilMs: number): string {
  const id = filterLiteral(normalMessageId(messageId));
  const time = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
  const window = `receivedDateTime%20ge%20${time(fromMs)}%20and%20receivedDateTime%20le%20${time(untilMs)}`;
  return `/admin/exchange/tracing/messageTraces?$filter=messageId%20eq%20${id}%20and%20${window}&$top=5000`;
}

/** Users with mail among directory objects. Guests never have a mailbox here; userType is null on old accounts. */
function mailboxesIn(rows: unknown[]): { mailbox: Mailbox; isKey: boolean }[] {
  const mailboxes: { mailbox: Mailbox; isKey: boolean }[] = [];
  for (const row of rows) {
    const user = (typeof row === 'object' && row !== null ? row : {}) as Record<string, unknown>;
    const type = user['@odata.type'];
    if (typeof user.id !== 'string' || typeof user.mail !== 'string' || user.mail === '') continue;
    if (user.userType === 'Guest' || (type !== undefined && type !== '#microsoft.graph.user')) continue;
    const address = user.mail.toLowerCase();
    const mailbox: Mailbox = {
      provider: 'microsoft365',
      address,
      aliases: aliasesOf(user).filter((alias) => alias !== address),
      userId: user.id,
      kind: user.accountEnabled === false && !hasExchangePlan(user.assignedPlans) ? 'shared' : 'user',
    };
    const name = user.userPrincipalName;
    mailboxes.push({ mailbox, isKey: typeof name === 'string' && name.toLowerCase() === address });
  }
  return mailboxes;
}

/** proxyAddresses are `SMTP:` for the primary one, `smtp:` for the others, and other protocols. */
function aliasesOf(user: Record<string, unknown>): string[] {
  const proxies = Array.isArray(user.proxyAddresses) ? user.proxyAddresses : [];
  const addresses = proxies
    .filter((proxy): proxy is string => typeof proxy === 'string' && /^smtp:/i.test(proxy))
    .map((proxy) => proxy.slice('smtp:'.length).toLowerCase());
  if (typeof user.userPrincipalName === 'string') addresses.push(user.userPrincipalName.toLowerCase());
  return [...new Set(addresses)];
}

/** A shared mailbox is a user without licence whose sign-in is blocked. */
function hasExchangePlan(plans: unknown): boolean {
  if (!Array.isArray(plans)) return false;
  return plans.some((plan) => /^exchange$/i.test(plan?.service) && plan?.capabilityStatus === 'Enabled');
}
