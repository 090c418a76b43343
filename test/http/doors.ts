/** The real server on small rooms of this file: faces are arguments, and these are the shortest that keep their word. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import pino from 'pino';
import type { App } from '../../server/http/app.ts';
import { entraIdentity } from '../../server/http/identity.ts';
import type { HttpDeps, HttpOptions } from '../../server/http/options.ts';
import { createHttp } from '../../server/http/server.ts';
import type { Report, Reporter, Submissions } from '../../server/submission/face.ts';
import type { SubmissionView } from '../../shared/api.ts';
import type { WatchStatus } from '../../shared/delivery.ts';
import { PermanentError } from '../../shared/errors.ts';
import { REQUESTED_DISPOSITION } from '../../shared/submission.ts';
import type { EscalateRequest, SubmissionRecord } from '../../shared/submission-record.ts';
import { CaseworkInMemory } from './casework-in-memory.ts';
import { InvestigationsInMemory } from './investigations-in-memory.ts';
import { CLIENT, type Issuer, TENANT } from './issuer.ts';
import { metricsInMemory } from './metrics-in-memory.ts';
import { ModelsInMemory } from './models-in-memory.ts';
import { ExportsInMemory, WebhooksInMemory } from './outlets-in-memory.ts';
import { AuditLogInMemory, PeopleInMemory } from './people-in-memory.ts';
import { RetractionsInMemory } from './retractions-in-memory.ts';
import { SessionsInMemory } from './sessions-in-memory.ts';
import { ListsInMemory, SettingsInMemory } from './settings-in-memory.ts';

export const ADMIN_TOKEN = 'admin-token-of-this-test-0123456789';
export const PUBLIC_URL = 'https://reelback.example.org';

/** Submissions in memory; `concluding` ends one as MALICIOUS. */
export class SubmissionsInMemory implements Submissions {
  readonly reports: Report[] = [];
  readonly views = new Map<string, SubmissionView & { owner: string }>();
  readonly changes = new EventEmitter().setMaxListeners(0);
  /** What the next receive throws. */
  failWith: Error | null = null;
  #key = new Map<string, string>();

