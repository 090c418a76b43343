/** The whole server on the simulator: real clients, real database, real HTTP. Nothing of ours is replaced. */
import { pino } from 'pino';
import { readConfiguration } from '../../server/configuration.ts';
import { type RunningServer, serve } from '../../server/main.ts';
import type { Tuning } from '../../server/retraction/world.ts';
import type { RetractionCopy, RetractionView, SubmissionView } from '../../shared/api.ts';
import { type MailSink, startMailSink } from '../../simulator/mail-sink.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { startSimulator } from '../../simulator/start.ts';
import { createDatabase } from '../setup/database.ts';
import { googleEnvironment } from './google-environment.ts';

export const ADMIN_TOKEN = 'admin-token-of-the-flow-tests';

export interface HouseOptions {
  /** Settings put before the first report; default: PSR on. */
  psr?: 'on' | 'preview' | 'off';
  /** Serve the simulator's Workspace as well. */
  google?: boolean;
  /** Reports come in by mail at report@reports.example.org, and what is sent to people lies in their mailboxes. */
  mail?: { refuse?: (address: string) => number | null };
  env?: Record<string, string>;
  /** What of the environment depends on the simulator. */
  envOf?: (simulator: Simulator) => Record<string, string>;
  tuning?: Partial<Tuning>;
  /** A built lure-worker. */
  lureWorker?: string;
  /** A built prepare-worker; default: versions of the model are trained in this thread. */
  trainWorker?: string;
}

export interface ReportOptions {
  type?: 'phish' | 'spam' | 'not_sure' | 'safe';
  key?: string;
  /** Sends these bytes along. */
  raw?: string | Uint8Array;
  /** Names no message in the mailbox. */
  withoutId?: boolean;
  body?: Record<string, unknown>;
}

export class House {
  private constructor(
    readonly simulator: Simulator,
    readonly databaseUrl: string,
    private readonly dropDatabase: () => Promise<void>,
    private readonly options: HouseOptions,
    private server: Promise<RunningServer> | null,
    /** What the server logged, a JSON line each. */
    readonly logLines: string[],
    private readonly sink: MailSink | null,
  ) {}

  static async start(options: HouseOptions = {}): Promise<House> {
    const simulator = await startSimulator({ seed: 'none' });
    const database = await createDatabase();
    const logLines: string[] = [];
    const sink = options.mail ? await startMailSink(simulator, options.mail) : null;
    const mail = sink && {
      REELBACK_SMTP_PORT: '0',
      REELBACK_SUBMISSION_ADDRESS: 'report@reports.example.org',
      REELBACK_MAIL_URL: sink.url,
      REELBACK_MAIL_FROM: 'Reelback <reelback@example.org>',
    };
    const withMail = { ...options, env: { ...mail, ...options.env } };
    return new House(simulator, database.url, database.drop, withMail, null, logLines, sink);
  }

