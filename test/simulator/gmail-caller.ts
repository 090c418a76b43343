/** A bare client of the Workspace side: plain fetch and hand-made assertions, nothing of the product's. */
import { createPrivateKey, sign } from 'node:crypto';
import type { Simulator } from '../../simulator/simulator.ts';

export const scopes = {
  modify: 'https://www.googleapis.com/auth/gmail.modify',
  metadata: 'https://www.googleapis.com/auth/gmail.metadata',
  full: 'https://mail.google.com/',
  users: 'https://www.googleapis.com/auth/admin.directory.user.readonly',
  members: 'https://www.googleapis.com/auth/admin.directory.group.member.readonly',
  groups: 'https://www.googleapis.com/auth/admin.directory.group.readonly',
  reports: 'https://www.googleapis.com/auth/admin.reports.audit.readonly',
};

type Fields = Record<string, unknown>;

/** What the tests look at in an answer, of whatever route. */
export interface GoogleBody {
  id: string;
  threadId: string;
  labelIds?: string[];
  raw: string;
  snippet: string;
  historyId: string;
  messages?: { id: string; threadId: string; labelIds?: string[] }[];
  labels: { id: string; name: string; type: string; labelListVisibility?: string }[];
  name: string;
  messagesTotal: number;
  nextPageToken?: string;
  resultSizeEstimate: number;
  history?: Fields[];
  users?: { id: string; primaryEmail: string; aliases?: string[]; isMailboxSetup: boolean; suspended: boolean }[];
  primaryEmail: string;
  members?: { email: string; type: string }[];
  groups?: { email: string }[];
  isMember: boolean;
  items?: { actor: { email: string }; events: { parameters: unknown[] }[] }[];
  payload: {
    mimeType: string;
    headers: { name: string; value: string }[];
    parts?: GoogleBody['payload'][];
    body: Body;
  };
  size: number;
  data: string;
  emailAddress: string;
  error: { code: number; message: string; status?: string; errors: { reason: string; domain: string }[] };
}

interface Body {
  size: number;
  data?: string;
  attachmentId?: string;
}

export interface GoogleAnswer {
  status: number;
  headers: Headers;
  body: GoogleBody;
}

/** @param changes to the claims of a good assertion; undefined removes one */
export function assertion(
  simulator: Simulator,
  sub: string,
  scope: string,
  changes: Fields = {},
  header: Fields = {},
): string {
  const { client_email, private_key, private_key_id, token_uri } = simulator.google.serviceAccount;
  const seconds = Math.floor(simulator.google.workspace.now() / 1000);
  const claims = { iss: client_email, sub, scope, aud: token_uri, iat: seconds, exp: seconds + 3600, ...changes };
  const encode = (value: Fields) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: private_key_id, ...header })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(private_key)).toString('base64url')}`;
}

export async function askToken(
  simulator: Simulator,
  jwt: string,
  grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer',
): Promise<{ status: number; body: { access_token: string; error?: string; error_description?: string } }> {
  const response = await fetch(simulator.google.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: grantType, assertion: jwt }),
  });
  return { status: response.status, body: (await response.json()) as { access_token: string } };
}

export async function tokenFor(simulator: Simulator, sub: string, scope = scopes.modify): Promise<string> {
  const { body } = await askToken(simulator, assertion(simulator, sub, scope));
  if (!body.access_token) throw new Error(body.error_description);
  return body.access_token;
}

export type GoogleCaller = (method: string, path: string, body?: unknown) => Promise<GoogleAnswer>;

/** Calls below `…/gmail/v1/users/me`, as the mailbox's owner. */
export async function gmailCaller(simulator: Simulator, address: string, scope = scopes.modify): Promise<GoogleCaller> {
  const token = await tokenFor(simulator, address, scope);
  return (method, path, body) => ask(`${simulator.google.gmailUrl}/gmail/v1/users/me${path}`, method, token, body);
}

/** Calls below the root of the Admin SDK, as the administrator. */
export async function adminCaller(
  simulator: Simulator,
  scope = [scopes.users, scopes.groups, scopes.reports].join(' '),
) {
  const token = await tokenFor(simulator, simulator.google.adminAddress, scope);
  return (path: string) => ask(`${simulator.google.adminUrl}${path}`, 'GET', token);
}

export async function ask(url: string, method: string, token: string, body?: unknown): Promise<GoogleAnswer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as GoogleBody,
  };
}
