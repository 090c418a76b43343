/** Requests a minute, counted in this process; several servers each count their own. */
import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { Problem } from './problem.ts';

/**
 * A limit that the caller applies where it fits.
 * @throws Problem 429 with Retry-After
 */
export function limitBy(
  app: App,
  keyOf: (request: FastifyRequest) => string,
  max: number,
): (request: FastifyRequest) => Promise<void> {
  const count = app.createRateLimit({ max, timeWindow: 60_000, keyGenerator: keyOf });
  return async (request) => {
    const result = await count(request);
    if (!result.isAllowed && result.isExceeded)
      throw new Problem(429, 'rate_limited', 'Too many requests. Please wait a little and try again.', {
        retryAfterSeconds: result.ttlInSeconds,
      });
  };
}
