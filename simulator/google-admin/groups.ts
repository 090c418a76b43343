/** `groups` and `members` of the Admin SDK's Directory API. */
import { type GoogleCall, pageOf, pageSize } from '../google-api/call.ts';
import { adminError } from '../google-api/errors.ts';
import { type Answer, json } from '../wire.ts';
import { decimal, etagOf } from '../workspace/ids.ts';
import type { Workspace, WorkspaceGroup } from '../workspace/workspace.ts';
import { inCustomer } from './users.ts';

/** All groups, or with `userKey` those that have the member directly. */
export function listGroups({ workspace, query }: GoogleCall): Answer {
  const member = query.get('userKey');
  if (member === null) inCustomer(workspace, query);
  const address = member === null ? null : (workspace.user(member)?.primaryEmail ?? member.toLowerCase());
  const rows = workspace.groups
    .filter((group) => address === null || group.members.includes(address))
    .sort((a, b) => (a.email < b.email ? -1 : 1));
  const { page, nextPageToken } = pageOf(rows, query, pageSize(query, 200, 200));
  return json(200, {
    kind: 'admin#directory#groups',
    etag: etagOf('groups'),
    ...(page.length > 0 && { groups: page.map(groupResource) }),
    nextPageToken,
  });
}

export function getGroup(call: GoogleCall): Answer {
  return json(200, groupResource(groupOf(call)));
}

/** Direct members; with `includeDerivedMembership` also those of groups inside it, and the groups themselves. */
export function listMembers(call: GoogleCall): Answer {
  const { workspace, query } = call;
  const group = groupOf(call);
  const roles = query.get('roles')?.split(',') ?? [];
  const addresses =
    roles.length > 0 && !roles.includes('MEMBER')
      ? []
      : workspace.membersOf(group, query.get('includeDerivedMembership') === 'true');
  const { page, nextPageToken } = pageOf(addresses, query, pageSize(query, 200, 200));
  return json(200, {
    kind: 'admin#directory#members',
    etag: etagOf(`members|${group.email}`),
    ...(page.length > 0 && { members: page.map((address) => memberResource(workspace, address)) }),
    nextPageToken,
  });
}

/** Direct or nested. @throws GoogleRefusal 400 for somebody outside of the organisation, as documented */
export function hasMember(call: GoogleCall): Answer {
  const { workspace, segments } = call;
  const group = groupOf(call);
  const key = segments[6] ?? '';
  const address = workspace.user(key)?.primaryEmail ?? workspace.group(key)?.email;
  if (address === undefined) throw adminError(400, 'invalid', 'Invalid Input: memberKey');
  return json(200, { isMember: workspace.membersOf(group, true).includes(address) });
}

function groupOf({ workspace, segments }: GoogleCall): WorkspaceGroup {
  const group = workspace.group(segments[4] ?? '');
  if (!group) throw adminError(404, 'notFound', 'Resource Not Found: groupKey');
  return group;
}

function groupResource(group: WorkspaceGroup): object {
  return {
    kind: 'admin#directory#group',
    id: group.id,
    etag: etagOf(`group|${group.email}`),
    email: group.email,
    name: group.name,
    directMembersCount: String(group.members.length),
    description: '',
    adminCreated: true,
  };
}

function memberResource(workspace: Workspace, address: string): object {
  const [user, group] = [workspace.user(address), workspace.group(address)];
  return {
    kind: 'admin#directory#member',
    etag: etagOf(`member|${address}`),
    id: user?.id ?? group?.id ?? `1${decimal(address, 20)}`,
    email: address,
    role: 'MEMBER',
    type: group ? 'GROUP' : 'USER',
    // Strangers have no status.
    ...((user || group) && { status: user?.suspended ? 'SUSPENDED' : 'ACTIVE' }),
  };
}
