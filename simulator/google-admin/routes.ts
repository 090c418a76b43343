/** The routes of the Admin SDK: directory and reports. */
import type { GoogleRoute } from '../google-api/call.ts';
import { getGroup, hasMember, listGroups, listMembers } from './groups.ts';
import { listActivities } from './reports.ts';
import { getUser, listUsers } from './users.ts';

const users = ['admin.directory.user', 'admin.directory.user.readonly'];
const groups = ['admin.directory.group', 'admin.directory.group.readonly'];
const members = [...groups, 'admin.directory.group.member', 'admin.directory.group.member.readonly'];
const directory = 'admin/directory/v1';

export const adminRoutes: readonly GoogleRoute[] = [
  {
    method: 'GET',
    pattern: `${directory}/users`,
    name: 'directoryUsers',
    scopes: users,
    units: 0,
    parameters: [
      'customer',
      'domain',
      'maxResults',
      'orderBy',
      'pageToken',
      'projection',
      'query',
      'showDeleted',
      'sortOrder',
      'viewType',
    ],
    answer: listUsers,
  },
  {
    method: 'GET',
    pattern: `${directory}/users/*`,
    name: 'directoryUser',
    scopes: users,
    units: 0,
    parameters: ['projection', 'viewType'],
    answer: getUser,
  },
  {
    method: 'GET',
    pattern: `${directory}/groups`,
    name: 'directoryGroups',
    scopes: groups,
    units: 0,
    parameters: ['customer', 'domain', 'maxResults', 'orderBy', 'pageToken', 'sortOrder', 'userKey'],
    answer: listGroups,
  },
  {
    method: 'GET',
    pattern: `${directory}/groups/*`,
    name: 'directoryGroup',
    scopes: groups,
    units: 0,
    parameters: [],
    answer: getGroup,
  },
  {
    method: 'GET',
    pattern: `${directory}/groups/*/members`,
    name: 'directoryMembers',
    scopes: members,
    units: 0,
    parameters: ['includeDerivedMembership', 'maxResults', 'pageToken', 'roles'],
    answer: listMembers,
  },
  {
    method: 'GET',
    pattern: `${directory}/groups/*/hasMember/*`,
    name: 'directoryHasMember',
    scopes: members,
    units: 0,
    parameters: [],
    answer: hasMember,
  },
  {
    method: 'GET',
    pattern: 'admin/reports/v1/activity/users/*/applications/*',
    name: 'reportsActivities',
    scopes: ['admin.reports.audit.readonly'],
    units: 0,
    parameters: ['startTime', 'endTime', 'eventName', 'filters', 'maxResults', 'pageToken', 'customerId'],
    answer: listActivities,
  },
];