  async receive(reporter: Reporter, report: Report) {
    if (this.failWith) throw this.failWith;
    if (report.mailbox === 'boss@example.org') throw new PermanentError('mailbox_not_allowed');
    this.reports.push(report);
    const known = this.#key.get(`${reporter.userId} ${report.idempotencyKey ?? report.providerMessageId}`);
    if (known) return { state: 'known' as const, view: this.#view(known)! };
    const id = `sub_${randomUUID()}`;
    this.#key.set(`${reporter.userId} ${report.idempotencyKey ?? report.providerMessageId}`, id);
    const nothing = !report.rawMessage && !report.providerMessageId;
    this.views.set(id, { ...blankView(id), owner: reporter.userId, requested_by: report.mailbox });
    this.change(id, { requested_disposition: REQUESTED_DISPOSITION[report.type] });
    if (nothing) {
      this.change(id, { status: 'invalid', invalid_reason: 'no_original' });
      return { state: 'invalid' as const, view: this.#view(id)!, reason: 'no_original' };
    }
    return { state: 'created' as const, view: this.#view(id)! };
  }

  change(id: string, change: Partial<SubmissionView>) {
    this.views.set(id, { ...this.views.get(id)!, ...change });
    this.changes.emit(id);
  }

  #view(id: string): SubmissionView | null {
    const found = this.views.get(id);
    if (!found) return null;
    const { owner: _, ...view } = found;
    return view;
  }

  async viewForReporter(id: string, reporter: Reporter) {
    return this.views.get(id)?.owner === reporter.userId ? this.#view(id) : null;
  }
  async view(id: string) {
    return this.#view(id);
  }
  async receiveMail(): Promise<never> {
    throw new Error('mail does not come in at these doors');
  }
  /** What `repairInvalid` was handed. */
  readonly repaired: { id: string; eml: Uint8Array; actor: string }[] = [];
  async listInvalid({ limit, query }: Parameters<Submissions['listInvalid']>[0]) {
    const items = [...this.views.values()]
      .filter((view) => view.status === 'invalid' && (!query || view.subject.includes(query)))
      .map((view) => ({
        id: view.id,
        submission_type: view.submission_type,
        status: 'invalid' as const,
        requested_disposition: view.requested_disposition,
        requested_at: view.requested_at,
        requested_by: view.requested_by,
        subject: view.subject,
        header_from: view.header_from,
        channel: 'mail' as const,
        invalid_reason: 'no_eml' as const,
        kept_bytes: 10,
      }));
    return { items: items.slice(0, limit) };
  }
  async invalidBytes(id: string) {
    return this.views.get(id)?.status === 'invalid' ? new TextEncoder().encode('Subject: x\r\n\r\nx') : null;
  }
  async repairInvalid(id: string, eml: Uint8Array, actor: string) {
    const view = this.#view(id);
    if (!view) return null;
    if (view.status !== 'invalid') throw new PermanentError('wrong_state', 'This report is not invalid any more.');
    this.repaired.push({ id, eml, actor });
    this.change(id, { status: 'received' });
    return this.#view(id);
  }
  async detail(id: string) {
    const view = this.#view(id);
    if (!view) return null;
    return {
      submission_id: id,
      mailbox: view.requested_by,
      comment: '',
      exposure: [],
      client: null,
      authentication: null,
      timeline: [{ at: view.requested_at, action: 'submission.received', actor: 'reporter' }],
    };
  }
  async verdict() {
    return null;
  }
  async judgedMail(id: string) {
    return this.views.has(id) ? new TextEncoder().encode('Subject: x\r\n\r\nx') : null;
  }
  async changed(id: string, timeoutMs: number, signal?: AbortSignal) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      const done = () => {
        clearTimeout(timer);
        this.changes.off(id, done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      this.changes.once(id, done);
      if (signal?.aborted) done();
      else signal?.addEventListener('abort', done);
    });
  }
  async withdraw(id: string, reporter: Reporter) {
    if (!(await this.viewForReporter(id, reporter))) return null;
    this.change(id, { status: 'withdrawn' });
    return { withdrawn: true, restore: 'none' as const };
  }
  /** What was asked of `list`, and who escalated what. */
  readonly listed: Parameters<Submissions['list']>[0][] = [];
  readonly escalated: { id: string; request: EscalateRequest; actor: string }[] = [];
  async list(asked: Parameters<Submissions['list']>[0]) {
    this.listed.push(asked);
    const { limit, cursor, status, outcome_disposition, query, type } = asked;
    const all = [...this.views.keys()]
      .map((id) => recordOfView(this.#view(id)!))
      .filter((view) => !type || view.submission_type === type)
      .filter((view) => !status || view.status === status || view.customer_status === status)
      .filter((view) => !outcome_disposition || view.outcome_disposition === outcome_disposition)
      .filter((view) => !query || view.subject.includes(query));
    const from = cursor ? Number(cursor) : 0;
    const next = from + limit < all.length ? { next_cursor: String(from + limit) } : {};
    return { items: all.slice(from, from + limit), ...next };
  }
  async record(id: string) {
    const view = this.#view(id);
    return view && recordOfView(view);
  }
  async escalate(id: string, request: EscalateRequest, actor: { id: string }) {
    const view = this.#view(id);
    if (!view) return null;
    if (view.status !== 'concluded') throw new PermanentError('not_escalatable');
    this.escalated.push({ id, request, actor: actor.id });
    this.change(id, { customer_status: 'escalated' });
    return this.record(id);
  }
}

/** A record of a view about which nothing else is known. */
function recordOfView(view: SubmissionView): SubmissionRecord {
  const team = view.submission_type === 'TEAM';
  const phish = ['MALICIOUS', 'SPOOF', 'SUSPICIOUS'].includes(view.outcome_disposition ?? '');
  return {
    ...view,
    submission_id: view.id,
    type: team ? 'Team' : 'User',
    original_disposition: null,
    original_edf_hash: null,
    outcome: view.retraction ? 'retracted' : view.status === 'concluded' ? 'left' : 'pending',
    customer_status: view.customer_status ?? 'unreviewed',
    escalated_at: null,
    escalated_by: null,
    escalated_as: null,
    escalated_submission_id: null,
    keywords: ['phish_submission', team ? 'team_submission' : 'user_submission'],
    detection_reasons: phish ? view.reasons.map(({ text }) => text) : ['phish submission'],
  };
}

export function blankView(id: string): SubmissionView {
  return {
    id,
    submission_type: 'USER',
    status: 'received',
    requested_disposition: 'MALICIOUS',
    requested_at: '2026-08-01T09:00:00Z',
    requested_by: 'ana@example.org',
    subject: 'Your invoice is overdue',
    header_from: 'Billing <billing@invoices.example.net>',
    internet_message_id: '<1@invoices.example.net>',
    original: null,
    outcome_disposition: null,
    score: null,
    margin: null,
    spam_score: null,
    reporter_unit: null,
    model: null,
    reasons: [],
    attributes: [],
    coverage_missing: [],
    psr: null,
    retraction: null,
    simulation: false,
    pane: { title: 'Thank you', tone: 'info', lines: ['We are looking at it.'] },
  };
}

const NOT_WATCHING: WatchStatus = {
  mailboxes: 0,
  begun: 0,
  failing: [],
  looked_at: null,
  seen_today: 0,
  detected_today: 0,
  sweep: null,
};

export interface Doors {
  app: App;
  submissions: SubmissionsInMemory;
  retractions: RetractionsInMemory;
  investigations: InvestigationsInMemory;
  casework: CaseworkInMemory;
  models: ModelsInMemory;
  settings: SettingsInMemory;
  webhooks: WebhooksInMemory;
  sessions: SessionsInMemory;
  auditLog: AuditLogInMemory;
  people: PeopleInMemory;
  /** Log lines so far. */
  logged: string[];
}

/** @param change options that differ from the defaults of these tests. */
export async function openDoors(
  issuer: Issuer | null,
  change: { options?: Partial<HttpOptions>; deps?: Partial<HttpDeps> } = {},
): Promise<Doors> {
  const logged: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const submissions = new SubmissionsInMemory();
  const retractions = new RetractionsInMemory();
  const investigations = new InvestigationsInMemory();
  const casework = new CaseworkInMemory();
  const models = new ModelsInMemory();
  const settings = new SettingsInMemory();
  const webhooks = new WebhooksInMemory();
  const sessions = new SessionsInMemory();
  const auditLog = new AuditLogInMemory();
  const people = new PeopleInMemory();
  const app = await createHttp({
    submissions,
    retractions,
    investigations,
    casework,
    models,
    metrics: metricsInMemory,
    deliveries: { watching: async () => NOT_WATCHING },
    settings,
    webhooks,
    setups: { setup: async () => ({ steps: [{ id: 'psr' as const, done: false, count: 0 }] }) },
    exports: new ExportsInMemory(),
    mail: {
      standing: async () => ({
        ...{ configured: false, from: null, waiting: 0, trouble: null, last_sent_at: null, failed: [], intake: null },
      }),
    },
    lists: new ListsInMemory(),
    identity: issuer
      ? entraIdentity([{ tenantId: TENANT, audiences: [CLIENT], clientIds: [CLIENT], loginUrl: issuer.loginUrl }], {
          fetch,
          now: () => new Date(),
        })
      : null,
    auditLog,
    people,
    sessions,
    openId: null,
    health: [],
    logger: pino({ level: 'trace' }, stream),
    now: () => new Date(),
    randomId: randomUUID,
    options: {
      publicUrl: PUBLIC_URL,
      adminToken: ADMIN_TOKEN,
      tokenSignIn: true,
      maxMessageBytes: 1_000_000,
      trustedProxies: [],
      outlook: null,
      folders: { dashboard: 'dist/dashboard', outlookAddin: 'dist/outlook-addin', manifest: 'manifest.xml' },
      ...change.options,
    },
    ...change.deps,
  });
  return {
    app,
    submissions,
    retractions,
    investigations,
    casework,
    models,
    settings,
    webhooks,
    auditLog,
    people,
    sessions,
    logged,
  };
}
