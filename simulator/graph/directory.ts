/** Routes under `/users` and `/groups` that speak of the directory. */
import { type Group, type Person, proxyAddressesOf } from '../tenant/person.ts';
import { type Answer, json } from '../wire.ts';
import { bodyOf, type Call, needRole } from './call.ts';
import { badRequest, noSuchResource, Refusal } from './errors.ts';
import { parseFilter } from './filter.ts';
import { nextLink, page, selectOf, skipOf, topOf } from './query.ts';

const exchangePlan = [
  {
    assignedDateTime: '2024-01-08T09:00:00Z',
    capabilityStatus: 'Enabled',
    service: 'exchange',
    servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  },
];

type Reading<T> = Map<string, (entry: T) => unknown>;

const ofPerson: Reading<Person> = new Map<string, (person: Person) => unknown>([
  ['id', (person) => person.id],
  ['businessPhones', () => []],
  ['displayName', (person) => person.displayName],
  ['givenName', (person) => person.givenName],
  ['jobTitle', (person) => person.jobTitle],
  ['mail', (person) => person.mail],
  ['mobilePhone', () => null],
  ['officeLocation', () => null],
  ['preferredLanguage', (person) => person.preferredLanguage],
  ['surname', (person) => person.surname],
  ['userPrincipalName', (person) => person.userPrincipalName],
  ['proxyAddresses', proxyAddressesOf],
  ['assignedPlans', (person) => (person.kind === 'user' && person.userType === 'Member' ? exchangePlan : [])],
  ['accountEnabled', (person) => person.accountEnabled],
  ['userType', (person) => person.userType],
  ['department', (person) => person.department],
  ['mailNickname', (person) => person.userPrincipalName.split('@')[0]],
  ['otherMails', () => []],
]);
const personDefaults = [...ofPerson.keys()].slice(0, 11);

const ofGroup: Reading<Group> = new Map<string, (group: Group) => unknown>([
  ['id', (group) => group.id],
  ['displayName', (group) => group.displayName],
  ['description', () => null],
  ['mail', (group) => group.mail],
  ['mailEnabled', () => true],
  ['mailNickname', (group) => group.mail.split('@')[0]],
  ['proxyAddresses', (group) => [`SMTP:${group.mail}`]],
  ['securityEnabled', () => false],
  ['groupTypes', () => []],
]);
const groupDefaults = [...ofGroup.keys()];

export function listUsers(call: Call): Answer {
  needRole(call, 'User.Read.All', 'Directory.Read.All');
  return listEntries(call, 'users', call.tenant.people, ofPerson, personDefaults, 'microsoft.graph.user');
}

export function getUser(call: Call): Answer {
  needRole(call, 'User.Read.All', 'Directory.Read.All');
  const person = personOf(call);
  const select = selectOf(call.query, 'microsoft.graph.user', new Set(ofPerson.keys()));
  return json(200, {
    '@odata.context': `${call.base}/$metadata#users/$entity`,
    ...resource(person, select ?? personDefaults, ofPerson),
  });
}

/** First the whole directory, then what changed since the token. `$deltatoken=latest` answers only a token. */
export function usersDelta(call: Call): Answer {
  needRole(call, 'User.Read.All', 'Directory.Read.All');
  const { tenant, query } = call;
  const select = selectOf(query, 'microsoft.graph.user', new Set(ofPerson.keys())) ?? personDefaults;
  const token = query.get('$deltatoken');
  const latest = tenant.directoryChanges.length;
  const since = token === undefined ? null : token === 'latest' ? latest : Number(token.replace(/^changes\./, ''));
  if (since !== null && !(since >= 0 && since <= latest))
    throw new Refusal(410, 'SyncStateNotFound', 'The delta token is not known; start anew.');
  const ids =
    since === null ? tenant.people.map((person) => person.id) : [...new Set(tenant.directoryChanges.slice(since))];
  const { rows, next } = page(ids, skipOf(query), 200);
  const value = rows.map((id) => {
    const person = tenant.person(id);
    return person ? { ...resource(person, select, ofPerson), id } : { id, '@removed': { reason: 'changed' } };
  });
  const selected = query.has('$select') ? `&$select=${query.get('$select')}` : '';
  return json(200, {
    '@odata.context': `${call.base}/$metadata#users`,
    value,
    ...(next !== null
      ? { '@odata.nextLink': nextLink(call.base, call.path, query, '$skiptoken', next) }
      : { '@odata.deltaLink': `${call.base}/users/delta()?$deltatoken=changes.${latest}${selected}` }),
  });
}

