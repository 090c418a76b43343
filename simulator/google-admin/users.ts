/** `users` of the Admin SDK's Directory API. */
import { type GoogleCall, pageOf, pageSize } from '../google-api/call.ts';
import { adminError } from '../google-api/errors.ts';
import { type Answer, json } from '../wire.ts';
import { etagOf } from '../workspace/ids.ts';
import type { Workspace, WorkspaceUser } from '../workspace/workspace.ts';

const projections = ['basic', 'custom', 'full'];

/** By address. @throws GoogleRefusal 400 without customer or domain */
export function listUsers({ workspace, query }: GoogleCall): Answer {
  const domain = query.get('domain');
  inCustomer(workspace, query);
  if (!projections.includes(query.get('projection') ?? 'basic'))
    throw adminError(400, 'invalid', 'Invalid Input: projection');
  const fits = userQuery(query.get('query') ?? '');
  const rows = [...workspace.users]
    .filter((user) => (domain === null || user.primaryEmail.endsWith(`@${domain.toLowerCase()}`)) && fits(user))
    .sort((a, b) => (a.primaryEmail < b.primaryEmail ? -1 : 1));
  if (query.get('sortOrder') === 'DESCENDING') rows.reverse();
  const { page, nextPageToken } = pageOf(
    query.get('showDeleted') === 'true' ? [] : rows,
    query,
    pageSize(query, 100, 500),
  );
  return json(200, {
    kind: 'admin#directory#users',
    etag: etagOf('users'),
    ...(page.length > 0 && { users: page.map((user) => userResource(workspace, user)) }),
    nextPageToken,
  });
}

/** By address, alias or id. */
export function getUser({ workspace, segments }: GoogleCall): Answer {
  const user = workspace.user(segments[4] ?? '');
  if (!user) throw adminError(404, 'notFound', 'Resource Not Found: userKey');
  return json(200, userResource(workspace, user));
}

/** @throws GoogleRefusal 400, 404 */
export function inCustomer(workspace: Workspace, query: URLSearchParams): void {
  const customer = query.get('customer');
  const domain = query.get('domain');
  if (customer === null && domain === null) throw adminError(400, 'badRequest', 'Bad Request');
  if (customer !== null && customer !== 'my_customer' && customer !== workspace.customerId)
    throw adminError(400, 'invalid', 'Invalid Input: customer');
  const known = workspace.users.some((user) => user.primaryEmail.endsWith(`@${domain?.toLowerCase()}`));
  if (domain !== null && domain.toLowerCase() !== workspace.domain && !known)
    throw adminError(404, 'notFound', 'Domain not found.');
}

/** `email:x*`, `email=x`, `isSuspended=true`, `name:x`; blanks stand for AND. @throws GoogleRefusal 400 */
function userQuery(text: string): (user: WorkspaceUser) => boolean {
  const tests = (text.match(/[^\s']*'[^']*'|\S+/g) ?? []).map((term) => {
    const [, field, operator, quoted] = /^(\w+)([:=])(.+)$/.exec(term) ?? [];
    const value = (quoted ?? '').replace(/^'(.*)'$/, '$1').toLowerCase();
    const matches = (given: string) =>
      operator === '=' ? given === value : given.startsWith(value.replace(/\*$/, ''));
    if (field === 'email')
      return (user: WorkspaceUser) => [user.primaryEmail, ...user.aliases].some((address) => matches(address));
    if (field === 'isSuspended') return (user: WorkspaceUser) => String(user.suspended) === value;
    if (field === 'isAdmin') return (user: WorkspaceUser) => String(user.isAdmin) === value;
    if (field === 'name')
      return (user: WorkspaceUser) =>
        user.fullName
          .toLowerCase()
          .split(' ')
          .some((word) => matches(word));
    throw adminError(400, 'invalid', 'Invalid Input: query');
  });
  return (user) => tests.every((test) => test(user));
}

function userResource(workspace: Workspace, user: WorkspaceUser): object {
  const [givenName = user.fullName, ...rest] = user.fullName.split(' ');
  return {
    kind: 'admin#directory#user',
    id: user.id,
    etag: etagOf(`user|${user.primaryEmail}`),
    primaryEmail: user.primaryEmail,
    name: { givenName, familyName: rest.join(' '), fullName: user.fullName },
    isAdmin: user.isAdmin,
    isDelegatedAdmin: false,
    creationTime: new Date(user.createdAt).toISOString(),
    agreedToTerms: true,
    suspended: user.suspended,
    ...(user.suspended && { suspensionReason: 'ADMIN' }),
    archived: user.archived,
    changePasswordAtNextLogin: false,
    emails: [{ address: user.primaryEmail, primary: true }, ...user.aliases.map((address) => ({ address }))],
    languages: [{ languageCode: user.language, preference: 'preferred' }],
    ...((user.title !== null || user.department !== null) && {
      organizations: [{ title: user.title ?? '', department: user.department ?? '', primary: true }],
    }),
    // Absent when there are none, as in life.
    ...(user.aliases.length > 0 && { aliases: user.aliases }),
    customerId: workspace.customerId,
    orgUnitPath: '/',
    isMailboxSetup: user.isMailboxSetup,
    includeInGlobalAddressList: true,
  };
}
