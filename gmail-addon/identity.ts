import { SCOPES } from './configuration.ts';
import type { Identity } from './outside.ts';

/**
 * Asks Google to ask the person for what they have unticked.
 * @throws an error of Google's that Gmail turns into its question; it must not be caught.
 */
export function requireScopes(): void {
  ScriptApp.requireScopes(ScriptApp.AuthMode.FULL, [...SCOPES]);
}

/** null when there is no token, or none with a verified-looking address, although its type says otherwise. */
export function identity(): Identity | null {
  const token: string | null = ScriptApp.getIdentityToken();
  const email = token ? claimsOf(token).email : undefined;
  return token && typeof email === 'string' && email.includes('@') ? { token, email } : null;
}

/** Without any check: the server does that. */
export function claimsOf(token: string): Record<string, unknown> {
  try {
    const bytes = Utilities.base64DecodeWebSafe(token.split('.')[1] ?? '');
    return JSON.parse(Utilities.newBlob(bytes).getDataAsString());
  } catch {
    return {};
  }
}
