/** RSA keys of the Google side: other ones than Entra's, so that neither issuer's tokens pass at the other's door. */
import { generateKeyPairSync } from 'node:crypto';
import type { SigningKey } from '../identity/jwt.ts';

const made = new Map<string, SigningKey>();

/** Made when first used, once a process: 2048 bit cost about 0.1 s. */
function key(name: string, kid: string): SigningKey {
  const known = made.get(name);
  if (known) return known;
  const fresh = { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
  made.set(name, fresh);
  return fresh;
}

/** What identity tokens are signed with, and somebody else's key under the same kid. */
export const identityKeys = {
  get own(): SigningKey {
    return key('own', 'google-simulator-1');
  },
  get foreign(): SigningKey {
    return key('foreign', 'google-simulator-1');
  },
};

export function serviceAccountKey(): SigningKey {
  return key('service account', '5ca1ab1e0ddba11c0ffee0ddf00d5eed0badcafe');
}
