/** Sends requests that Google's client has written: one, or many in a batch, each with the token of its own mailbox. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { Answer, Purpose } from './answer.ts';
import { checkedUrl, type Effects } from './effects.ts';
import { exchange, jsonOf } from './exchange.ts';
import { answersIn, multipartOf, type Part } from './gmail-multipart.ts';
import { addressed, type GmailRequest } from './gmail-requests.ts';
import type { GmailSettings } from './gmail-settings.ts';
import { GmailTokens } from './gmail-token.ts';

export interface Addressed {
  /** Mailbox, or administrator for the directory. */
  subject: string;
  request: GmailRequest;
}

export class GmailClient {
  readonly tokens: GmailTokens;
  readonly #gmailUrl: string;
  readonly #adminUrl: string;
  readonly #timeoutMs: number;

  /** @throws PermanentError `bad_service_account`, `insecure_url` */
  constructor(
    settings: GmailSettings,
    private readonly effects: Effects,
  ) {
    this.tokens = new GmailTokens(settings, effects);
    this.#gmailUrl = checkedUrl(settings.gmailUrl ?? 'https://gmail.googleapis.com');
    this.#adminUrl = checkedUrl(settings.adminUrl ?? 'https://admin.googleapis.com');
    this.#timeoutMs = settings.timeoutMs ?? 20_000;
  }

  /**
   * The answer, whatever its status; a 401 is asked once more with a fresh token.
   * @throws TemporaryError when no answer arrives (outcomeUnknown for a write that may have left), PermanentError
   */
  async send({ subject, request }: Addressed, options: { fresh?: boolean } = {}): Promise<Answer> {
    const answer = await this.#once(subject, request, await this.tokens.tokenFor(subject, request.scope, options));
    if (answer.status !== 401 || options.fresh) return answer;
    return this.#once(subject, request, await this.tokens.tokenFor(subject, request.scope, { fresh: true }));
  }

  async #once(subject: string, request: GmailRequest, token: string): Promise<Answer> {
    const root = request.path.startsWith('/gmail/') ? this.#gmailUrl : this.#adminUrl;
    const { status, headers, bytes } = await this.#exchange(
      `${root}${addressed(subject, request.path)}`,
      request.purpose,
      {
        method: request.method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(request.body === null ? {} : { 'Content-Type': 'application/json' }),
        },
        body: request.body,
      },
    );
    return { status, headers: Object.fromEntries(headers), body: jsonOf(bytes) };
  }

  /**
   * One outcome an item, in order. An item whose token is refused is left out of the batch and fails alone; null is an
   * item that the batch did not answer.
   * @returns `whole` instead when the batch as such was refused
   * @throws TemporaryError when no answer arrives
   */
  async sendBatch(
    items: readonly Addressed[],
    purpose: Purpose,
  ): Promise<{ each: (Answer | TemporaryError | PermanentError | null)[] } | { whole: Answer }> {
    const tokens = await Promise.all(items.map((item) => this.#tokenOrError(item)));
    const parts: Part[] = [];
    const places: number[] = [];
    for (const [at, { subject, request }] of items.entries()) {
      const token = tokens[at];
      if (typeof token !== 'string') continue;
      parts.push({ method: request.method, path: addressed(subject, request.path), token, body: request.body });
      places.push(at);
    }
    const each: (Answer | TemporaryError | PermanentError | null)[] = tokens.map((token) =>
      typeof token === 'string' ? null : (token ?? null),
    );
    if (parts.length === 0) return { each };
    const boundary = `batch_${this.effects.randomId()}`;
    const { status, headers, bytes } = await this.#exchange(`${this.#gmailUrl}/batch/gmail/v1`, purpose, {
      method: 'POST',
      headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}` },
      body: multipartOf(parts, boundary),
    });
    if (status !== 200) return { whole: { status, headers: Object.fromEntries(headers), body: jsonOf(bytes) } };
    const answers = answersIn(headers.get('content-type') ?? '', bytes, parts.length);
    for (const [index, at] of places.entries()) each[at] = answers[index] ?? null;
    return { each };
  }

  async #tokenOrError({ subject, request }: Addressed): Promise<string | TemporaryError | PermanentError> {
    try {
      return await this.tokens.tokenFor(subject, request.scope);
    } catch (error) {
      if (error instanceof TemporaryError || error instanceof PermanentError) return error;
      throw error;
    }
  }

  #exchange(url: string, purpose: Purpose, init: RequestInit) {
    const { fetch } = this.effects;
    return exchange({ fetch, timeoutMs: this.#timeoutMs, who: 'gmail', purpose }, url, init);
  }
}
