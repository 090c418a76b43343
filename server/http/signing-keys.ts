/** Public keys of a token issuer. */
import { createRemoteJWKSet, customFetch, errors } from 'jose';

/** Keys are asked for again after this long, in the background; Microsoft advises once a day and on an unknown kid. */
const KEYS_REFRESH_MS = 3_600_000;
const KEYS_MAX_AGE_MS = 24 * 3_600_000;
/** After a failed fetch nobody waits for another one during this time. */
const KEYS_FAILURE_COOLDOWN_MS = 5_000;

export type SigningKeys = ReturnType<typeof signingKeys>;

/**
 * Cached, refreshed behind the requests, and not asked for again while the endpoint is down.
 * @param effects `fetch` answers the key set for the url, however it finds it.
 */
export function signingKeys(url: URL, { fetch, now }: { fetch: typeof globalThis.fetch; now: () => Date }) {
  let failedAt = Number.NEGATIVE_INFINITY;
  let readAt = Number.NEGATIVE_INFINITY;
  const remote = createRemoteJWKSet(url, {
    timeoutDuration: 5_000,
    cooldownDuration: 30_000,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    [customFetch]: async (address, options) => {
      const sinceFailure = now().getTime() - failedAt;
      if (sinceFailure >= 0 && sinceFailure < KEYS_FAILURE_COOLDOWN_MS) throw new TypeError('keys: cooling down');
      try {
        const response = await fetch(address, options);
        if (response.status !== 200) failedAt = now().getTime();
        else readAt = now().getTime();
        return response;
      } catch (error) {
        failedAt = now().getTime();
        throw error;
      }
    },
  });
  return Object.assign(
    (...args: Parameters<typeof remote>) => {
      if (remote.jwks() && !remote.reloading && now().getTime() - readAt > KEYS_REFRESH_MS) {
        readAt = now().getTime();
        // A failure here changes nothing: the keys we have stay good for a day.
        remote.reload().catch(() => {});
      }
      return remote(...args);
    },
    { remote },
  );
}

/** The keys could not be had, which says nothing about the token. Everything else in jose is about the token. */
export function isKeyTrouble(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC';
  return true;
}
