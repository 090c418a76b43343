/** Mails as the house keeps them, put there by the store's own functions, and the room that searches them. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Investigations } from '../../server/investigation/face.ts';
import { openInvestigations } from '../../server/investigation/investigations.ts';
import type { Authentication } from '../../server/message/authentication-state.ts';
import { describeMessage } from '../../server/message/described.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { prepareBlob, putBlob } from '../../server/store/blobs.ts';
import { openStore, type Store } from '../../server/store/database.ts';
import { type DeliveryMode, insertVerdict, rememberMessage } from '../../server/store/messages.ts';
import type { MessageResult, MessageSearch } from '../../shared/messages.ts';
import type { Disposition, Finding, Verdict } from '../../shared/verdict.ts';
import { createDatabase, type TestDatabase } from '../setup/database.ts';

export const TENANT = 'tenant-of-found-mails';
const id = (prefix: string) => `${prefix}_${randomBytes(9).toString('hex')}`;

export interface Mail {
  raw: string;
  disposition?: Disposition;
  findings?: Partial<Finding>[];
  attributes?: string[];
  mode?: DeliveryMode;
  /** Days since it became known. */
  daysAgo?: number;
  /** Default: kept when anything was found. */
  body?: boolean;
  authentication?: Partial<Authentication>;
}

export class FoundMails {
  readonly investigations: Investigations;

  private constructor(
    private readonly database: TestDatabase,
    readonly store: Store,
  ) {
    this.investigations = openInvestigations({
      tenant: TENANT,
      store,
      providers: new Map(),
      now: () => new Date(),
      searchMs: 1_000,
    });
  }

  static async open(): Promise<FoundMails> {
    const database = await createDatabase();
    return new FoundMails(
      database,
      openStore(database.url, () => {}),
    );
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.database.drop();
  }

  /** @returns its id */
  async put(mail: Mail): Promise<string> {
    const { disposition = 'MALICIOUS', mode = 'API', daysAgo = 0, body = disposition !== 'NONE' } = mail;
    const raw = Buffer.from(mail.raw.replaceAll(/\r?\n/g, '\r\n'));
    const message = await parseMessage(raw);
    const { db } = this.store;
    if (body) await putBlob(db, await prepareBlob(raw));
    const authentication = {
      state: 'none',
      spf: null,
      dkim: [],
      dmarc: null,
      source: 'none',
      mismatch: 'unknown',
      missing: [],
      ...mail.authentication,
    } as Authentication;
    const messageId = await rememberMessage(
      db,
      {
        id: id('msg'),
        tenant: TENANT,
        sha256: message.sha256,
        internet_message_id: message.messageId,
        subject: message.subject,
        header_from: message.headerFrom[0]?.address ?? '',
        fingerprint: {},
        recipients: message.to.map(({ address }) => address),
        delivery_mode: mode,
      },
      describeMessage(message, authentication),
    );
    const reported = mode === 'REVIEW_SUBMISSION' || mode === 'SIMULATION_SUBMISSION';
    await sql`update messages set received_at = now() - ${daysAgo} * interval '1 day', reported = ${reported} where id = ${messageId}`.execute(
      db,
    );
    await insertVerdict(
      db,
      messageId,
      verdictOf(disposition, mail),
      authentication,
      { evidence: null, opinion: null },
      new Date(),
    );
    return messageId;
  }

  async report(messageId: string, type: 'USER' | 'TEAM', requested: Disposition = 'MALICIOUS'): Promise<string> {
    const submission = id('sub');
    await sql`insert into submissions (id, tenant, submission_type, status, report_type, requested_disposition, requested_at, requested_by,
                reporter_user_id, mailbox_verified, provider, mailbox, message_id)
              values (${submission}, ${TENANT}, ${type}, 'concluded', 'phish', ${requested}, now(), 'ana@example.org', ${submission}, true,
                'microsoft365', 'ana@example.org', ${messageId})`.execute(this.store.db);
    await sql`update messages set reported = true where id = ${messageId}`.execute(this.store.db);
    return submission;
  }

  async retract(
    messageId: string,
    {
      cause = 'psr',
      preview = false,
      destination = 'Quarantine',
      states = ['retracted'],
    }: {
      cause?: string;
      preview?: boolean;
      destination?: string;
      states?: string[];
    },
  ): Promise<string> {
    const retraction = id('ret');
    const { db } = this.store;
    await sql`insert into retractions (id, tenant, cause, state, preview, message_id, internet_message_ids, fingerprint, subject, destination, requested_by)
              values (${retraction}, ${TENANT}, ${cause}, 'done', ${preview}, ${messageId}, '{}', '{}', '', ${destination}, 'reelback')`.execute(
      db,
    );
    for (const [at, state] of states.entries())
      await sql`insert into retraction_copies (retraction_id, mailbox, provider, provider_message_id, state, internet_message_id, subject,
                  from_folder, from_folder_name, was_read, destination, acted_at, restored_at)
                values (${retraction}, ${`person${at}@example.org`}, 'microsoft365', ${id('aam')}, ${state}, '', '', 'inbox', 'Inbox', false,
                  ${destination}, ${preview ? null : new Date()}, ${state === 'restored' ? new Date() : null})`.execute(
        db,
      );
    return retraction;
  }

  /** Subjects of what is found, newest first. */
  async subjects(search: MessageSearch | string): Promise<string[]> {
    return (await this.items(search)).map(({ subject }) => subject);
  }

  async items(search: MessageSearch | string): Promise<MessageResult[]> {
    const asked = typeof search === 'string' ? { query: search } : search;
    const page = await this.investigations.search(asked, { limit: 100, language: 'en' });
    if ('trouble' in page) throw new Error(`${page.trouble.code} ${page.trouble.what}`);
    return page.items;
  }
}

function verdictOf(disposition: Disposition, { findings = [], attributes = [] }: Mail): Verdict {
  return {
    disposition,
    score: 0.9,
    margin: 2.2,
    marginWithoutReporter: 2.2,
    spamScore: 0.1,
    reporterUnit: 0,
    findings: findings.map((finding) => ({
      id: 'url.lookalike',
      family: 'url',
      severity: 'high',
      text: 'A link pretends.',
      evidence: 'hxxps[:]//pay[.]example',
      ...finding,
    })),
    attributes,
    families: [],
    coverageMissing: ['rdap'],
    definitive: false,
    model: 'default-3',
    engine: '1',
  };
}
