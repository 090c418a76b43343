import type { LurePage } from '../../shared/lure-page.ts';
import type { Disposition } from '../../shared/verdict.ts';
import type { Model } from './model/model.ts';

/** Everything a verdict rests on beside the mail itself. Data only: the same world gives the same verdict. */
export interface AnalysisWorld {
  model: Model;
  now: Date;
  /** The organisation's own domains, lower case. */
  ownDomains?: readonly string[];
  blockEntries?: readonly BlockEntry[];
  allowPolicies?: readonly AllowPolicy[];
  /** Confirmed bad, locally within 30 days or by a feed. Hosts and URLs lower case. */
  knownBad?: { sha256: ReadonlySet<string>; urls: ReadonlySet<string>; hosts: ReadonlySet<string> };
  /** Logits of all reporters of this mail's cluster, see reporter.ts. Default 0. */
  reporterUnit?: number;
  /** Registration dates by registrable domain (null: asked, not answered); absent: nobody asked. */
  domainAges?: ReadonlyMap<string, Date | null>;
  /** What the links showed to a look; absent or null: nobody looked. */
  lures?: readonly LurePage[] | null;
  campaign?: Campaign;
  /** People whose names are borrowed: display name and the addresses that are really theirs. */
  registry?: readonly { name: string; addresses: readonly string[] }[];
  /** Domains that may look like others, or be new, without a finding. */
  trustedDomains?: readonly TrustedDomain[];
  /** Exercises of the organisation itself. */
  simulations?: readonly Simulation[];
  /** Words for `coverage_missing`: what whoever read the mail could not look at. */
  unread?: readonly string[];
  /** Step 0: somebody has already decided about this mail. */
  decided?: { disposition: Disposition; by: 'analyst' | 'simulation' };
}

/** The part of the world that observing needs; the model and the reporters come after. */
export type ObservedWorld = Omit<AnalysisWorld, 'model' | 'reporterUnit' | 'decided'>;

export interface BlockEntry {
  id: string;
  kind: 'address' | 'domain' | 'ip' | 'server_name' | 'url_host' | 'sha256' | 'pattern';
  /** Lower case; a CIDR for `ip`; RE2 syntax for `pattern`, matched without case against From, subject and visible text. */
  value: string;
  /** The floor it sets. */
  disposition?: Exclude<Disposition, 'NONE'>;
}

/** Holds only for mail whose sender is proven: anybody can write an address. */
export interface AllowPolicy {
  id: string;
  kind: 'address' | 'domain' | 'ip' | 'server_name';
  value: string;
  /** `trusted`: no action by itself whatever the verdict; `acceptable`: only SPAM, SPOOF and BULK are let pass. */
  trust: 'trusted' | 'acceptable';
}

export interface TrustedDomain {
  /** Lower case; what lies below it is meant too. */
  value: string;
  /** Its age says nothing. */
  recent: boolean;
  /** That it looks like another name says nothing. */
  similarity: boolean;
}

export interface Simulation {
  id: string;
  /** What proves it: a domain that DKIM or SPF passed, or the addresses our receiver takes it from. */
  kind: 'domain' | 'ip';
  /** Lower case; a CIDR or one address for `ip`. */
  value: string;
  /** Must be there besides; any value counts when none is named. */
  header?: { name: string; value?: string };
}

/** How this mail hangs together with others. Reports alone are no association. */
export interface Campaign {
  /** Distinct messages of its near-duplicate cluster, this one included. */
  distinctMessages: number;
  /** What it shares with a confirmed case, such as `url`, `attachment`, `infrastructure`; [] for nothing. */
  sharedWithConfirmed: readonly string[];
}
