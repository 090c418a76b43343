/** What the doors are handed: the rooms they open to, the world, and the settings of this deployment. */
import type { FastifyBaseLogger } from 'fastify';
import type { Deliveries } from '../delivery/face.ts';
import type { Casework } from '../investigation/casework.ts';
import type { Exports } from '../investigation/export-face.ts';
import type { Investigations } from '../investigation/face.ts';
import type { Metrics } from '../investigation/metrics-face.ts';
import type { Models } from '../learning/face.ts';
import type { MailDesk } from '../notify/mail-standing.ts';
import type { AuditLog } from '../policies/audit-log.ts';
import type { Lists, Settings } from '../policies/face.ts';
import type { Setups } from '../policies/setup.ts';
import type { Webhooks } from '../policies/webhook-face.ts';
import type { Retractions } from '../retraction/face.ts';
import type { Submissions } from '../submission/face.ts';
import type { People } from '../submission/people.ts';
import type { IdentityVerifier } from './identity.ts';
import type { OpenId } from './open-id.ts';
import type { SessionBook } from './session.ts';

export interface HttpDeps {
  submissions: Submissions;
  retractions: Retractions;
  investigations: Investigations;
  casework: Casework;
  deliveries: Pick<Deliveries, 'watching'>;
  models: Models;
  metrics: Metrics;
  settings: Settings;
  webhooks: Webhooks;
  setups: Setups;
  exports: Exports;
  lists: Lists;
  mail: MailDesk;
  /** null: no mail provider is connected, so every reporter's token is refused. */
  identity: IdentityVerifier | null;
  auditLog: AuditLog;
  people: People;
  sessions: SessionBook;
  /** null: nobody signs in to the dashboard with a provider. */
  openId: OpenId | null;
  /** What /readyz asks; each answers within 2 s or counts as failed. */
  health: readonly HealthCheck[];
  /** false: no log. */
  logger: FastifyBaseLogger | false;
  now: () => Date;
  randomId: () => string;
  options: HttpOptions;
}

export interface HealthCheck {
  /** `database`, `queue`, `worker`. */
  name: string;
  /** Resolves when all is well. @throws when it is not; the text goes to the log only. */
  check: () => Promise<unknown>;
}

export interface HttpOptions {
  /** Without trailing slash. */
  publicUrl: string;
  /** Bearer token with the super_admin role, for scripts and sign-in to the dashboard; null: off. */
  adminToken: string | null;
  /** Whether the admin token opens the dashboard, and is not for scripts alone. */
  tokenSignIn: boolean;
  /** RFC 5322 bytes, before base64. */
  maxMessageBytes: number;
  /** CIDRs or addresses whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** null: the Outlook add-in is not configured, and its pages say so with 404. */
  outlook: OutlookOptions | null;
  folders: {
    /** Built dashboard: index.html, app.js, style.css. */
    dashboard: string;
    /** Built add-in: pane.html, commands.html, spamreporting.js, icons/. */
    outlookAddin: string;
    /** manifest.xml with the placeholder origin. */
    manifest: string;
  };
  limits?: Partial<Limits>;
}

export interface OutlookOptions {
  /** Entra client id of the add-in. */
  clientId: string;
  /** Such as `https://login.microsoftonline.com/<tenant>` or `.../organizations`. */
  authority: string;
  /** Full scope, such as `api://host/<client id>/report.submit`. */
  scope: string;
  /** Where the pages load office.js from; default Microsoft's content network. */
  officeJsUrl?: string;
  /** Origins that office.js loads further scripts from, beside its own. */
  scriptOrigins?: readonly string[];
  /** Origins that may show the pages in a frame; default the Outlook hosts. */
  frameAncestors?: readonly string[];
}

/** Requests a minute unless it says otherwise. */
export interface Limits {
  /** Reports of one person. */
  reports: number;
  /** Every request of one person, reports included. */
  requestsOfReporter: number;
  requestsOfActor: number;
  /** Refused identities of one address (IPv6: /64). */
  refusalsOfAddress: number;
  /** Sign-ins tried from one address. */
  signInsOfAddress: number;
  /** Bytes of large reports on their way at a time: of all, of one person. */
  uploadBytes: number;
  uploadBytesOfCaller: number;
  /** Event streams open at a time: of one person, of all. */
  streamsOfCaller: number;
  streams: number;
  /** Milliseconds after which a stream ends and the client asks again. */
  streamMs: number;
  /** Milliseconds between signs of life on a stream. */
  heartbeatMs: number;
}

/** A person reports a handful of mails a day; an outbox that comes back online may send dozens at once. */
export const LIMITS: Limits = {
  reports: 60,
  requestsOfReporter: 600,
  requestsOfActor: 1_200,
  refusalsOfAddress: 60,
  signInsOfAddress: 10,
  uploadBytes: 160 * 1024 * 1024,
  uploadBytesOfCaller: 96 * 1024 * 1024,
  streamsOfCaller: 20,
  streams: 2_000,
  streamMs: 600_000,
  heartbeatMs: 15_000,
};
