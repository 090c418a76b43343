/** Events as the lines that other programs read: the vendor's field names and spellings, one line each. Pure. */
import { alertIdOf } from '../../shared/alert-id.ts';
import { reasonIn } from '../../shared/i18n/reason-text.ts';
import type { AlertRow, PostDeliveryRow } from '../../shared/log-rows.ts';
import {
  type LogOrigin,
  logDeliveryMode,
  logDisposition,
  logDkim,
  logDmarc,
  logDmarcPolicy,
  logSpf,
} from '../../shared/log-words.ts';
import { OPERATION_WORDS } from '../../shared/vendor-words.ts';
import type { EventRow } from '../store/event-rows.ts';

/** What the message room kept of a mail, as far as a line shows it. */
interface Facts {
  to?: Person[];
  cc?: Person[];
  links?: { url: string }[];
  attachments?: { filename: string; contentType: string; fileType: string; sha256: string; encrypted: boolean }[];
}
interface Person {
  name: string;
  address: string;
}

/** What the message room found out about the sender, as far as a line shows it. */
interface Authentication {
  state?: string;
  spf?: { result: string } | null;
  dkim?: { result: string }[];
  dmarc?: { result: string; policy: string | null } | null;
  client?: { ip: string | null; name: string | null };
}

export interface LogContext {
  /** Domains that deliver to the tenant, lower case. */
  ownDomains: readonly string[];
  /** Of Entra; '' for a Google-only deployment. */
  microsoftTenantId: string;
}

const MOST_LINKS = 100;

export function alertRow(event: EventRow, { ownDomains }: LogContext): AlertRow {
  const facts = event.facts as Facts;
  const authentication = (event.authentication ?? {}) as Authentication;
  const { to = [], cc = [], links = [], attachments = [] } = facts;
  return {
    AlertID: alertIdOf(event.message_id ?? '', event.received_at),
    AlertReasons: reasonsOf(event),
    Attachments: attachments.map((a) => ({
      Md5: '',
      Sha1: '',
      Sha256: a.sha256,
      Ssdeep: '',
      Name: a.filename,
      ContentTypeProvided: a.contentType,
      ContentTypeComputed: a.fileType,
      Encrypted: a.encrypted,
      Decrypted: false,
    })),
    BCC: '',
    CC: addresses(cc),
    CCName: names(cc),
    DKIMResult: logDkim(best(authentication.dkim)),
    DMARCPolicy: logDmarcPolicy(authentication.dmarc?.policy ?? null),
    DMARCResult: logDmarc(authentication.dmarc?.result ?? null),
    FinalDisposition: logDisposition(event.disposition),
    From: event.header_from,
    FromName: event.from_name,
    Links: links.slice(0, MOST_LINKS).map(({ url }) => url),
    MessageDeliveryMode: logDeliveryMode(event.delivery_mode),
    MessageID: event.internet_message_id ?? '',
    Origin: originOf(event.header_from, authentication, ownDomains),
    OriginalSender: event.envelope_from || event.header_from,
    ReplyTo: event.reply_to,
    ReplyToName: '',
    SMTPEnvelopeFrom: event.envelope_from,
    SMTPEnvelopeTo: event.recipients,
    SMTPHeloServerIP: authentication.client?.ip ?? '',
    SMTPHeloServerIPAsName: '',
    SMTPHeloServerIPAsNumber: '',
    SMTPHeloServerIPGeo: '',
    SMTPHeloServerName: authentication.client?.name ?? '',
    SPFResult: logSpf(authentication.spf?.result ?? null),
    Subject: event.subject,
    ThreatCategories: categoriesOf(event),
    Timestamp: event.at.toISOString(),
    To: addresses(to),
    ToName: names(to),
  };
}

