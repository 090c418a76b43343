import { createHash } from 'node:crypto';
import { TemporaryError } from '../../shared/errors.ts';
import type { InvalidReason } from '../../shared/invalid.ts';
import type { Provider } from '../../shared/retraction.ts';
import type { ReportType } from '../../shared/submission.ts';
import type { Disposition } from '../../shared/verdict.ts';
import type { Mailbox } from '../mailboxes/port.ts';
import type { Message } from '../message/message.ts';
import { parseMessage } from '../message/parse.ts';
import { isReadable } from '../message/readable.ts';
import { audit } from '../store/audit.ts';
import { prepareBlob, putBlob } from '../store/blobs.ts';
import { notify } from '../store/changes.ts';
import { mailboxesByAddress, ownDomains, rememberMailboxes } from '../store/directory.ts';
import { strangersSince } from '../store/invalid-submissions.ts';
import { insertSubmission, knownSubmission, type NewSubmission } from '../store/submissions.ts';
import { tellInvalid } from './answer.ts';
import type { MailReceipt, MailReport } from './face.ts';
import type { SubmissionWorld } from './world.ts';

/** A requested disposition in the words of the buttons; only "this is phishing" is a vote. */
const TYPE_OF: Record<Disposition, ReportType> = {
  MALICIOUS: 'phish',
  SPOOF: 'phish',
  SUSPICIOUS: 'not_sure',
  SPAM: 'spam',
  BULK: 'spam',
  NONE: 'safe',
};

/** What strangers send is kept for an administrator who sets the addresses up, not for whoever floods them. */
const STRANGERS_A_DAY = 200;
const DAY_MS = 86_400_000;

/**
 * A report that came by mail. Everything in it is its sender's word: the original is looked for in the sender's own
 * mailbox, and without it the report is analysed and held. What cannot be judged is kept with its reason.
 * @throws TemporaryError when the directory cannot be asked now
 */
export async function receiveMail(world: SubmissionWorld, report: MailReport): Promise<MailReceipt> {
  const { db } = world.store;
  const standing: Standing =
    report.problem === 'analysis_failed' ? { reason: report.problem } : await standingByAddress(world, report);
  const person = 'reporter' in standing ? standing.reporter : null;
  const refusal = 'reporter' in standing ? await whyNot(world, report, standing.reporter) : standing.reason;
  const invalidReason = refusal ?? report.problem ?? (report.attached === null ? 'no_eml' : null);

  const parsed = report.attached ? await parseMessage(report.attached) : null;
  const reason: InvalidReason | null = invalidReason ?? (parsed !== null && isReadable(parsed) ? null : 'unreadable');
  const userId = person?.userId ?? '';
  const key = {
    tenant: world.tenant,
    reporterUserId: userId,
    idempotencyKey: report.key,
    naturalKey: reason === null ? naturalKeyOf(report, person!.address) : null,
  };
  const known = await knownSubmission(db, key);
  if (known) return { state: 'known', id: known.id };
  if (person === null) {
    const since = new Date(world.now().getTime() - DAY_MS);
    if ((await strangersSince(db, world.tenant, since)) >= STRANGERS_A_DAY) return { state: 'dropped' };
  }

  const kept = report.attached ?? report.outer;
  const upload = kept.length > 0 ? await prepareBlob(kept) : null;
  const submission: NewSubmission = {
    id: world.randomId('sub'),
    tenant: world.tenant,
    submission_type: report.type,
    status: reason ? 'invalid' : 'received',
    report_type: TYPE_OF[report.disposition],
    requested_disposition: report.disposition,
    requested_at: report.receivedAt,
    requested_by: person?.address ?? report.sender.address.slice(0, 320),
    reporter_user_id: userId,
    mailbox_verified: person !== null,
    // Of a stranger no suite is known; nothing is read from a mailbox that is not verified.
    provider: person?.provider ?? firstProvider(world),
    mailbox: person?.address ?? report.sender.address.slice(0, 320),
    provider_message_id: null,
    internet_message_id: parsed?.messageId ?? null,
    comment: report.comment,
    exposure: [],
    language: report.language,
    client: { name: report.client, version: '' },
    upload_sha256: upload?.sha256 ?? null,
    upload_fidelity: upload && report.attached ? 'exact' : null,
    idempotency_key: key.idempotencyKey,
    natural_key: key.naturalKey,
    subject: subjectOf(parsed, report).slice(0, 1_000),
    header_from: parsed?.headerFrom[0]?.address ?? '',
    invalid_reason: reason,
    channel: 'mail',
    answer_to: person && report.answerable ? person.address : null,
    answered_message_id: report.messageId,
  };
  const tell = world.outbox && reason ? await world.settings.get('notifications') : null;
  const created = await world.store.inTransaction(async (trx) => {
    if (upload) await putBlob(trx, upload);
    if (!(await insertSubmission(trx, submission))) return false;
    await audit(trx, {
      tenant: world.tenant,
      actor: person ? `${world.tenant}/${person.userId}` : `${world.tenant}/stranger`,
      action: 'submission.received',
      subjectId: submission.id,
      detail: { channel: 'mail', type: report.type, requested: report.disposition, invalid: reason },
    });
    if (reason === null) await world.jobs.enqueue(trx, 'analyse', { submissionId: submission.id });
    else if (tell?.invalid_submission) await tellInvalid(trx, world, submission, reason);
    await notify(trx, submission.id);
    return true;
  });
  if (!created) throw new TemporaryError('submission: lost a race against itself', { retryAfterMs: 1_000 });
  return reason ? { state: 'invalid', id: submission.id, reason } : { state: 'created', id: submission.id };
}

