/** The submission room on a real database and queue, with mail that is handed in as if it had been read from a mailbox. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadModel } from '../../server/analysis/analyse.ts';
import { type Jobs, openJobs } from '../../server/jobs/queue.ts';
import { learn } from '../../server/learning/learn.ts';
import { offlineResolve } from '../../server/lookups/dns.ts';
import type { Copy } from '../../server/mailboxes/port.ts';
import type { Message } from '../../server/message/message.ts';
import { openLists } from '../../server/policies/lists.ts';
import { DEFAULT_SETTINGS, openSettings } from '../../server/policies/settings.ts';
import { prepareBlob } from '../../server/store/blobs.ts';
import { type Changes, listenForChanges } from '../../server/store/changes.ts';
import { clusterOfMessage } from '../../server/store/clusters.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { type VerdictRow, verdictRow } from '../../server/store/messages.ts';
import {
  claimForAnalysis,
  insertSubmission,
  type SubmissionRow,
  submissionById,
} from '../../server/store/submissions.ts';
import { conclude } from '../../server/submission/conclude.ts';
import { judgeWith } from '../../server/submission/judge.ts';
import { knownCases } from '../../server/submission/known-cases.ts';
import { readerHere } from '../../server/submission/reader.ts';
import { rejudgeCluster } from '../../server/submission/rejudge.ts';
import type { Judgement, SubmissionWorld } from '../../server/submission/world.ts';
import type { Verdict } from '../../shared/verdict.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

export const TENANT = 'tenant-of-the-desk';
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export class Desk {
  /** Moves when a test says so. */
  time = new Date('2026-11-20T09:00:00Z');
  readonly world: SubmissionWorld;

  private constructor(
    private readonly database: TestDatabase,
    readonly store: Store,
    private readonly changes: Changes,
    private readonly jobs: Jobs,
  ) {
    const now = () => this.time;
    const own = async () => ['example.org'];
    const model = loadModel(new Uint8Array(readFileSync(join(process.cwd(), 'server/analysis/models/default.bin'))));
    const lists = openLists(store, TENANT, randomId);
    this.lists = lists;
    this.world = {
      tenant: TENANT,
      store,
      changes,
      jobs,
      providers: new Map(),
      settings: openSettings(store, TENANT, { ...DEFAULT_SETTINGS, psr: { ...DEFAULT_SETTINGS.psr, mode: 'on' } }),
      judge: judgeWith({
        reader: readerHere(null),
        model,
        resolve: offlineResolve,
        asksDns: false,
        trustedAuthservIds: ['mx.example.org'],
        lists,
        ownDomains: own,
        knownCases: (message, domains, at) => knownCases(store.db, TENANT, message, domains, at),
        now,
      }),
      now,
      randomId,
      log: quiet,
      leaseMs: 60_000,
      lookAgainDelaysMs: [30 * 60_000, 6 * 3_600_000, 24 * 3_600_000],
    };
  }
  readonly lists: ReturnType<typeof openLists>;

  static async open(): Promise<Desk> {
    const database = await createDatabase();
    const changes = await listenForChanges(database.url, () => {});
    const jobs = await openJobs(database.url, changes, () => {});
    return new Desk(
      database,
      openStore(database.url, () => {}),
      changes,
      jobs,
    );
  }

  async close(): Promise<void> {
    await this.jobs.stop();
    await this.changes.close();
    await this.store.close();
    await this.database.drop();
  }

  /** A person reports a mail that lies in their mailbox; it is judged and concluded. @param change of what the machine saw */
  async report(
    person: string,
    raw: string,
    {
      type = 'phish',
      change = (j: Judgement) => j,
      receivedAt = null,
    }: { type?: SubmissionRow['report_type']; change?: (j: Judgement) => Judgement; receivedAt?: string | null } = {},
  ): Promise<string> {
    const id = randomId('sub');
    await insertSubmission(this.store.db, {
      id,
      tenant: TENANT,
      submission_type: 'USER',
      status: 'received',
      report_type: type,
      requested_disposition: type === 'phish' ? 'MALICIOUS' : 'NONE',
      requested_at: this.time,
      requested_by: `${person}@example.org`,
      reporter_user_id: person,
      mailbox_verified: true,
      provider: 'microsoft365',
      mailbox: `${person}@example.org`,
      provider_message_id: null,
      internet_message_id: null,
      comment: '',
      exposure: [],
      language: 'en',
      client: null,
      upload_sha256: null,
      upload_fidelity: null,
      idempotency_key: null,
      natural_key: null,
      subject: '',
      header_from: '',
      invalid_reason: null,
    });
    const bytes = new TextEncoder().encode(raw);
    const submission = await claimForAnalysis(this.store.db, id, 'desk', this.time, 60_000);
    const judgement = change(await this.world.judge(bytes));
    const copy = receivedAt === null ? null : copyOf(person, judgement.message, receivedAt);
    const blob = await prepareBlob(bytes);
    await conclude(this.world, submission!, 'desk', { judgement, original: 'authoritative', blob, copy });
    return id;
  }

  /** Takes rows back that a test has written itself. */
  async forget(...ids: string[]): Promise<void> {
    await sql`delete from submissions where id = any(${ids})`.execute(this.store.db);
  }

  submission = async (id: string): Promise<SubmissionRow> => (await submissionById(this.store.db, TENANT, id))!;
  row = async (id: string): Promise<VerdictRow> =>
    (await verdictRow(this.store.db, (await this.submission(id)).verdict_id!))!;
  verdict = async (id: string): Promise<Verdict> => (await this.row(id)).body;
  cluster = async (id: string): Promise<string> =>
    (await clusterOfMessage(this.store.db, (await this.submission(id)).message_id!))!;

  /** What the worker does when the queue says so. */
  async rejudge(id: string): Promise<void> {
    await rejudgeCluster(this.world, await this.cluster(id));
  }

  async learn(): Promise<void> {
    const { tenant, store, jobs, now, log } = this.world;
    await learn({ tenant, store, jobs, ownDomains: async () => ['example.org'], now, log });
  }

  later(hours: number): void {
    this.time = new Date(this.time.getTime() + hours * 3_600_000);
  }
}

/** As a provider would show it. */
function copyOf(person: string, message: Message, receivedAt: string): Copy {
  return {
    mailbox: `${person}@example.org`,
    providerMessageId: `copy of ${person}`,
    internetMessageId: message.messageId ?? '',
    subject: message.subject,
    folder: 'inbox',
    labels: [],
    isRead: true,
    flag: '',
    importance: '',
    categories: [],
    receivedAt,
  };
}

const randomId = (prefix: string) => `${prefix}_${randomBytes(9).toString('hex')}`;
