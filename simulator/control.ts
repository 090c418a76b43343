/** The control plane: what the Simulator object can do, for other processes, as JSON over HTTP below `/control`. */
import type { IncomingMessage } from 'node:http';
import type { FaultRule, RouteName } from './faults.ts';
import { googleConnectionOf, googleReads, googleWrites } from './google-control.ts';
import type { TokenForgery } from './identity/forgery.ts';
import type { Handler, Simulator } from './simulator.ts';
import type { Delivery } from './tenant/mailbox.ts';
import type { MailboxOptions } from './tenant/tenant.ts';
import { type Answer, json, readBody, writeAnswer } from './wire.ts';

type Fields = Record<string, unknown>;

export function createControl(simulator: Simulator): Handler {
  const faults = new Map<number, ReturnType<Simulator['faults']['add']>>();
  let lastFault = 0;

  const reads: Record<string, (query: URLSearchParams) => unknown> = {
    state: (query) => stateOf(simulator, query),
    log: (query) => {
      const since = Number(query.get('since') ?? 0);
      const wanted = (name: string) => query.get(name) ?? undefined;
      const filter = { route: wanted('route'), mailbox: wanted('mailbox'), method: wanted('method') };
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      return { exchanges: simulator.log.list(given).filter((exchange) => exchange.at >= since) };
    },
    faults: () => ({ faults: [...faults].map(([id, { rule, hits }]) => ({ id, hits, rule })) }),
    settings: () => simulator.settings,
    connection: () => connectionOf(simulator),
    ...googleReads(simulator),
  };

  const writes: Record<string, (body: Fields) => unknown> = {
    mailboxes: (body) => {
      if (typeof body.count === 'number') simulator.addMailboxes(body.count, body.domain as string | undefined);
      else simulator.addMailbox(text(body, 'address'), body as MailboxOptions);
    },
    groups: (body) =>
      simulator.addGroup(text(body, 'address'), body.members as string[], body.displayName as string | undefined),
    deliver: (body) => {
      const eml = typeof body.eml === 'string' ? Buffer.from(body.eml, 'base64') : Buffer.from(text(body, 'text'));
      const addresses = Array.isArray(body.addresses) ? body.addresses.map(String) : [text(body, 'address')];
      return { ids: addresses.map((address) => simulator.deliver(address, eml, body as Delivery)) };
    },
    owner: (body) => {
      const [address, which] = [text(body, 'address'), text(body, 'which')];
      const timing = { after: body.after as RouteName | undefined };
      if (body.action === 'reads') simulator.userReads(address, which, body.isRead !== false, timing);
      else if (body.action === 'moves') simulator.userMoves(address, which, text(body, 'folder'), timing);
      else if (body.action === 'deletes') simulator.userDeletes(address, which, timing);
      else if (body.action === 'removes') simulator.remove(address, which, timing);
      else throw new TypeError('action: reads, moves, deletes or removes');
    },
    faults: (body) => {
      faults.set(++lastFault, simulator.faults.add(body as unknown as FaultRule));
      return { id: lastFault };
    },
    settings: (body) => Object.assign(simulator.settings, body),
    denied: (body) => {
      for (const address of body.addresses as string[]) simulator.denied.add(address.toLowerCase());
    },
    token: (body) => {
      const address = text(body, 'address');
      return {
        accessToken: simulator.accessToken(address, body.forgery as TokenForgery | undefined),
        idToken: simulator.idToken(address),
      };
    },
    reset: () => {
      faults.clear();
      simulator.reset();
    },
    ...googleWrites(simulator),
  };

  async function answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const name = url.pathname.slice('/control/'.length);
    if (request.method === 'GET' && reads[name]) return json(200, reads[name](url.searchParams));
    if (request.method === 'DELETE' && name === 'faults') {
      faults.clear();
      simulator.faults.clear();
      return json(200, {});
    }
    if (request.method !== 'POST' || !writes[name])
      return json(404, { message: `no control called ${request.method} ${name}` });
    // A page in the visitor's browser could post a form here; it cannot post JSON without asking first.
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
      return json(415, { message: 'application/json only' });
    try {
      const bytes = await readBody(request);
      const body: Fields = bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
      return json(200, writes[name](body) ?? {});
    } catch (error) {
      return json(400, { message: (error as Error).message });
    }
  }

  return async (request, response, url) => writeAnswer(response, await answer(request, url));
}

/** Where the tenant is and how to sign in, in the words of Reelback's environment. */
export function connectionOf(simulator: Simulator): Record<string, string> {
  const { url, graphUrl, loginUrl, tenantId, app } = simulator;
  return {
    url,
    graphUrl,
    loginUrl,
    tenantId,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    apiAudience: app.apiAudience,
    ...googleConnectionOf(simulator),
  };
}

/** `?address=` one mailbox only; `?messageId=` copies of one mail only, and only mailboxes that have one. */
function stateOf(simulator: Simulator, query: URLSearchParams): unknown {
  const address = query.get('address')?.toLowerCase();
  const messageId = query.get('messageId');
  const mailboxes = [...simulator.tenant.allMailboxes()].flatMap((mailbox) => {
    if (address !== undefined && mailbox.address !== address) return [];
    const copies = simulator
      .copies(mailbox.address)
      .filter((copy) => messageId === null || copy.internetMessageId === messageId);
    if (messageId !== null && copies.length === 0) return [];
    const { displayName = '', kind = 'user' } = simulator.tenant.person(mailbox.address) ?? {};
    return [{ address: mailbox.address, displayName, kind, copies }];
  });
  return { tenantId: simulator.tenantId, mailboxes };
}

function text(body: Fields, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is missing`);
  return value;
}
