/** Rows as the rooms write them, for figures to be counted from. */
import { sql } from 'kysely';
import { openMetrics } from '../../server/investigation/metrics.ts';
import type { Metrics } from '../../server/investigation/metrics-face.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { insertVerdict, rememberMessage } from '../../server/store/messages.ts';
import type { CopyState, Destination, RetractionCause } from '../../shared/retraction.ts';
import type { Disposition, Verdict } from '../../shared/verdict.ts';
import { createDatabase } from '../setup/database.ts';
import { undescribed } from '../store/undescribed.ts';

export const NOW = new Date('2026-09-01T12:00:00Z');
export const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const verdictOf = (disposition: Disposition, change: Partial<Verdict> = {}): Verdict => ({
  disposition,
  score: 0.9,
  margin: 2,
  marginWithoutReporter: 2,
  spamScore: 0,
  reporterUnit: 0,
  findings: [],
  attributes: [],
  families: [],
  coverageMissing: [],
  definitive: false,
  model: 'default-1',
  engine: '1',
  ...change,
});

export interface CopySeed {
  mailbox: string;
  state: CopyState;
  reason?: string;
  read?: boolean;
  readAtMove?: boolean;
  folder?: string;
  folderName?: string;
  destination?: Destination;
  actedAfterS?: number;
  generation?: number;
  id?: string;
  seen?: Date;
}

export class MetricsHouse {
  static async start(): Promise<MetricsHouse> {
    const database = await createDatabase();
    const store = openStore(database.url, () => {});
    return new MetricsHouse(store, () => database.drop());
  }

  psr: { mode: 'on' | 'preview' | 'off'; scope: 'message'; dispositions: 'MALICIOUS'[] } = {
    mode: 'preview',
    scope: 'message',
    dispositions: ['MALICIOUS'],
  };
  #next = 0;
  readonly metrics: Metrics;

  private constructor(
    readonly store: Store,
    readonly drop: () => Promise<void>,
  ) {
    let id = 0;
    this.metrics = openMetrics({
      tenant: 'one',
      store,
      // Only PSR's setting is read.
      settings: { get: async () => this.psr as never },
      now: () => NOW,
      randomId: (prefix) => `${prefix}_${++id}`,
    });
  }

  async stop(): Promise<void> {
    await this.store.close();
    await this.drop();
  }

  async mail(
    disposition: Disposition,
    change: {
      id?: string;
      cluster?: string;
      at?: Date;
      verdict?: Partial<Verdict>;
      headerFrom?: string;
      envelopeFrom?: string;
      facts?: unknown;
      mode?: 'REVIEW_SUBMISSION' | 'API' | 'SIMULATION_SUBMISSION';
      tenant?: string;
    } = {},
  ): Promise<string> {
    const id = change.id ?? `msg_${++this.#next}`;
    const at = change.at ?? ago(60);
    const { db } = this.store;
    await rememberMessage(
      db,
      {
        id,
        tenant: change.tenant ?? 'one',
        sha256: id,
        internet_message_id: null,
        subject: id,
        header_from: change.headerFrom ?? 'a@a.example',
        fingerprint: {},
        recipients: [],
        cluster_id: change.cluster ?? id,
        delivery_mode: change.mode ?? 'REVIEW_SUBMISSION',
      },
      { ...undescribed, envelopeFrom: change.envelopeFrom ?? '', facts: change.facts ?? {} },
    );
    await sql`update messages set received_at = ${at} where id = ${id}`.execute(db);
    await insertVerdict(db, id, verdictOf(disposition, change.verdict), {}, { evidence: null, opinion: null }, at);
    return id;
  }

  async submission(
    change: {
      message?: string;
      by?: string;
      type?: 'USER' | 'TEAM';
      status?: string;
      at?: Date;
      concludedAfterS?: number;
      simulation?: boolean;
      escalated?: boolean;
      psr?: [action: string, reason: string | null];
      invalidReason?: string;
      exposure?: string[];
    } = {},
  ): Promise<string> {
    const id = `sub_${++this.#next}`;
    const at = change.at ?? ago(60);
    const by = change.by ?? 'ana@example.org';
    const [action = null, reason = null] = change.psr ?? [];
    await sql`
      insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
        reporter_user_id, mailbox_verified, provider, mailbox, message_id, verdict_id, concluded_at, retraction_id, simulation,
        escalated_at, psr_action, psr_reason, invalid_reason, exposure, client)
      values (${id}, 'one', ${change.type ?? 'USER'}, ${change.status ?? 'concluded'}, 'phish', 'MALICIOUS', ${at}, ${by}, ${`user-${by}`},
        true, 'google', ${by}, ${change.message ?? null}, (select max(id) from verdicts where message_id = ${change.message ?? ''}),
        ${change.concludedAfterS === undefined ? null : new Date(at.getTime() + change.concludedAfterS * 1_000)}, null,
        ${change.simulation ?? false}, ${change.escalated ? at : null}, ${action}, ${reason}, ${change.invalidReason ?? null},
        ${change.exposure ?? []}, '{"name":"outlook","version":"1"}')`.execute(this.store.db);
    return id;
  }

  async retraction(
    message: string,
    copies: CopySeed[],
    change: {
      cause?: RetractionCause;
      preview?: boolean;
      state?: string;
      at?: Date;
      approved?: boolean;
      by?: string;
    } = {},
  ): Promise<string> {
    const id = `ret_${++this.#next}`;
    const at = change.at ?? ago(59);
    const { db } = this.store;
    await sql`
      insert into retractions (id, tenant, cause, state, preview, message_id, internet_message_ids, fingerprint, subject, destination,
        requested_by, requested_at, approved_at)
      values (${id}, 'one', ${change.cause ?? 'psr'}, ${change.state ?? 'done'}, ${change.preview ?? false}, ${message}, '{}', '{}', '',
        'Quarantine', ${change.by ?? 'test'}, ${at}, ${change.approved ? at : null})`.execute(db);
    if (change.preview)
      await sql`insert into audit_log (tenant, actor, action, subject_id) values ('one', 'reelback', 'retraction.previewed', ${id})`.execute(
        db,
      );
    for (const copy of copies)
      await sql`
        insert into retraction_copies (retraction_id, mailbox, provider, provider_message_id, generation, state, reason,
          internet_message_id, subject, from_folder, from_folder_name, was_read, read_at_move, destination, first_seen_at, acted_at)
        values (${id}, ${copy.mailbox}, 'google', ${copy.id ?? copy.mailbox}, ${copy.generation ?? 1}, ${copy.state}, ${copy.reason ?? null},
          '', '', ${copy.folder ?? 'AAMk'}, ${copy.folderName ?? 'Inbox'}, ${copy.read ?? false}, ${copy.readAtMove ?? null},
          ${copy.destination ?? 'Quarantine'}, ${copy.seen ?? at},
          ${copy.actedAfterS === undefined ? null : new Date(at.getTime() + copy.actedAfterS * 1_000)})`.execute(db);
    return id;
  }

  async decision(message: string, disposition: Disposition, at = ago(10)): Promise<void> {
    await sql`insert into decisions (tenant, message_id, disposition, decided_by, decided_at)
              values ('one', ${message}, ${disposition}, 'cleo', ${at})`.execute(this.store.db);
  }

  async failedMailbox(retraction: string, mailbox: string, reason: string): Promise<void> {
    await sql`insert into retraction_mailboxes (retraction_id, mailbox, provider, priority, state, reason, due_at)
              values (${retraction}, ${mailbox}, 'google', 4, 'failed', ${reason}, ${NOW})`.execute(this.store.db);
  }
}
