/** A bare client: plain fetch with an app token, nothing of the product's. */
import type { Simulator } from '../../simulator/simulator.ts';

/** What the tests look at in an answer, of whatever route. */
export interface Row {
  id: string;
  isRead: boolean;
  isHidden: boolean;
  displayName: string;
  parentFolderId: string;
  mail: string;
  sourceId?: string;
  targetId?: string;
  recipientAddress?: string;
  '@removed'?: unknown;
}

export interface Body extends Row {
  value: Row[];
  error: { code: string; message: string };
  responses: { id: string; status: number; headers: Record<string, string>; body: Body }[];
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
}

export interface Caller {
  (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: Body }>;
  raw(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response>;
}

export async function appToken(simulator: Simulator, form: Record<string, string> = {}): Promise<Response> {
  return fetch(`${simulator.loginUrl}/${simulator.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: simulator.app.clientId,
      client_secret: simulator.app.clientSecret,
      scope: 'https://graph.microsoft.com/.default',
      ...form,
    }),
  });
}

export async function graphCaller(simulator: Simulator): Promise<Caller> {
  const { access_token } = (await (await appToken(simulator)).json()) as { access_token: string };
  const raw: Caller['raw'] = (method, path, body, headers, signal) =>
    fetch(`${simulator.graphUrl}/v1.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${access_token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  const call = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const response = await raw(method, path, body, headers);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
  };
  return Object.assign(call, { raw });
}

export function mail(options: { id: string; subject?: string; from?: string; to?: string; body?: string }): string {
  const {
    id,
    subject = 'A subject',
    from = 'Sender <sender@example.net>',
    to = 'ana@example.org',
    body = 'Hello.',
  } = options;
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${id}`,
    'Date: Mon, 02 Nov 2026 09:00:00 +0000',
    '',
    body,
    '',
  ].join('\r\n');
}