export function listGroups(call: Call): Answer {
  needRole(call, 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All');
  return listEntries(call, 'groups', call.tenant.groups, ofGroup, groupDefaults, 'microsoft.graph.group');
}

export function getGroup(call: Call): Answer {
  needRole(call, 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All');
  const select = selectOf(call.query, 'microsoft.graph.group', new Set(ofGroup.keys()));
  return json(200, {
    '@odata.context': `${call.base}/$metadata#groups/$entity`,
    ...resource(groupOf(call), select ?? groupDefaults, ofGroup),
  });
}

/** `members` and `transitiveMembers`, with or without the cast to `microsoft.graph.user`. */
export function listMembers(call: Call): Answer {
  needRole(call, 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All');
  const { tenant, segments } = call;
  const onlyUsers = segments[3] === 'microsoft.graph.user';
  const known = new Set([...ofPerson.keys(), ...ofGroup.keys()]);
  const select = selectOf(call.query, 'microsoft.graph.directoryObject', known);
  const entries = tenant
    .membersOf(groupOf(call), segments[2] === 'transitiveMembers')
    .flatMap((id): Record<string, unknown>[] => {
      const person = tenant.person(id);
      if (person)
        return [{ '@odata.type': '#microsoft.graph.user', ...resource(person, select ?? personDefaults, ofPerson) }];
      const group = tenant.group(id);
      return group && !onlyUsers
        ? [{ '@odata.type': '#microsoft.graph.group', ...resource(group, select ?? groupDefaults, ofGroup) }]
        : [];
    });
  return pageOf(call, entries, 'directoryObjects');
}

/** Groups the user is in, directly or through others. */
export function memberOf(call: Call): Answer {
  needRole(call, 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All');
  const person = personOf(call);
  const transitive = call.segments[2] === 'transitiveMemberOf';
  const groups = call.tenant.groups.filter((group) => call.tenant.membersOf(group, transitive).includes(person.id));
  return pageOf(
    call,
    groups.map((group) => ({ '@odata.type': '#microsoft.graph.group', ...resource(group, groupDefaults, ofGroup) })),
    'directoryObjects',
  );
}

/** Of the group ids handed in (at most 20), those the user is in, transitively. */
export function checkMemberGroups(call: Call): Answer {
  needRole(call, 'GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All');
  const person = personOf(call);
  const ids = bodyOf(call).get('groupids');
  if (!Array.isArray(ids) || ids.length > 20) throw badRequest('groupIds must be a collection of at most 20 ids.');
  const value = ids.filter((id: unknown) => {
    const group = call.tenant.group(String(id));
    return group !== undefined && call.tenant.membersOf(group, true).includes(person.id);
  });
  return json(200, { '@odata.context': `${call.base}/$metadata#Collection(Edm.String)`, value });
}

function listEntries<T>(
  call: Call,
  name: string,
  entries: readonly T[],
  reading: Reading<T>,
  defaults: string[],
  type: string,
): Answer {
  const select = selectOf(call.query, type, new Set(reading.keys())) ?? defaults;
  const filter = call.query.get('$filter');
  const found = filter === undefined ? entries : entries.filter(matcher(call, filter, reading, type));
  const top = topOf(call.query, 100, 999);
  const { rows, next } = page(found, skipOf(call.query), top);
  return json(200, {
    '@odata.context': `${call.base}/$metadata#${name}`,
    ...(call.query.get('$count') === 'true' && { '@odata.count': found.length }),
    ...(next !== null && { '@odata.nextLink': nextLink(call.base, call.path, call.query, '$skiptoken', next) }),
    value: rows.map((entry) => resource(entry, select, reading)),
  });
}

/** Advanced operators need `ConsistencyLevel: eventual` and `$count=true`; without them Entra refuses. */
function matcher<T>(call: Call, text: string, reading: Reading<T>, type: string): (entry: T) => boolean {
  const { matches, advanced, paths } = parseFilter(text);
  for (const path of paths)
    if (!reading.has(path)) throw badRequest(`Could not find a property named '${path}' on type '${type}'.`);
  const eventual = call.header('consistencylevel') === 'eventual' && call.query.get('$count') === 'true';
  if (advanced && !eventual)
    throw new Refusal(
      400,
      'Request_UnsupportedQuery',
      'Unsupported or invalid query filter clause specified for property. Use ConsistencyLevel: eventual and $count=true.',
    );
  return (entry) => matches((path) => reading.get(path)?.(entry));
}

function pageOf(call: Call, entries: Record<string, unknown>[], name: string): Answer {
  const { rows, next } = page(entries, skipOf(call.query), topOf(call.query, 100, 999));
  return json(200, {
    '@odata.context': `${call.base}/$metadata#${name}`,
    ...(next !== null && { '@odata.nextLink': nextLink(call.base, call.path, call.query, '$skiptoken', next) }),
    value: rows,
  });
}

function resource<T>(entry: T, select: readonly string[], reading: Reading<T>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of select) if (reading.has(name)) found[name] = reading.get(name)!(entry);
  return found;
}

function personOf(call: Call): Person {
  const key = call.segments[1]!;
  const person = call.tenant.person(key);
  // An alias is no key of the directory: only the object id and the principal name are.
  if (!person || (person.id !== key && person.userPrincipalName !== key.toLowerCase())) throw noSuchResource(key);
  return person;
}

function groupOf(call: Call): Group {
  const group = call.tenant.groups.find((one) => one.id === call.segments[1]!.toLowerCase());
  if (!group) throw noSuchResource(call.segments[1]!);
  return group;
}
