/** The face of the simulator: what tests, the demo and the web mail hold in their hands. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults, RouteName } from './faults.ts';
import type { Google, GoogleOptions } from './google.ts';
import type { GraphSettings } from './graph/call.ts';
import type { AppRegistration } from './identity/app.ts';
import type { TokenForgery } from './identity/forgery.ts';
import type { SignInSetting } from './identity/sign-in.ts';
import type { RequestLog } from './log.ts';
import type { Delivery, Item } from './tenant/mailbox.ts';
import type { MailboxOptions, Tenant } from './tenant/tenant.ts';

export interface SimulatorOptions {
  /** 0 or absent: a free one. */
  port?: number;
  seed?: 'demo' | 'none';
  /**
   * Makes other item ids and Message-IDs of the same seed: a server that remembers an earlier run must not take the new
   * copies for the old ones.
   */
  idSalt?: string;
  /** PEM; absent: plain http. */
  tls?: { key: string; cert: string };
  latencyMs?: number;
  tenantId?: string;
  clientId?: string;
  clientSecret?: string;
  /** PEM of the app's public certificate, for client assertions. */
  certificate?: string;
  /** Application permissions; `defaultRoles` unless told. */
  roles?: string[];
  /** `aud` of delegated tokens; the client id unless told. */
  apiAudience?: string;
  /** ms since the epoch */
  now?: () => number;
  /** 0..1; for the order of batch answers and for faults with a probability. Math.random unless told. */
  random?: () => number;
  /** Exchanges kept in the log; 0 for benches. Default 20,000. */
  keepLog?: number;
  settings?: Partial<GraphSettings>;
  /** Signing in to a web application, such as the dashboard; people by address with their app roles. */
  signIn?: { redirectUris?: readonly string[]; people?: Record<string, string[]> };
  /** The Workspace side; it is always there, empty unless seeded. */
  google?: GoogleOptions;
}

/** A copy as a test wants to see it. */
export interface CopyView {
  /** Immutable id. */
  id: string;
  folder: string;
  /** Well-known name, else display name. */
  folderName: string;
  internetMessageId: string;
  subject: string;
  isRead: boolean;
  flag: Item['flag'];
  categories: string[];
  importance: Item['importance'];
  label: string | null;
}

/** Handles what lies below a prefix; its promise may reject, which answers 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** When an action of the owner happens: now, or right after the next request of this kind in the mailbox was answered. */
export interface Timing {
  after?: RouteName;
}

export interface Simulator {
  readonly url: string;
  /** Without the version, like `https://graph.microsoft.com`. */
  readonly graphUrl: string;
  /** Without the tenant, like `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly app: AppRegistration;
  readonly tenant: Tenant;
  readonly settings: GraphSettings;
  /** Who may sign in to the app's web application, and where it may be led back to. */
  readonly signIn: SignInSetting;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Addresses outside of the app's management scope: 403 for everything. */
  readonly denied: Set<string>;
  /** Google Workspace: the other house of the same company. */
  readonly google: Google;
  stop(): Promise<void>;
  /** Empties the tenant and forgets faults and log; seeds again when it was seeded. */
  reset(): void;
  /** Requests whose path starts with the prefix go to the handler. */
  mount(prefix: string, handler: Handler): void;

  addMailbox(address: string, options?: MailboxOptions): void;
  /** `user000000@domain` and so on; their contents are made when somebody looks. */
  addMailboxes(count: number, domain?: string): void;
  addGroup(address: string, members: readonly string[], displayName?: string): void;
  /** Adds the mailbox when there is none. @returns the immutable id */
  deliver(address: string, eml: Uint8Array | string, delivery?: Delivery): string;
  copies(address: string): CopyView[];
  /** The exact bytes of one copy. */
  raw(address: string, which: string): Buffer;

  /** What the owner does. `which`: id, label, subject, or Message-ID with <>. */
  userReads(address: string, which: string, isRead?: boolean, timing?: Timing): void;
  userMoves(address: string, which: string, folder: string, timing?: Timing): void;
  userDeletes(address: string, which: string, timing?: Timing): void;
  userDeletesFolder(address: string, folder: string): void;
  /** The copy vanishes for good, as when the owner empties the dumpster. */
  remove(address: string, which: string, timing?: Timing): void;

  /** A delegated access token for our API, good unless a forgery is asked for. */
  accessToken(address: string, forgery?: TokenForgery): string;
  idToken(address: string): string;
}
