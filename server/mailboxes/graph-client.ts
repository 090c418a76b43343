/** Sends one request with the official client: its shell, our middleware, none of its retries. */
import { Client, type Context, type Middleware, ResponseType } from '@microsoft/microsoft-graph-client';
import { PermanentError } from '../../shared/errors.ts';
import type { Answer, Purpose } from './answer.ts';
import { checkedUrl, type Effects } from './effects.ts';
import { exchange, jsonOf } from './exchange.ts';
import type { GraphSettings } from './graph-settings.ts';
import { type TokenSource, tokenSource } from './graph-token.ts';

export interface GraphRequest {
  method: 'GET' | 'POST' | 'PATCH';
  /**
   * Every value already percent-encoded. Starting with `/`: below the mailbox for requests to one (`graph-call.ts` puts
   * the user in front), else below the version. Or a nextLink of ours, unchanged.
   */
  url: string;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** A POST that only reads ($batch of finds, translateExchangeIds) says so. Default: GET reads, the rest writes. */
  purpose?: Purpose;
  /** The body of a good answer stays bytes. */
  bytes?: boolean;
}

/** Ids then survive moves inside the mailbox; it holds for one request, and inside a batch for one item. */
export const PREFER_IMMUTABLE = 'IdType="ImmutableId"';

/** What our middleware is told and what it learns: the client would rewrite the URL and swallow the error's cause. */
class Errand {
  error: unknown = null;
  constructor(
    readonly url: string,
    readonly purpose: Purpose,
  ) {}
}

export class GraphClient {
  /** Base address with the version, no trailing slash. */
  readonly base: string;
  readonly #client: Client;
  readonly #randomId: () => string;

  constructor(settings: GraphSettings, effects: Effects) {
    const root = checkedUrl(settings.graphUrl ?? 'https://graph.microsoft.com').replace(/\/v1\.0$/, '');
    this.base = `${root}/v1.0`;
    this.#randomId = effects.randomId;
    const send = new Send(effects.fetch, settings.timeoutMs ?? 20_000);
    const authorize = new Authorize(tokenSource(settings, root, effects), send);
    this.#client = Client.initWithMiddleware({ baseUrl: root, defaultVersion: 'v1.0', middleware: authorize });
  }

  /**
   * The answer, whatever its status.
   * @throws TemporaryError when no answer arrives (outcomeUnknown for a write that may have left)
   * @throws PermanentError `consent-revoked` when no token is to be had, `foreign_link`, `too_large`
   */
  async send(request: GraphRequest): Promise<Answer> {
    const path = this.pathOf(request.url);
    const errand = new Errand(this.base + path, request.purpose ?? (request.method === 'GET' ? 'read' : 'write'));
    const call = this.#client
      .api(path)
      .headers({ Prefer: PREFER_IMMUTABLE, 'client-request-id': this.#randomId(), ...request.headers })
      .middlewareOptions([errand])
      .responseType(ResponseType.RAW);
    let response: Response;
    try {
      if (request.method === 'GET') response = await call.get();
      else if (request.method === 'POST') response = await call.post(request.body ?? '');
      else response = await call.patch(request.body);
    } catch (error) {
      throw errand.error ?? error;
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    const body = request.bytes && response.ok ? bytes : jsonOf(bytes);
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  }

  /** A nextLink carries our token, so it is followed only inside our own base address. */
  pathOf(url: string): string {
    if (url.startsWith('/')) return url;
    if (url.startsWith(`${this.base}/`)) return url.slice(this.base.length);
    throw new PermanentError('foreign_link', 'graph: a link of another address was not followed');
  }
}

/** The client's own handler drops the header on http and on hosts it does not know. A 401 is asked once more. */
class Authorize implements Middleware {
  constructor(
    private readonly token: TokenSource,
    private readonly next: Send,
  ) {}

  async execute(context: Context): Promise<void> {
    const errand = errandOf(context);
    try {
      await this.next.send(context, errand, await this.token());
      if (context.response?.status === 401) await this.next.send(context, errand, await this.token({ fresh: true }));
    } catch (error) {
      errand.error = error;
      throw error;
    }
  }
}

class Send {
  constructor(
    private readonly fetch: Effects['fetch'],
    private readonly timeoutMs: number,
  ) {}

  async send(context: Context, errand: Errand, token: string): Promise<void> {
    const how = { fetch: this.fetch, timeoutMs: this.timeoutMs, who: 'graph', purpose: errand.purpose };
    const { status, headers, bytes } = await exchange(how, errand.url, {
      ...context.options,
      headers: { ...(context.options?.headers as Record<string, string>), Authorization: `Bearer ${token}` },
    });
    const empty = status === 204 || status === 205 || status === 304;
    context.response = new Response(empty ? null : bytes, { status, headers });
  }
}

function errandOf(context: Context): Errand {
  const errand = context.middlewareControl?.getMiddlewareOptions(Errand);
  if (!(errand instanceof Errand)) throw new TypeError('a request that did not come from GraphClient.send');
  return errand;
}
