/** Everything that is known of one mail, and what was done with it. */
import { createHash } from 'node:crypto';
import { reasonIn } from '../../shared/i18n/reason-text.ts';
import type { ActionLog, MailTrace, MessageDetail } from '../../shared/messages.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { MessageFacts } from '../message/described.ts';
import { type KeptFile, keptFiles } from '../message/kept-files.ts';
import { parseMessage } from '../message/parse.ts';
import { getBlob } from '../store/blobs.ts';
import type { Db } from '../store/database.ts';
import {
  actionsOn,
  decisionsOf,
  mailboxCopies,
  messageOfSubmission,
  reportsOf,
  retractionsOf,
} from '../store/message-actions.ts';
import { type MessageSummaryRow, messageSummaries } from '../store/message-search.ts';
import { latestVerdict } from '../store/messages.ts';
import { messageResults } from './message-result.ts';
import type { SearchWorld } from './search-mailboxes.ts';

type World = Pick<SearchWorld, 'tenant' | 'store'>;

const MOST_COPIES = 200;
const MOST_ACTIONS = 1_000;
const MOST_HEADERS = 200;
const MOST_HEADER_CHARACTERS = 2_000;

/** The mail of an id, or the sample that a submission was judged by. */
export async function storedMessage({ store, tenant }: World, id: string): Promise<MessageSummaryRow | null> {
  const messageId = id.startsWith('sub_') ? await messageOfSubmission(store.db, tenant, id) : id;
  const [found] = messageId ? await messageSummaries(store.db, tenant, [messageId]) : [];
  return found ?? null;
}

export async function messageDetail(world: World, id: string, language: string): Promise<MessageDetail | null> {
  const { db } = world.store;
  const row = await storedMessage(world, id);
  const [result] = row ? await messageResults(db, world.tenant, [row.id], language) : [];
  if (!row || !result) return null;
  const [verdict, copies, submissions, retractions, decisions, raw] = await Promise.all([
    latestVerdict(db, row.id),
    mailboxCopies(db, row.id, MOST_COPIES + 1),
    reportsOf(db, row.id),
    retractionsOf(db, row.id),
    decisionsOf(db, row.id),
    getBlob(db, row.sha256),
  ]);
  const facts = row.facts as Partial<MessageFacts>;
  const authentication = (verdict?.authentication ?? null) as Authentication | null;
  const body = verdict?.body;
  return {
    ...result,
    verdict: verdict && {
      disposition: verdict.body.disposition,
      score: verdict.body.score,
      margin: verdict.body.margin,
      spam_score: verdict.body.spamScore,
      reporter_unit: verdict.body.reporterUnit,
      definitive: verdict.body.definitive,
      model: verdict.body.model,
      engine: verdict.body.engine,
      judged_at: verdict.judged_at.toISOString(),
      coverage_missing: verdict.body.coverageMissing,
    },
    findings: (body?.findings ?? []).map((finding) => {
      const { text, evidence } = reasonIn(finding, language);
      return {
        detection: finding.id,
        field: finding.family,
        severity: finding.severity,
        reason: text,
        detail: evidence,
      };
    }),
    validation: {
      spf: authentication?.spf?.result ?? null,
      dkim: bestOf(authentication?.dkim ?? []),
      dmarc: authentication?.dmarc?.result ?? null,
      dmarc_policy: authentication?.dmarc?.policy ?? null,
      comment: authentication?.source ?? 'none',
    },
    sender_info: {
      ip: authentication?.client?.ip ?? result.smtp_helo_server_ip,
      server_name: authentication?.client?.name ?? facts.received?.[0]?.from ?? null,
      pld: facts.senderDomain ?? null,
      as_number: null,
      as_name: null,
      geo: null,
    },
    recipients: { to: facts.to ?? [], cc: facts.cc ?? [] },
    links: (facts.links ?? []).map(({ url, host, text, source }) => ({ href: url, host, text, source })),
    attachments: await attachmentsOf(facts, raw),
    mime_structure: facts.mimeStructure ?? '',
    headers: raw ? await headersOf(raw) : [],
    body: { kept: raw !== null, reason: raw ? null : whyNotKept(row), sha256: row.sha256, size: row.size },
    copies: copies.slice(0, MOST_COPIES).map((copy) => ({
      mailbox: copy.mailbox,
      provider: copy.provider,
      delivery_mode: copy.delivery_mode,
      delivered_at: copy.delivered_at?.toISOString() ?? null,
      state: copy.state,
      retraction_id: copy.retraction_id,
    })),
    copies_complete: copies.length <= MOST_COPIES,
    submissions: submissions.map((s) => ({ ...s, requested_at: s.requested_at.toISOString() })),
    retractions: retractions.map((r) => ({ ...r, requested_at: r.requested_at.toISOString() })),
    decisions: decisions.map((d) => ({ ...d, decided_at: d.decided_at.toISOString() })),
  };
}