export function postDeliveryRow(event: EventRow, { microsoftTenantId }: LogContext): PostDeliveryRow {
  const { copy, retraction, submission } = event;
  const success =
    event.kind === 'submission' || ['retracted', 'already_there', 'restored', 'purged'].includes(event.outcome);
  const provider = copy?.provider ?? submission?.provider ?? '';
  const release = event.kind === 'release';
  return {
    AlertID: event.message_id === null ? '' : alertIdOf(event.message_id, event.received_at),
    CompletedAt: event.at.toISOString(),
    Destination: copy
      ? release
        ? 'Inbox'
        : event.outcome === 'purged'
          ? 'RecoverableItemsPurges'
          : copy.destination
      : '',
    FinalDisposition: logDisposition(event.disposition),
    Folder: success ? event.folder : '',
    From: event.header_from,
    FromName: event.from_name,
    MessageID: event.internet_message_id ?? '',
    MessageTimestamp: (event.sent_at ?? event.received_at).toISOString(),
    MicrosoftTenantID: provider === 'microsoft365' ? microsoftTenantId : '',
    Operation: OPERATION_WORDS[operationOf(event)].log_export,
    PostfixID: (event.message_id ?? '').replace(/^msg_/, '').slice(0, 16),
    Reasons: reasonsOf(event),
    Recipient: copy?.mailbox ?? submission?.mailbox ?? '',
    RequestedAt: new Date(retraction?.requested_at ?? submission?.requested_at ?? event.at).toISOString(),
    RequestedBy: (release && copy?.restore_requested_by) || retraction?.requested_by || submission?.requested_by || '',
    RequestedDisposition: logDisposition(submission?.requested_disposition ?? null),
    Status: success && event.reason === '' ? 'OK' : event.reason || event.outcome,
    Subject: event.subject,
    Success: success,
    To: event.recipients,
    outcome: event.outcome,
    mode: retraction?.cause === 'manual' || release ? 'manual' : 'auto',
    provider,
    job_id: retraction?.id ?? '',
    report_id: submission?.id ?? '',
    generation: copy?.generation ?? 0,
    attempt: copy ? copy.attempts + 1 : 0,
    folder_before: copy?.from_folder ?? '',
    folder_after: event.folder,
    is_read_before: copy?.was_read ?? false,
    request_id: copy?.request_id ?? '',
    error_code: copy?.error_code ?? '',
  };
}

/** What is put back from another place than our quarantine is a move like any other, to the Inbox. */
function operationOf({ kind, copy }: EventRow): 'SUBMISSION' | 'QUARANTINE_RELEASE' | 'MOVE' {
  if (kind === 'submission') return 'SUBMISSION';
  return kind === 'release' && copy?.destination === 'Quarantine' ? 'QUARANTINE_RELEASE' : 'MOVE';
}

/** Sentences: the vendor's are meant for people too. */
function reasonsOf({ verdict }: EventRow): string[] {
  return (verdict?.findings ?? []).map((finding) => {
    const { text, evidence } = reasonIn(finding, 'en');
    return evidence === '' ? text : `${text} (${evidence})`;
  });
}

/** Families that speak for phishing, in the vendor's manner of naming threats. */
function categoriesOf({ verdict, disposition }: EventRow): string[] {
  const attributes = (verdict?.attributes ?? []).map((attribute) => attribute.split('=')[0] as string);
  const named = attributes.filter((attribute) => ['BEC', 'EXECUTABLE', 'ENCRYPTED'].includes(attribute));
  return [...new Set([...named, ...(disposition === 'MALICIOUS' ? (verdict?.families ?? []) : [])])];
}

/** Inside only what proves it: a forged sender of our own comes from outside. */
function originOf(headerFrom: string, authentication: Authentication, own: readonly string[]): LogOrigin {
  if (headerFrom === '') return 'unset';
  const domain = headerFrom.slice(headerFrom.lastIndexOf('@') + 1).toLowerCase();
  return own.includes(domain) && authentication.state === 'pass' ? 'internal' : 'external';
}

/** One signature that holds is enough. */
function best(results: readonly { result: string }[] | undefined): string | null {
  return (results ?? []).find(({ result }) => result === 'pass')?.result ?? results?.[0]?.result ?? null;
}

const addresses = (people: readonly Person[]) => people.map(({ address }) => address).join(', ');
const names = (people: readonly Person[]) =>
  people
    .map(({ name }) => name)
    .filter(Boolean)
    .join(', ');