  /** The server starts with the first request, so that a test can fill the tenant before. */
  private async open(): Promise<RunningServer> {
    this.server ??= (async () => {
      const server = await House.serve(this.simulator, this.databaseUrl, this.options, this.logLines);
      const response = await fetch(`${server.url}/api/v1/settings/psr`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ mode: this.options.psr ?? 'on', scope: 'message', dispositions: ['MALICIOUS'] }),
      });
      if (!response.ok) throw new Error(`psr setting answered ${response.status}`);
      return server;
    })();
    return this.server;
  }

  private static serve(simulator: Simulator, databaseUrl: string, options: HouseOptions, logLines: string[]) {
    const google = options.google ? googleEnvironment(simulator.google) : null;
    const env: Record<string, string> = {
      REELBACK_PORT: '0',
      REELBACK_DATABASE_URL: databaseUrl,
      REELBACK_MS_TENANT_ID: simulator.tenantId,
      REELBACK_MS_CLIENT_ID: simulator.app.clientId,
      REELBACK_MS_CLIENT_SECRET: simulator.app.clientSecret,
      REELBACK_MS_LOGIN_URL: simulator.loginUrl,
      REELBACK_MS_GRAPH_URL: simulator.graphUrl,
      REELBACK_AUTHSERV_IDS: 'mx.example.org',
      REELBACK_ADMIN_TOKEN: ADMIN_TOKEN,
      REELBACK_CONFIRM_DELAYS: '300ms,600ms',
      REELBACK_WORK_LEASE: '4s',
      REELBACK_REQUEST_TIMEOUT: '1s',
      REELBACK_DNS: 'off',
      ...google?.env,
      ...options.env,
      ...options.envOf?.(simulator),
    };
    // The key file is read once, so it need not outlast the start.
    const configuration = readConfiguration(env);
    google?.remove();
    const logger = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
    const { lureWorker, trainWorker } = options;
    const tuning = { backoffMs: 50, maxBackoffMs: 500, ...options.tuning };
    const workers = { lureWorker, trainWorker };
    return serve(configuration, { rootDir: process.cwd(), http: true, worker: true, logger, tuning, ...workers });
  }

  /** Stops the server and starts it again on the same database and tenant. */
  async restart(): Promise<void> {
    await (await this.open()).stop();
    this.server = null;
    await this.open();
  }

  /** Where mail for the service addresses is taken. */
  async smtpPort(): Promise<number> {
    return (await this.open()).smtpPort!;
  }

  async url(): Promise<string> {
    return (await this.open()).url!;
  }

  async fetch(path: string, init: RequestInit & { as?: string; token?: string } = {}): Promise<Response> {
    const { as, token, ...rest } = init;
    const bearer = token ?? (as ? this.simulator.accessToken(as) : ADMIN_TOKEN);
    return fetch(`${await this.url()}${path}`, {
      ...rest,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(rest.body ? { 'content-type': 'application/json' } : {}),
        ...(rest.headers as Record<string, string> | undefined),
      },
    });
  }

  /** Reports a mail by its subject, label, Message-ID or id; answers the raw response. */
  async post(reporter: string, which: string, options: ReportOptions = {}, mailbox = reporter): Promise<Response> {
    const copy = options.withoutId
      ? undefined
      : this.simulator.copies(mailbox).find((c) => [c.id, c.subject, c.internetMessageId, c.label].includes(which));
    if (!copy && !options.withoutId) throw new Error(`${mailbox} has no mail ${which}`);
    return this.fetch('/api/v1/submissions', {
      method: 'POST',
      as: reporter,
      headers: options.key ? { 'idempotency-key': options.key } : {},
      body: JSON.stringify({
        provider: 'microsoft365',
        mailbox,
        type: options.type ?? 'phish',
        ...(copy ? { provider_message_id: copy.id, internet_message_id: copy.internetMessageId } : {}),
        ...(options.raw === undefined
          ? {}
          : { raw_message: Buffer.from(options.raw).toString('base64'), fidelity: 'exact' }),
        ...options.body,
      }),
    });
  }

  /** @returns the id of the submission */
  async report(reporter: string, which: string, options: ReportOptions = {}, mailbox = reporter): Promise<string> {
    const response = await this.post(reporter, which, options, mailbox);
    const body = (await response.json()) as SubmissionView;
    if (response.status > 202) throw new Error(`report answered ${response.status}: ${JSON.stringify(body)}`);
    return body.id;
  }

  async view(id: string): Promise<SubmissionView> {
    const response = await this.fetch(`/api/v1/submissions/${id}`);
    if (!response.ok) throw new Error(`view answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as SubmissionView;
  }

  async retraction(id: string): Promise<RetractionView> {
    const response = await this.fetch(`/api/v1/retractions/${id}`);
    if (!response.ok) throw new Error(`retraction answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as RetractionView;
  }

  async ledger(retractionId: string): Promise<RetractionCopy[]> {
    const response = await this.fetch(`/api/v1/retractions/${retractionId}/copies?limit=1000`);
    return ((await response.json()) as { items: RetractionCopy[] }).items;
  }

  async decide(retractionId: string, decision: 'approve' | 'cancel' | 'restore'): Promise<Response> {
    return this.fetch(`/api/v1/retractions/${retractionId}/${decision}`, { method: 'POST', body: '{}' });
  }

  async withdraw(id: string, reporter: string): Promise<Response> {
    return this.fetch(`/api/v1/submissions/${id}/withdraw`, { method: 'POST', as: reporter, body: '{}' });
  }

  async put(setting: string, value: unknown): Promise<void> {
    const response = await this.fetch(`/api/v1/settings/${setting}`, { method: 'PUT', body: JSON.stringify(value) });
    if (!response.ok) throw new Error(`setting ${setting} answered ${response.status}: ${await response.text()}`);
  }

  /** Waits until nothing is due. */
  async drain(timeoutMs = 45_000): Promise<void> {
    await this.until(async () => (await this.open()).idle(), timeoutMs, 'the house did not come to rest');
  }

  async until(
    condition: () => Promise<boolean> | boolean,
    timeoutMs = 45_000,
    what: string | (() => string) = 'condition not met',
  ): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await condition())) {
      if (Date.now() > end) {
        const story = this.logLines.filter((line) => !line.includes('"msg":"request"'));
        const text = typeof what === 'string' ? what : what();
        throw new Error(`${text} within ${timeoutMs} ms\n${story.slice(-15).join('')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Waits for a state of the retraction behind a submission. @returns the submission's view */
  async untilRetraction(submissionId: string, states: readonly string[], timeoutMs = 45_000): Promise<SubmissionView> {
    let view = await this.view(submissionId);
    await this.until(
      async () => {
        view = await this.view(submissionId);
        return view.retraction !== null && states.includes(view.retraction.state);
      },
      timeoutMs,
      () => `retraction of ${submissionId} did not become ${states.join(' or ')}: ${JSON.stringify(view)}`,
    );
    return view;
  }

  async untilConcluded(submissionId: string, timeoutMs = 45_000): Promise<SubmissionView> {
    let view = await this.view(submissionId);
    await this.until(
      async () => {
        view = await this.view(submissionId);
        return view.status !== 'received' && view.status !== 'analysing';
      },
      timeoutMs,
      `submission ${submissionId} was not concluded`,
    );
    return view;
  }

  /** Where a copy lies now, as its mailbox shows it. */
  folderOf(mailbox: string, which: string): string | null {
    const copy = this.simulator
      .copies(mailbox)
      .find((c) => [c.id, c.subject, c.internetMessageId, c.label].includes(which));
    return copy?.folderName ?? null;
  }

  async stop(): Promise<void> {
    await (await this.server)?.stop();
    await this.sink?.stop();
    await this.simulator.stop();
    await this.dropDatabase();
  }
}