type Standing = { reporter: Mailbox } | { reason: InvalidReason };

async function standingByAddress(world: SubmissionWorld, { sender }: MailReport): Promise<Standing> {
  const { db } = world.store;
  const address = sender.address.toLowerCase();
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const domains = await ownDomains(db, world.tenant);
  if (domains.length > 0 && !domains.includes(domain)) return { reason: 'unknown_tenant' };
  if (!sender.verified) return { reason: 'sender_not_verified' };
  const [known] = await mailboxesByAddress(db, world.tenant, [address]);
  if (known) return { reporter: known };
  // The directory table may be hours old: a "no" is only said after asking.
  for (const provider of world.providers.values()) {
    const behind = await provider.resolve(address);
    const own = behind.find((box) => box.address === address || box.aliases.includes(address));
    if (!own) continue;
    await rememberMailboxes(db, world.tenant, [own], world.now());
    return { reporter: own };
  }
  return { reason: domains.length > 0 ? 'reporter_not_allowed' : 'unknown_tenant' };
}

/** Team submissions never move mail, so with nobody named everybody may send them. */
async function whyNot(world: SubmissionWorld, report: MailReport, own: Mailbox): Promise<InvalidReason | null> {
  if (report.type === 'USER') return null;
  const { team_members: members } = await world.settings.get('intake');
  if (members.length === 0) return null;
  const addresses = [own.address, ...own.aliases];
  if (members.some((member) => addresses.includes(member.toLowerCase()))) return null;
  const provider = world.providers.get(own.provider);
  for (const member of members) if (await provider?.isMember(own.userId, member)) return null;
  return 'team_not_allowed';
}

/** A Message-ID never decides what is the same report: the sender chooses it. */
function naturalKeyOf({ type, attached }: MailReport, mailbox: string): string {
  const sha256 = createHash('sha256').update(attached!).digest('hex');
  return `${type === 'TEAM' ? 'team\n' : ''}${mailbox}\nsha256:${sha256}`;
}

const subjectOf = (parsed: Message | null, report: MailReport) =>
  parsed !== null && isReadable(parsed) ? parsed.subject : report.subject;

const firstProvider = (world: SubmissionWorld): Provider => world.providers.keys().next().value ?? 'microsoft365';
