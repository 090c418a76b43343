import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermanentError } from '../shared/errors.ts';
import type { Configuration } from './configuration.ts';
import type { Resolve } from './lookups/dns.ts';
import { askDomainAges } from './lookups/domain-ages.ts';
import { lureProcess, readableFrom } from './lookups/lure-process.ts';
import { isStrangersAddress } from './lookups/public-address.ts';
import { readRdapServers } from './lookups/rdap-servers.ts';
import type { Settings } from './policies/face.ts';
import type { Store } from './store/database.ts';
import { believedRegistrations, keepRegistration } from './store/domain-registrations.ts';
import type { Lookups } from './submission/lookups.ts';

/** No verdict waits longer for the registries of all its domains. */
const AGES_BUDGET_MS = 2_000;

/** Who asks, said honestly: nobody is impersonated, although a kit that hides from scanners will notice. */
const USER_AGENT = 'Reelback (security check of a reported mail)';

/**
 * What a verdict may ask of the internet, as the environment and the settings allow.
 * @throws PermanentError `configuration` when the list of registries cannot be read
 */
export function openLookups(
  { lookups, dns }: Pick<Configuration, 'lookups' | 'dns'>,
  { rootDir, lureWorker }: { rootDir: string; lureWorker?: string },
  world: { store: Store; settings: Settings; resolve: Resolve; now(): Date; onError(error: Error): void },
): Lookups {
  const { store, settings, resolve, now, onError } = world;
  return {
    domainAges: lookups.rdap ? domainAges(lookups.rdap) : null,
    lookAtLures: lookups.lures && lureWorker ? looks(lookups.lures, lureWorker) : null,
  };

  function domainAges({ only, serversFile }: NonNullable<Configuration['lookups']['rdap']>) {
    const servers = readRdapServers(
      readFileSync(serversFile ?? join(rootDir, 'server/lookups/rdap-servers.json'), 'utf8'),
    );
    if (servers === null) {
      throw new PermanentError('configuration', 'REELBACK_RDAP_SERVERS: must be a file in the form of RFC 9224');
    }
    const ask = askDomainAges({
      resolve,
      isAllowed: isStrangersAddress,
      servers,
      ...(only ? { only } : {}),
      refresh: serversFile === null,
      userAgent: USER_AGENT,
      now,
      onError,
      memory: {
        recall: (domains, at) => believedRegistrations(store.db, domains, at),
        keep: (known, at, until) => keepRegistration(store.db, known, at, until),
      },
    });
    return (domains: readonly string[]) => ask(domains, AGES_BUDGET_MS);
  }

  function looks({ double }: NonNullable<Configuration['lookups']['lures']>, workerFile: string) {
    const look = lureProcess({
      workerFile,
      readable: readableFrom(rootDir),
      dns: dns === 'off' ? null : dns,
      ...(double ? { double } : {}),
      userAgent: USER_AGENT,
    });
    // The environment makes it possible, an administrator decides.
    return async (links: readonly string[]) => ((await settings.get('lures')).mode === 'on' ? look(links) : null);
  }
}
