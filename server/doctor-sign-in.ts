import { PermanentError } from '../shared/errors.ts';
import type { Configuration } from './configuration.ts';
import type { Check } from './doctor.ts';
import { type OpenId, openId } from './http/open-id.ts';
import { CALLBACK } from './http/sign-in-routes.ts';

/** Whether anybody can sign in to the dashboard, and whether the OpenID provider answers as the one that is named. */
export async function checkSignIn(
  { adminToken, signIn, publicUrl }: Pick<Configuration, 'adminToken' | 'signIn' | 'publicUrl'>,
  provider: Pick<OpenId, 'check'> | null = signIn.oidc && openId(signIn.oidc, { fetch, now: () => new Date() }),
): Promise<Check> {
  const name = 'dashboard';
  if (signIn.oidc === null || provider === null) {
    return adminToken === null
      ? {
          name,
          state: 'warn',
          text: 'nobody can sign in: set REELBACK_DASHBOARD_OIDC_ISSUER, or REELBACK_ADMIN_TOKEN to 24 or more random characters',
        }
      : {
          name,
          state: 'ok',
          text: 'sign-in with the admin token; for people of their own set REELBACK_DASHBOARD_OIDC_ISSUER',
        };
  }
  const callback = `${publicUrl}/api/v1${CALLBACK}`;
  try {
    await provider.check();
    return { name, state: 'ok', text: `${signIn.oidc.name} answers; its redirect URI for this server is ${callback}` };
  } catch (error) {
    const foreign = error instanceof PermanentError;
    return {
      name,
      state: 'fail',
      text: foreign
        ? 'the discovery document names another issuer: copy REELBACK_DASHBOARD_OIDC_ISSUER from it, without what follows'
        : 'the discovery document of REELBACK_DASHBOARD_OIDC_ISSUER cannot be read: check the address, and let this machine reach it',
    };
  }
}
