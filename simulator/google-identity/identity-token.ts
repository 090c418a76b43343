/** Google's OIDC identity tokens as `ScriptApp.getIdentityToken()` returns them, good and forged. */
import { signForged, type TokenForgery } from '../identity/forgery.ts';
import type { Claims } from '../identity/jwt.ts';
import { etagOf } from '../workspace/ids.ts';
import type { WorkspaceUser } from '../workspace/workspace.ts';
import { identityKeys } from './keys.ts';

export interface IdentitySetting {
  issuerUrl: string;
  /** The add-on's client id. */
  audience: string;
  /** `hd`. */
  domain: string;
  /** ms since the epoch */
  now: number;
}

/** Good for an hour, unless a forgery is asked for: claims can be replaced (or removed, with undefined). */
export function identityToken(user: WorkspaceUser, setting: IdentitySetting, forgery?: TokenForgery): string {
  const seconds = Math.floor(setting.now / 1000);
  const claims: Claims = {
    iss: setting.issuerUrl,
    azp: setting.audience,
    aud: setting.audience,
    sub: user.id,
    hd: setting.domain,
    email: user.primaryEmail,
    email_verified: true,
    at_hash: etagOf(`${user.id}|${seconds}`).slice(1, 23),
    iat: seconds,
    exp: seconds + 3600,
  };
  return signForged(claims, identityKeys, { sub: '100000000000000000000' }, forgery);
}
