/** Every request the adapter makes, written by Google's own client; it is sent by us, alone or in a batch. */
import type { admin_directory_v1, admin_reports_v1 } from 'googleapis/build/src/apis/admin/index.js';
import type { gmail_v1 } from 'googleapis/build/src/apis/gmail/index.js';
import type { Purpose } from './answer.ts';
import { UNITS } from './gmail-quota.ts';
import type { Scope } from './gmail-token.ts';

export interface GmailRequest {
  method: string;
  /** Below the root, with the query; of Gmail with `me` as the user, see `addressed`. */
  path: string;
  /** JSON. */
  body: string | null;
  units: number;
  purpose: Purpose;
  scope: Scope;
}

/** Nobody is asked at this address: it stands in for the root until the request is sent. */
const ROOT = 'https://google.invalid/';
const ME = '/gmail/v1/users/me/';
const COPY_FIELDS = 'id,labelIds,internalDate,payload/headers';
const USER_FIELDS = 'id,primaryEmail,aliases,nonEditableAliases,suspended,archived,isMailboxSetup';

/** The mailbox by name: were the token ever taken for somebody else's, Google would refuse instead of answering for them. */
export function addressed(mailbox: string, path: string): string {
  return path.startsWith(ME) ? `/gmail/v1/users/${encodeURIComponent(mailbox)}/${path.slice(ME.length)}` : path;
}

/** @param query in Gmail's search language */
export const listMessages = (query: string, pageToken?: string) =>
  mail(UNITS.list, 'read', ({ users }, options) =>
    users.messages.list({ userId: 'me', q: query, includeSpamTrash: true, maxResults: 500, pageToken }, options),
  );

export const getCopy = (id: string) =>
  mail(UNITS.get, 'read', ({ users }, options) =>
    users.messages.get(
      { userId: 'me', id, format: 'metadata', metadataHeaders: ['Message-ID', 'Subject'], fields: COPY_FIELDS },
      options,
    ),
  );

export const getRaw = (id: string) =>
  mail(UNITS.get, 'read', ({ users }, options) =>
    users.messages.get({ userId: 'me', id, format: 'raw', fields: 'raw' }, options),
  );

/** Where a history begins that is empty now. */
export const getProfile = () =>
  mail(UNITS.profile, 'read', ({ users }, options) => users.getProfile({ userId: 'me', fields: 'historyId' }, options));

/** Only what came in; a page of 500 ids has no text in it. */
export const listHistory = (startHistoryId: string, pageToken?: string) =>
  mail(UNITS.history, 'read', ({ users }, options) =>
    users.history.list(
      { userId: 'me', startHistoryId, historyTypes: ['messageAdded'], maxResults: 100, pageToken },
      options,
    ),
  );

export const modifyLabels = (id: string, requestBody: { addLabelIds: string[]; removeLabelIds: string[] }) =>
  mail(UNITS.modify, 'write', ({ users }, options) =>
    users.messages.modify({ userId: 'me', id, requestBody }, options),
  );

/** Nobody can bring it back. */
export const deleteForGood = async (id: string): Promise<GmailRequest> => ({
  ...(await mail(UNITS.delete, 'write', ({ users }, options) => users.messages.delete({ userId: 'me', id }, options))),
  scope: 'purge',
});

export const listLabels = () =>
  mail(UNITS.labelsList, 'read', ({ users }, options) => users.labels.list({ userId: 'me' }, options));

export const createHiddenLabel = (name: string) =>
  mail(UNITS.labelsCreate, 'write', ({ users }, options) =>
    users.labels.create(
      { userId: 'me', requestBody: { name, labelListVisibility: 'labelHide', messageListVisibility: 'hide' } },
      options,
    ),
  );

export const listUsers = (pageToken?: string) =>
  directory(({ users }, options) =>
    users.list(
      {
        customer: 'my_customer',
        maxResults: 500,
        projection: 'basic',
        fields: `users(${USER_FIELDS}),nextPageToken`,
        pageToken,
      },
      options,
    ),
  );

/** @param userKey id, primary address or alias */
export const getUser = (userKey: string) =>
  directory(({ users }, options) => users.get({ userKey, projection: 'basic', fields: USER_FIELDS }, options));

export const listMembers = (groupKey: string, pageToken?: string) =>
  directory(({ members }, options) =>
    members.list({ groupKey, includeDerivedMembership: true, maxResults: 200, pageToken }, options),
  );

export const hasMember = (groupKey: string, memberKey: string) =>
  directory(({ members }, options) => members.hasMember({ groupKey, memberKey }, options));

export async function listDeliveries(
  filters: string,
  window: { startTime: string; endTime: string },
  pageToken?: string,
): Promise<GmailRequest> {
  const { admin } = await import('googleapis/build/src/apis/admin/index.js');
  const reports = admin({ version: 'reports_v1', rootUrl: ROOT });
  const asked = { userKey: 'all', applicationName: 'gmail', filters, maxResults: 1000, pageToken, ...window };
  const written = await writtenBy((options) => reports.activities.list(asked, options));
  return { ...written, units: UNITS.none, purpose: 'read', scope: 'reports' };
}

export type { admin_directory_v1, admin_reports_v1, gmail_v1 };

type Options = { fetchImplementation: typeof fetch; retry: false };

async function mail(
  units: number,
  purpose: Purpose,
  call: (gmail: gmail_v1.Gmail, options: Options) => Promise<unknown>,
): Promise<GmailRequest> {
  // Loaded when first needed: a server without Workspace never pays for it.
  const { gmail } = await import('googleapis/build/src/apis/gmail/index.js');
  const client = gmail({ version: 'v1', rootUrl: ROOT });
  return { ...(await writtenBy((options) => call(client, options))), units, purpose, scope: 'mail' };
}

async function directory(
  call: (directory: admin_directory_v1.Admin, options: Options) => Promise<unknown>,
): Promise<GmailRequest> {
  const { admin } = await import('googleapis/build/src/apis/admin/index.js');
  const client = admin({ version: 'directory_v1', rootUrl: ROOT });
  const written = await writtenBy((options) => call(client, options));
  return { ...written, units: UNITS.none, purpose: 'read', scope: 'directory' };
}

/** Lets the client write the request and keeps it: path, encoding and body are Google's, the sending is ours. */
async function writtenBy(
  call: (options: Options) => Promise<unknown>,
): Promise<Pick<GmailRequest, 'method' | 'path' | 'body'>> {
  let written: Pick<GmailRequest, 'method' | 'path' | 'body'> | null = null;
  const keep: typeof fetch = async (input, init) => {
    const url = String(input);
    if (!url.startsWith(ROOT)) throw new TypeError(`a request to ${new URL(url).host}`);
    const body = typeof init?.body === 'string' && init.body !== '' ? init.body : null;
    written = { method: init?.method ?? 'GET', path: url.slice(ROOT.length - 1), body };
    return new Response(null, { status: 204 });
  };
  await call({ fetchImplementation: keep, retry: false });
  if (!written) throw new TypeError('the client wrote no request');
  return written;
}