/** Of what was never found to be anything no body is kept; of the rest it is until retention or privacy takes it. */
export const whyNotKept = ({ disposition, reported }: Pick<MessageSummaryRow, 'disposition' | 'reported'>) =>
  !reported && (disposition === 'NONE' || disposition === null) ? ('undetected' as const) : ('deleted' as const);

/** One good signature is what counts; a mail may carry several. */
const bestOf = (signatures: Authentication['dkim']) =>
  signatures.find(({ result }) => result === 'pass')?.result ?? signatures[0]?.result ?? null;

/** The older digests, which other tools still ask for, are made when somebody looks. */
async function attachmentsOf(
  { attachments = [] }: Partial<MessageFacts>,
  raw: Uint8Array | null,
): Promise<MessageDetail['attachments']> {
  const files = new Map<string, KeptFile>(
    (raw && attachments.length > 0 ? keptFiles(raw) : []).map((file) => [file.sha256, file]),
  );
  return attachments.map((attachment) => {
    const bytes = files.get(attachment.sha256)?.bytes ?? null;
    return {
      filename: attachment.filename,
      content_type: attachment.contentType,
      file_type: attachment.fileType,
      size: attachment.size,
      encrypted: attachment.encrypted,
      executable: attachment.executable,
      macros: attachment.macros,
      sha256: attachment.sha256,
      sha1: bytes && createHash('sha1').update(bytes).digest('hex'),
      md5: bytes && createHash('md5').update(bytes).digest('hex'),
      detection: attachment.executable
        ? 'executable'
        : attachment.macros
          ? 'macros'
          : attachment.encrypted
            ? 'encrypted'
            : null,
    };
  });
}

async function headersOf(raw: Uint8Array): Promise<MessageDetail['headers']> {
  const { headers } = await parseMessage(raw);
  return headers
    .slice(0, MOST_HEADERS)
    .map(({ name, value }) => ({ name: name.slice(0, 200), value: value.slice(0, MOST_HEADER_CHARACTERS) }));
}

export async function actionLog(world: World, id: string): Promise<ActionLog | null> {
  const message = await storedMessage(world, id);
  if (!message) return null;
  const actions = await actionsOn(world.store.db, message.id, MOST_ACTIONS + 1);
  return {
    items: actions.slice(0, MOST_ACTIONS).map((action) => ({
      ...action,
      completed_at: action.completed_at?.toISOString() ?? null,
    })),
    complete: actions.length <= MOST_ACTIONS,
  };
}

export async function mailTrace(world: World, id: string): Promise<MailTrace | null> {
  const message = await storedMessage(world, id);
  if (!message) return null;
  const hops = [...((message.facts as Partial<MessageFacts>).received ?? [])].reverse();
  const copies = await mailboxCopies(world.store.db, message.id, MOST_COPIES);
  return {
    inbound: {
      lines: hops.map(({ from, by, ip, date }, index) => ({
        lineno: index + 1,
        ts: date,
        message: `${from ?? '?'}${ip ? ` [${ip}]` : ''} → ${by ?? '?'}`,
      })),
      pending: false,
    },
    outbound: {
      lines: copies.map((copy, index) => ({
        lineno: index + 1,
        ts: (copy.delivered_at ?? copy.seen_at)?.toISOString() ?? null,
        message: `${copy.mailbox}${copy.delivery_mode ? ` (${copy.delivery_mode})` : ''}`,
      })),
      pending: await isBeingMoved(world.store.db, message.id),
    },
  };
}

async function isBeingMoved(db: Db, messageId: string): Promise<boolean> {
  const retractions = await retractionsOf(db, messageId);
  return retractions.some(({ state }) => state === 'planned' || state === 'running' || state === 'restoring');
}
