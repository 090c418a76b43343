/** What was asked and what was answered: for tests that count requests, and for the conformance checks. */

export interface Exchange {
  /** ms since the epoch, when it arrived */
  at: number;
  /** How long until the answer, ms. */
  ms: number;
  method: string;
  /** Path and query as sent, below the prefix of its service. */
  url: string;
  route: string;
  mailbox: string | null;
  /** Number of the $batch it came in; null for a request of its own. */
  batch: number | null;
  status: number | 'reset' | 'silence';
  requestHeaders: Record<string, string | undefined>;
  requestBody: unknown;
  responseHeaders: Record<string, string>;
  /** JSON; undefined for bytes and for no body. */
  responseBody: unknown;
}

/** Keeps the last `keep` exchanges, and hands every one to its listeners. */
export class RequestLog {
  /** 0 switches it off, for benches. */
  keep: number;
  private readonly entries: Exchange[] = [];
  private readonly listeners = new Set<(exchange: Exchange) => void>();

  constructor(keep: number) {
    this.keep = keep;
  }

  add(exchange: Exchange): void {
    for (const listener of this.listeners) listener(exchange);
    if (this.keep === 0) return;
    this.entries.push(exchange);
    if (this.entries.length > 2 * this.keep) this.entries.splice(0, this.entries.length - this.keep);
  }

  /** Oldest first. */
  list(filter: Partial<Pick<Exchange, 'route' | 'mailbox' | 'method' | 'status'>> = {}): Exchange[] {
    const wanted = Object.entries(filter) as [keyof Exchange, unknown][];
    return this.entries.slice(-this.keep).filter((exchange) => wanted.every(([key, value]) => exchange[key] === value));
  }

  clear(): void {
    this.entries.length = 0;
  }

  /** @returns a function that ends it */
  listen(listener: (exchange: Exchange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get on(): boolean {
    return this.keep > 0 || this.listeners.size > 0;
  }
}
