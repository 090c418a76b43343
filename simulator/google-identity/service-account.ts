/** The service account of the pretend Cloud project, as the JSON key file that its administrator downloads. */
import { clientId, decimal } from '../workspace/ids.ts';
import { serviceAccountKey } from './keys.ts';

export interface ServiceAccountKeyFile {
  type: 'service_account';
  project_id: string;
  private_key_id: string;
  /** PKCS #8 PEM. */
  private_key: string;
  client_email: string;
  client_id: string;
  auth_uri: string;
  token_uri: string;
  auth_provider_x509_cert_url: string;
  client_x509_cert_url: string;
  universe_domain: string;
}

const project = 'reelback-simulator';
export const serviceAccountEmail = `retraction@${project}.iam.gserviceaccount.com`;

export function serviceAccountFile(tokenUrl: string, issuerUrl: string): ServiceAccountKeyFile {
  const key = serviceAccountKey();
  return {
    type: 'service_account',
    project_id: project,
    private_key_id: key.kid,
    private_key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: serviceAccountEmail,
    client_id: decimal('service account', 21),
    auth_uri: `${issuerUrl}/o/oauth2/auth`,
    token_uri: tokenUrl,
    auth_provider_x509_cert_url: `${issuerUrl}/oauth2/v1/certs`,
    client_x509_cert_url: `${issuerUrl}/robot/v1/metadata/x509/${encodeURIComponent(serviceAccountEmail)}`,
    universe_domain: 'googleapis.com',
  };
}

/** `aud` of the add-on's identity tokens: the Apps Script project's client, and the Marketplace integration's. */
export const addonAudiences: readonly string[] = [clientId('apps-script'), clientId('marketplace')];
