import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermanentError } from '../shared/errors.ts';
import type { Configuration } from './configuration.ts';
import { dnsResolve, offlineResolve, type Resolve } from './lookups/dns.ts';
import { askDomainAges, type RegistrationMemory } from './lookups/domain-ages.ts';
import { type LookAtLures, lureProcess, readableFrom } from './lookups/lure-process.ts';
import { isStrangersAddress } from './lookups/public-address.ts';
import { readRdapServers } from './lookups/rdap-servers.ts';
import { rememberLooks } from './lookups/remembered-looks.ts';
import type { Settings } from './policies/face.ts';
import type { Store } from './store/database.ts';
import { believedRegistrations, keepRegistration } from './store/domain-registrations.ts';
import type { Lookups } from './submission/lookups.ts';

/** No verdict waits longer for the registries of all its domains. */
const AGES_BUDGET_MS = 2_000;

/** Who asks, said honestly: nobody is impersonated, although a kit that hides from scanners will notice. */
const USER_AGENT = 'Reelback (security check of a reported mail)';

type Asked = Pick<Configuration, 'lookups' | 'dns'>;

/**
 * What a verdict may ask of the internet, as the environment and the settings allow.
 * @param lureWorker file of the bundled worker; without it nobody looks at links
 * @throws PermanentError `configuration` when the list of registries cannot be read
 */
export function openLookups(
  configuration: Asked,
  { rootDir, lureWorker }: { rootDir: string; lureWorker?: string },
  world: { store: Store; settings: Settings; resolve: Resolve; now(): Date; onError(error: Error): void },
): Lookups {
  const { store, settings } = world;
  const memory: RegistrationMemory = {
    recall: (domains, at) => believedRegistrations(store.db, domains, at),
    keep: (known, at, until) => keepRegistration(store.db, known, at, until),
  };
  const anew = lureWorker ? looksOf(configuration, rootDir, lureWorker) : null;
  const look = anew && rememberLooks(anew, world);
  return {
    domainAges: agesOf(configuration, rootDir, { ...world, memory }),
    // The environment makes it possible, an administrator decides.
    lookAtLures: look && (async (links) => ((await settings.get('lures')).mode === 'on' ? look(links) : undefined)),
  };
}

/** The same for the doctor: nothing is remembered, and no setting is asked. */
export function lookupProbes(configuration: Asked, rootDir: string) {
  const { dns } = configuration;
  const memory: RegistrationMemory = { recall: async () => [], keep: async () => {} };
  return {
    domainAges: agesOf(configuration, rootDir, {
      memory,
      resolve: dns === 'off' ? offlineResolve : dnsResolve({ servers: dns ?? undefined }),
      now: () => new Date(),
      onError: () => {},
    }),
    lookAtLures: looksOf(configuration, rootDir, join(rootDir, 'dist/server/lure-worker.mjs')),
  };
}

interface AgesWorld {
  memory: RegistrationMemory;
  resolve: Resolve;
  now(): Date;
  onError(error: Error): void;
}

function agesOf({ lookups: { rdap } }: Asked, rootDir: string, world: AgesWorld): Lookups['domainAges'] {
  if (rdap === null) return null;
  const { only, serversFile } = rdap;
  const servers = readRdapServers(
    readFileSync(serversFile ?? join(rootDir, 'server/lookups/rdap-servers.json'), 'utf8'),
  );
  if (servers === null) {
    throw new PermanentError('configuration', 'REELBACK_RDAP_SERVERS: must be a file in the form of RFC 9224');
  }
  const { memory, resolve, now, onError } = world;
  const ask = askDomainAges({
    resolve,
    isAllowed: isStrangersAddress,
    servers,
    ...(only ? { only } : {}),
    refresh: serversFile === null,
    userAgent: USER_AGENT,
    memory,
    now,
    onError,
  });
  return (domains) => ask(domains, AGES_BUDGET_MS);
}

function looksOf({ lookups: { lures }, dns }: Asked, rootDir: string, workerFile: string): LookAtLures | null {
  if (lures === null) return null;
  return lureProcess({
    workerFile,
    readable: readableFrom(rootDir),
    dns: dns === 'off' ? null : dns,
    ...(lures.double ? { double: lures.double } : {}),
    userAgent: USER_AGENT,
  });
}
