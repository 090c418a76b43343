import { posix } from 'node:path';
import type { Source } from './source.ts';

/** Floors of the server, lowest first; an arrow only points down. Facts and world do not know each other. */
const floors = {
  facts: ['message', 'analysis'],
  world: ['mailboxes', 'lookups', 'notify', 'store', 'jobs'],
  story: ['policies', 'retraction', 'submission', 'learning', 'delivery', 'investigation'],
  doors: ['http', 'intake'],
} as const;

/** On one floor only these know each other; `submission` may call `retraction`, never the reverse. */
const neighbours: Record<string, readonly string[]> = {
  analysis: ['message'],
  // Work and what it is about commit in one transaction; mail and webhooks wait in rows.
  jobs: ['store'],
  notify: ['store', 'jobs'],
  retraction: ['policies'],
  submission: ['policies', 'retraction'],
  learning: ['policies', 'retraction', 'submission'],
  // Mail seen on its delivery is judged as a report is, and retracted as a report is.
  delivery: ['policies', 'retraction', 'submission'],
  investigation: ['policies', 'retraction', 'submission', 'learning', 'delivery'],
  intake: ['http'],
};

/** Rooms that a room may import, besides itself. */
export const table: Record<string, readonly string[]> = {
  shared: [],
  simulator: [],
  'outlook-addin': ['shared'],
  'gmail-addon': ['shared'],
  // A plain client of the HTTP API, although it lies under server/.
  'server/dashboard': ['shared'],
  ...Object.fromEntries(floorTable()),
};

function* floorTable(): Iterable<[string, string[]]> {
  const below: Record<keyof typeof floors, readonly string[]> = {
    facts: [],
    world: [],
    story: [...floors.facts, ...floors.world],
    doors: [...floors.facts, ...floors.world, ...floors.story],
  };
  for (const [floor, rooms] of Object.entries(floors) as [keyof typeof floors, readonly string[]][]) {
    for (const room of rooms) {
      const mayKnow = [...below[floor], ...(neighbours[room] ?? [])].map((other) => `server/${other}`);
      yield [`server/${room}`, ['shared', ...mayKnow]];
    }
  }
  // Files directly in server/: the wiring and the commands.
  const everyRoom = Object.values(floors).flat();
  yield ['server', ['shared', ...everyRoom.map((room) => `server/${room}`)]];
}

/** Top files that hold no wiring: rooms still may not import them. */
const files = /\.(ts|tsx|mjs|css|html|sql)$/;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench))?$/;
const mostLines = 350;

/** Every breach of the house rules, as `path: what`; [] when all is well. */
export function breachesOf(sources: Source[], paths: string[]): string[] {
  return [...paths.flatMap(ofName), ...sources.flatMap(ofSource)];
}

/** The room of a file; null when it is in none (tests, scripts). */
export function roomOf(path: string): string | null {
  const [top = '', second = '', third] = path.split('/');
  if (top === 'server') return third === undefined ? 'server' : `server/${second}`;
  return Object.hasOwn(table, top) ? top : null;
}

function ofName(path: string): string[] {
  const breaches: string[] = [];
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const name = file.replace(files, '');
  for (const part of [...parts, name]) {
    if (/^(utils?|helpers?|common|misc)$/.test(part)) breaches.push(`${path}: "${part}" says nothing`);
  }
  if (/^index\.tsx?$/.test(file)) breaches.push(`${path}: no index barrels`);
  const numbered = path.startsWith('server/store/migrations/');
  if (files.test(file) && !kebab.test(name) && !numbered) breaches.push(`${path}: file names are kebab-case`);
  const room = roomOf(path);
  if (room !== null && !Object.hasOwn(table, room)) breaches.push(`${path}: ${room} is no room of the house`);
  return breaches;
}

function ofSource(source: Source): string[] {
  const breaches = [...source.imports.flatMap((one) => ofImport(source, one)), ...ofContent(source)];
  return [...new Set(breaches)].map((breach) => `${source.path}: ${breach}`);
}

function ofImport({ path }: Source, { specifier, names }: Source['imports'][number]): string[] {
  const room = roomOf(path);
  if (specifier === null) return room === null ? [] : ['a computed import cannot be held against the table'];
  if (!specifier.startsWith('.')) return room === null ? [] : ofPackage(path, room, specifier, names);
  const target = posix.join(posix.dirname(path), specifier);
  if (!/\.(ts|tsx|mjs|json)$/.test(target)) return [`${specifier} has no extension`];
  if (room === null) return [];
  const targetRoom = roomOf(target);
  if (targetRoom === null) return [`imports ${target}, which is in no room`];
  if (targetRoom === room || table[room]?.includes(targetRoom)) return [];
  return [`${room} may not import ${targetRoom} (${target})`];
}

/** Node modules that reach outside; the facts are pure. */
const outside =
  /^node:(fs|child_process|http|https|http2|dns|net|tls|dgram|os|worker_threads|cluster|timers|process)(\/|$)/;
/** The commands of the analysis room read files and start threads; what they call does not. */
const commands = /^server\/analysis\/(classify-[a-z-]+|train-command|mail-files)\.ts$/;
const databaseDrivers = /^(pg|kysely|pg-boss)(\/|$)/;

function ofPackage(path: string, room: string, specifier: string, names: string[]): string[] {
  const breaches: string[] = [];
  const onlyReadsAddresses =
    specifier === 'node:net' && names.length > 0 && names.every((name) => /^(isIP(v[46])?|BlockList)$/.test(name));
  if (['server/message', 'server/analysis'].includes(room) && !commands.test(path)) {
    if (outside.test(specifier) && !onlyReadsAddresses) breaches.push(`is pure, and imports ${specifier}`);
  }
  if (room === 'shared' && specifier.startsWith('node:'))
    breaches.push(`runs in add-ins too, and imports ${specifier}`);
  if (databaseDrivers.test(specifier) && !['server/store', 'server/jobs'].includes(room)) {
    breaches.push(`imports ${specifier}: SQL is in server/store`);
  }
  return breaches;
}

const statement =
  /\b(select\s[^;]*\sfrom\s+\w|insert\s+into\s+\w+|update\s+\w+\s+set\s|delete\s+from\s+\w|(create|alter|drop)\s+table\s)/i;

function ofContent(source: Source): string[] {
  const { path, words, texts, lines } = source;
  const room = roomOf(path);
  const breaches: string[] = [];
  if (lines > mostLines) breaches.push(`${lines} lines; at most ${mostLines}`);
  if (room === null) return breaches;
  if (source.hasDefaultExport) breaches.push('no default exports');
  if (source.onlyPassesOn) breaches.push('a file that only passes on is a barrel');
  if (room.startsWith('server') && room !== 'server/store' && texts.some((text) => statement.test(text))) {
    breaches.push('has SQL: that is in server/store');
  }
  if (room === 'outlook-addin' && path !== 'outlook-addin/office.ts') {
    if (words.has('Office') || texts.includes('Office'))
      breaches.push('says Office: only outlook-addin/office.ts does');
  }
  if (room === 'gmail-addon' && path !== 'gmail-addon/backend.ts') {
    if (words.has('UrlFetchApp')) breaches.push('says UrlFetchApp: only gmail-addon/backend.ts does');
  }
  if (source.usesImportMeta && !path.endsWith('.mjs') && !['server/cli.ts', 'server/main.ts'].includes(path)) {
    breaches.push('says import.meta: paths arrive as arguments');
  }
  return breaches;
}
