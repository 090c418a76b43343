/** How many bytes of reports may be on their way at a time: a 40 MB body costs five times its size until it is stored. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerKey } from './authenticate.ts';
import { Problem } from './problem.ts';

/** Small reports always pass: they are what a server lives on. */
const SMALL_BYTES = 1024 * 1024;

/** What a request holds of the gate; letting go twice is letting go once. */
export interface Passage {
  leave(): void;
}

export class UploadGate {
  #bytes = 0;
  readonly #ofCaller = new Map<string, number>();

  /**
   * @param maxBytes of all callers together
   * @param maxBytesOfCaller of one person, so that nobody closes the gate for the others
   */
  constructor(
    private readonly maxBytes: number,
    private readonly maxBytesOfCaller: number,
  ) {}

  /**
   * Before the body is read. Held until left, or until the connection is gone.
   * @param bodyLimit what a body of unknown length counts as
   * @throws Problem 503 with Retry-After when the gate is full, 429 when this person fills it
   */
  enter(request: FastifyRequest, reply: FastifyReply, bodyLimit: number): Passage {
    const announced = Number(request.headers['content-length'] ?? bodyLimit);
    if (announced > bodyLimit) throw new Problem(413, 'too_large', 'The request is larger than this server takes.');
    if (announced <= SMALL_BYTES) return { leave: () => {} };
    const caller = callerKey(request);
    const ofCaller = this.#ofCaller.get(caller) ?? 0;
    // The first one passes whatever its size: the limits bound what is added to it.
    if (ofCaller > 0 && ofCaller + announced > this.maxBytesOfCaller)
      throw new Problem(429, 'too_many_uploads', 'Your other reports are still arriving.', { retryAfterSeconds: 5 });
    if (this.#bytes > 0 && this.#bytes + announced > this.maxBytes)
      throw new Problem(503, 'busy', 'Many large reports are arriving. Please try again.', { retryAfterSeconds: 5 });
    this.#count(caller, announced);
    let inside = true;
    const leave = () => {
      if (inside) this.#count(caller, -announced);
      inside = false;
    };
    reply.raw.once('close', leave);
    // Gone while the token was looked at: there will be no event.
    if (reply.raw.closed || request.raw.socket?.destroyed) leave();
    return { leave };
  }

  get bytes(): number {
    return this.#bytes;
  }

  #count(caller: string, bytes: number): void {
    this.#bytes += bytes;
    const left = (this.#ofCaller.get(caller) ?? 0) + bytes;
    if (left > 0) this.#ofCaller.set(caller, left);
    else this.#ofCaller.delete(caller);
  }
}
