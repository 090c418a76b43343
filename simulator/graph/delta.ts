/** `messages/delta` of a folder: what has come in, changed or left since a token. */
import type { Item, Mailbox } from '../tenant/mailbox.ts';
import { type Answer, json } from '../wire.ts';
import { type Call, mailboxOf, prefersImmutableId } from './call.ts';
import { badRequest, folderNotFound, Refusal } from './errors.ts';
import { parseFilter } from './filter.ts';
import { messageProperties, messageProperty, messageResource } from './message.ts';
import { selectOf } from './query.ts';

/** All that a link has to remember: the service writes it, the client repeats it. */
interface Token {
  select: string | null;
  filter: string | null;
  only: string | null;
  /** Change that the rows begin after; null: the whole folder. */
  since: number | null;
  /** Change at which this round was begun: the next one begins there. */
  until: number;
  offset: number;
}

const KINDS = new Set(['created', 'updated', 'deleted']);

/** A round of pages with nextLinks, and at its end a deltaLink. @throws Refusal 410 for a token of another mailbox or time */
export function folderDelta(call: Call): Answer {
  const mailbox = mailboxOf(call, false);
  const folder = mailbox.folder(call.segments[3]!);
  if (!folder) throw folderNotFound();
  const token = tokenOf(call, mailbox);
  const select = selectOf(
    new Map(token.select === null ? [] : [['$select', token.select]]),
    'microsoft.graph.message',
    messageProperties,
  );
  const immutable = prefersImmutableId(call);
  const rows = rowsOf(mailbox, folder.id, token);
  const size = pageSize(call);
  const page = rows.slice(token.offset, token.offset + size);
  const more = token.offset + size < rows.length;
  const link = `${call.base}/users/${call.segments[1]}/mailFolders/${folder.id}/messages/delta()`;
  const next = more ? { ...token, offset: token.offset + size } : { ...token, since: token.until, offset: 0 };
  return json(200, {
    '@odata.context': `${call.base}/$metadata#Collection(message)`,
    value: page.map((row) =>
      'gone' in row
        ? { '@removed': { reason: row.reason }, id: immutable ? row.gone.immutableId : row.gone.id }
        : messageResource(row.item, select, immutable),
    ),
    [more ? '@odata.nextLink' : '@odata.deltaLink']:
      `${link}?${more ? '$skiptoken' : '$deltatoken'}=${written(mailbox, next)}`,
  });
}

type Row = { item: Item } | { gone: Item; reason: 'changed' | 'deleted' };

function rowsOf(mailbox: Mailbox, folder: string, { filter, only, since, until }: Token): Row[] {
  const { matches } = filter === null ? { matches: () => true } : parseFilter(filter);
  const here = (item: Item) => item.folder === folder && item.removedAt === null;
  const wanted = (item: Item) => here(item) && matches((name: string) => messageProperty(item, name));
  if (since === null)
    return mailbox
      .list()
      .filter(wanted)
      .map((item) => ({ item }));
  const touched = new Map<Item, { created: boolean; left: boolean }>();
  for (const change of mailbox.changesAfter(since)) {
    if (change.number > until) break;
    const state = touched.get(change.item) ?? { created: false, left: false };
    if (change.to === folder && change.from !== folder) state.created = true;
    if (change.from === folder && change.to !== folder) state.left = true;
    if (change.from === folder || change.to === folder) touched.set(change.item, state);
  }
  const rows: Row[] = [];
  for (const [item, { created, left }] of touched) {
    const kind = here(item) ? (created ? 'created' : 'updated') : left ? 'deleted' : null;
    if (kind === null || (only !== null && only !== kind)) continue;
    if (kind === 'deleted') rows.push({ gone: item, reason: item.removedAt === null ? 'changed' : 'deleted' });
    else if (wanted(item)) rows.push({ item });
  }
  return rows;
}

function tokenOf(call: Call, mailbox: Mailbox): Token {
  const { query } = call;
  const text = query.get('$deltatoken') ?? query.get('$skiptoken');
  if (text !== undefined) {
    const read = readToken(mailbox, text);
    if (read === null || read.until > mailbox.changeCount)
      throw new Refusal(
        410,
        'SyncStateNotFound',
        'The sync state generation is not found; continuation token is invalid.',
      );
    // A deltaLink begins a new round, up to now; a nextLink goes on with its own.
    return query.has('$deltatoken') ? { ...read, until: mailbox.changeCount } : read;
  }
  const only = query.get('changetype') ?? null;
  if (only !== null && !KINDS.has(only)) throw badRequest(`Invalid changeType '${only}'.`);
  const filter = query.get('$filter') ?? null;
  if (filter !== null && !/^receivedDateTime\s+g[et]\s+[\dTZ:.-]+$/i.test(filter))
    throw badRequest('The only supported $filter expressions are receivedDateTime ge and gt.');
  if (query.has('$search')) throw badRequest('$search is not supported on delta.');
  return { select: query.get('$select') ?? null, filter, only, since: null, until: mailbox.changeCount, offset: 0 };
}

function pageSize(call: Call): number {
  const asked = /odata\.maxpagesize\s*=\s*(\d+)/i.exec(call.header('prefer') ?? '')?.[1] ?? call.query.get('$top');
  const size = Number(asked ?? 10);
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1000) : 10;
}

const written = (mailbox: Mailbox, token: Token) =>
  Buffer.from(JSON.stringify([mailbox.address, token])).toString('base64url');

function readToken(mailbox: Mailbox, text: string): Token | null {
  try {
    const [address, token] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as [string, Token];
    return address === mailbox.address ? token : null;
  } catch {
    return null;
  }
}
