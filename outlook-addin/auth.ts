/** Nested app authentication: Outlook signs the user in for us, through MSAL. */
import type { Trouble } from '../shared/trouble.ts';
import type { Configuration } from './configuration.ts';
import { within } from './within.ts';

export type TokenAnswer = { ok: true; token: string } | { ok: false; trouble: Trouble };

export interface Auth {
  /** Without any window. The event handler may do only this. */
  silent(ms: number): Promise<TokenAnswer>;
  /** May open Outlook's own sign-in window. */
  interactive(): Promise<TokenAnswer>;
}

/** The part of @azure/msal-browser that is used; the pane loads it when it is needed first. */
export type Msal = Pick<typeof import('@azure/msal-browser'), 'createNestablePublicClientApplication'>;

/** A person may need that long to find a phone and type a code. */
const INTERACTIVE_MS = 180_000;

/**
 * @param supported whether the host has the NestedAppAuth bridge; without it MSAL would turn to redirects, which cannot
 *   work in a frame
 */
export function nestedAppAuth(configuration: Configuration, load: () => Promise<Msal>, supported: () => boolean): Auth {
  const { clientId, authority, scope } = configuration;
  let application: ReturnType<Msal['createNestablePublicClientApplication']> | null = null;

  async function acquire(kind: 'acquireTokenSilent' | 'acquireTokenPopup'): Promise<TokenAnswer> {
    try {
      // Memory only: tokens do not lie in a storage that every page of the origin can read. No `cp1` capability: the
      // event runtime cannot answer claims challenges (office-js#5887).
      application ??= load().then(({ createNestablePublicClientApplication }) =>
        createNestablePublicClientApplication({
          auth: { clientId, authority },
          cache: { cacheLocation: 'memoryStorage' },
        }),
      );
      const { accessToken } = await (await application)[kind]({ scopes: [scope] });
      return accessToken ? { ok: true, token: accessToken } : { ok: false, trouble: 'sign_in_unavailable' };
    } catch (error) {
      const trouble = troubleOf(error);
      // An application that could not start is made anew at the next try.
      if (trouble === 'sign_in_unavailable') application = null;
      return { ok: false, trouble };
    }
  }

  async function limited(kind: Parameters<typeof acquire>[0], ms: number): Promise<TokenAnswer> {
    if (!supported()) return { ok: false, trouble: 'sign_in_unavailable' };
    const late: TokenAnswer = {
      ok: false,
      trouble: kind === 'acquireTokenSilent' ? 'sign_in_needed' : 'sign_in_cancelled',
    };
    return within(acquire(kind), ms, late);
  }

  return {
    silent: (ms) => limited('acquireTokenSilent', ms),
    interactive: () => limited('acquireTokenPopup', INTERACTIVE_MS),
  };
}

/** By name and code, so that the classes of MSAL need not be at hand. */
function troubleOf(error: unknown): Trouble {
  const { name = '', errorCode = '', message = '' } = error as { name?: string; errorCode?: string; message?: string };
  if (/consent_required|AADSTS65001/.test(`${errorCode} ${message}`)) return 'consent_needed';
  if (name === 'InteractionRequiredAuthError' || errorCode === 'no_account_found') return 'sign_in_needed';
  if (errorCode === 'user_canceled' || errorCode === 'user_cancelled') return 'sign_in_cancelled';
  if (errorCode === 'no_network_connectivity') return 'offline';
  return 'sign_in_unavailable';
}
