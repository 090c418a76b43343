import { decodeProtectedHeader } from 'jose';
import { unauthorized } from './problem.ts';

/** Entra tokens are 1.5 to 4 KB; groups and optional claims may double that. */
const MAX_TOKEN_CHARACTERS = 16_384;

export const refused = () => unauthorized('invalid_token', 'The token is not valid here.');

/** Reads without believing: only to choose the keys. @throws Problem 401 */
export function peek(token: string): { header: { alg?: string }; payload: { iss: string } } {
  if (token.length > MAX_TOKEN_CHARACTERS || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw refused();
  try {
    const header = decodeProtectedHeader(token);
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8'));
    const iss = (payload as { iss?: unknown } | null)?.iss;
    if (typeof iss !== 'string') throw refused();
    return { header, payload: { iss } };
  } catch {
    throw refused();
  }
}
