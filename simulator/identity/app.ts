/** The application registered in the pretend tenant. */
import { X509Certificate } from 'node:crypto';

export interface AppRegistration {
  clientId: string;
  clientSecret: string;
  /** PEM of the public certificate; absent: no certificate is registered. */
  certificate?: string;
  /** Application permissions with admin consent. */
  roles: string[];
  /** `aud` of delegated tokens; Entra v2 tokens carry the API's client id. */
  apiAudience: string;
}

/** What the sheet's section 1.10 asks of an administrator, and message trace. */
export const defaultRoles = [
  'Mail.ReadWrite',
  'User.Read.All',
  'GroupMember.Read.All',
  'ExchangeMessageTrace.Read.All',
];

/** RFC 7517 thumbprints, as client assertions name the certificate. */
export function thumbprintsOf(pem: string): { x5t: string; x5tS256: string } {
  const certificate = new X509Certificate(pem);
  const asBase64Url = (hex: string) => Buffer.from(hex.replace(/:/g, ''), 'hex').toString('base64url');
  return { x5t: asBase64Url(certificate.fingerprint), x5tS256: asBase64Url(certificate.fingerprint256) };
}
