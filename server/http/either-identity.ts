import type { IdentityVerifier } from './identity.ts';
import { peek } from './token-peek.ts';

/** A verifier that knows which issuers it speaks for. */
export interface IssuerVerifier extends IdentityVerifier {
  speaksFor(issuer: string): boolean;
}

/** The verifier of the token's issuer: `first` where it speaks for it, `otherwise` for the rest, strangers included. */
export function eitherIdentity(first: IssuerVerifier, otherwise: IdentityVerifier): IdentityVerifier {
  return {
    async verify(token) {
      return first.speaksFor(peek(token).payload.iss) ? first.verify(token) : otherwise.verify(token);
    },
  };
}
