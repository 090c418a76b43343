/** The worker's part of accepted mail: a report becomes a submission, a copy of delivered mail is seen. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { type Language, languageOf } from '../../shared/i18n/language.ts';
import type { InvalidReason } from '../../shared/invalid.ts';
import type { Deliveries } from '../delivery/face.ts';
import type { Resolve } from '../message/authentication.ts';
import type { Authentication } from '../message/authentication-state.ts';
import type { Message } from '../message/message.ts';
import { parseMessage } from '../message/parse.ts';
import type { Settings } from '../policies/face.ts';
import type { Store } from '../store/database.ts';
import { type ClaimedMail, claimIntakeMail, finishIntakeMail, postponeIntakeMail } from '../store/intake-mails.ts';
import type { MailReport, Submissions } from '../submission/face.ts';
import { type AttachedMail, attachedMail } from './attached-mail.ts';
import { microsoftDisposition } from './microsoft-report.ts';
import { isAnswerable, isVerified, senderOf } from './sender.ts';
import { type Addressed, readServiceAddress, type Service } from './service-address.ts';

export interface IntakeWorld {
  tenant: string;
  service: Service;
  store: Store;
  submissions: Pick<Submissions, 'receiveMail'>;
  deliveries: Pick<Deliveries, 'seen'> | null;
  settings: Settings;
  authenticate(raw: Uint8Array, message: Message): Promise<Authentication>;
  resolve: Resolve;
  /** Who vouches for senders. */
  trust: 'authenticated' | 'relays';
  /** Of the Microsoft tenant, to compare Microsoft's reports with; null where there is none. */
  microsoftTenantId: string | null;
  /** Of a reported mail. */
  maxMessageBytes: number;
  now(): Date;
  randomId(prefix: string): string;
  log: {
    info(fields: Record<string, unknown>, text: string): void;
    warn(fields: Record<string, unknown>, text: string): void;
  };
}

const LEASE_MS = 120_000;
const AT_A_TIME = 100;
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 300_000;
/** Somebody else's trouble is waited for; a mail that breaks us is given up and logged. */
const MAX_ATTEMPTS = 8;
const GIVE_UP_MS = 48 * 3_600_000;

/** Takes what is due, oldest first. May run twice. @returns false when more is due than one run takes */
export async function takeMail(world: IntakeWorld): Promise<boolean> {
  for (let taken = 0; taken < AT_A_TIME; taken++) {
    const owner = world.randomId('own');
    const mail = await claimIntakeMail(world.store.db, world.tenant, owner, world.now(), LEASE_MS);
    if (!mail) return true;
    try {
      await takeOne(world, mail);
      await finishIntakeMail(world.store.db, mail.id, owner);
    } catch (error) {
      await postpone(world, mail, owner, error);
    }
  }
  return false;
}

async function takeOne(world: IntakeWorld, mail: ClaimedMail): Promise<void> {
  const addressed = readServiceAddress(mail.recipient, world.service);
  if (addressed.kind === 'delivered') return see(world, mail, addressed.mode);
  const receipt = await world.submissions.receiveMail(await readReport(world, mail, addressed));
  const { state } = receipt;
  const fields = { mail: mail.id, state, ...('id' in receipt ? { submission: receipt.id } : {}) };
  world.log.info({ ...fields, ...('reason' in receipt ? { reason: receipt.reason } : {}) }, 'a report came by mail');
}

async function see(world: IntakeWorld, mail: ClaimedMail, mode: 'JOURNAL' | 'BCC'): Promise<void> {
  await world.deliveries?.seen(mail.raw, {
    mode,
    recipients: [],
    deliveredAt: mode === 'BCC' ? mail.received_at : null,
  });
}

/** What the mail says, and whether its sender may be believed to be who it names. Never throws for bad mail. */
export async function readReport(world: IntakeWorld, mail: ClaimedMail, addressed: Addressed): Promise<MailReport> {
  const outer = await parseMessage(mail.raw);
  const address = senderOf(outer);
  const attached = attachedMail(mail.raw, world.maxMessageBytes);
  const connection = { ip: mail.client_ip, helo: mail.helo, envelopeFrom: mail.envelope_from };
  const verified =
    address !== null &&
    (await isVerified(address, await world.authenticate(mail.raw, outer), connection, {
      trust: world.trust,
      resolve: world.resolve,
    }));
  const report = addressed.kind === 'report' ? addressed : null;
  const reported = attached.ok ? await parseMessage(attached.raw) : null;
  return {
    key: `mail ${mail.sha256} ${mail.recipient}`.slice(0, 200),
    type: report?.type ?? 'USER',
    disposition:
      report?.disposition ??
      (reported ? microsoftDisposition(outer.subject, reported, world.microsoftTenantId) : 'MALICIOUS'),
    sender: { address: address ?? mail.envelope_from.toLowerCase(), verified },
    problem: problemOf(addressed, attached),
    attached: attached.ok ? attached.raw : null,
    // Of what is too large nothing is kept.
    outer: mail.raw.length <= world.maxMessageBytes ? mail.raw : new Uint8Array(),
    subject: outer.subject,
    messageId: outer.messageId,
    comment: attached.ok ? outer.visibleText.trim().slice(0, 2_000) : '',
    language: languageIn(outer) ?? (await world.settings.get('notifications')).language,
    answerable: isAnswerable(outer, mail.envelope_from),
    client: report?.disposition === null ? 'reporting mailbox' : 'mail',
    receivedAt: mail.received_at,
  };
}

/** Of a mail that cannot be worked on: its envelope and its bytes, unread. */
function failedReport(mail: ClaimedMail): MailReport {
  return {
    key: `mail ${mail.sha256} ${mail.recipient}`.slice(0, 200),
    type: 'USER',
    disposition: 'MALICIOUS',
    sender: { address: mail.envelope_from.toLowerCase(), verified: false },
    problem: 'analysis_failed',
    attached: null,
    outer: mail.raw,
    subject: '',
    messageId: null,
    comment: '',
    language: 'en',
    answerable: false,
    client: 'mail',
    receivedAt: mail.received_at,
  };
}

function problemOf(addressed: Addressed, attached: AttachedMail): InvalidReason | null {
  if (addressed.kind !== 'report') return 'wrong_alias';
  return attached.ok ? null : attached.reason;
}

/** Exchange and others write down what language their person reads. */
function languageIn(message: Message): Language | null {
  const said = message.headers.find(({ name }) => /^(content|accept)-language$/i.test(name))?.value ?? '';
  return said === '' ? null : languageOf(said);
}

async function postpone(world: IntakeWorld, mail: ClaimedMail, owner: string, error: unknown): Promise<void> {
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  world.log.warn({ mail: mail.id, attempt: mail.attempts, error: text }, 'a mail that came in is postponed');
  const waited = world.now().getTime() - mail.received_at.getTime();
  const patient = error instanceof TemporaryError || error instanceof PermanentError;
  if (waited > GIVE_UP_MS || (!patient && mail.attempts >= MAX_ATTEMPTS)) {
    // A person sees it; nothing that was accepted is lost.
    await world.submissions.receiveMail(failedReport(mail));
    await finishIntakeMail(world.store.db, mail.id, owner);
    return;
  }
  const backoffMs = Math.min(RETRY_MS * 2 ** Math.min(mail.attempts, 8), MAX_RETRY_MS);
  const waitMs = Math.max(backoffMs, error instanceof TemporaryError ? (error.retryAfterMs ?? 0) : 0);
  await postponeIntakeMail(world.store.db, mail.id, owner, new Date(world.now().getTime() + waitMs), text);
}
