/** From the open message to a submission request, and from there to the server. */
import type { SubmissionRequest, SubmissionView } from '../shared/api.ts';
import type { Exposure, ReportType } from '../shared/submission.ts';
import type { Answer, Api } from './api.ts';
import type { OpenItem } from './office.ts';
import * as office from './office.ts';
import { reconstruct } from './reconstruct.ts';
import { VERSION } from './version.ts';

/** What the person said, and the press of the button it belongs to. */
export interface Press {
  /** Idempotency-Key: one random id for each press, kept through every try. Never from the Message-ID, which the sender chooses. */
  key: string;
  type: ReportType;
  comment: string;
  exposure: Exposure[];
}

/** Reasons of the server, in characters. */
const COMMENT_LIMIT = 2000;

/**
 * Ids always, bytes where the client can give them and they are not too large: the server reads the original from the
 * mailbox and prefers it.
 * @param ms for reading the message
 */
export async function collect(
  item: OpenItem,
  press: Press,
  maxMessageBytes: number,
  ms: number,
): Promise<SubmissionRequest> {
  const [mailbox, original] = await Promise.all([office.mailboxAddress(), office.original(ms)]);
  const stillOpen = office.openItem()?.restId === item.restId;
  const request: SubmissionRequest = {
    provider: 'microsoft365',
    mailbox,
    provider_message_id: item.restId ?? undefined,
    internet_message_id: item.internetMessageId ?? undefined,
    type: press.type,
    comment: press.comment.trim().slice(0, COMMENT_LIMIT) || undefined,
    exposure: press.exposure.length > 0 ? press.exposure : undefined,
    client: { name: 'outlook', version: VERSION, host: office.hostName() || undefined },
  };
  // The reader moved on: these may be the bytes of another message, and the ids say which one is meant.
  if (!stillOpen) return request;
  if (original.ok) return withBytes(request, original.value.replace(/\s+/g, ''), 'exact', maxMessageBytes);
  // A host that is silent or fails here would be as silent for the parts.
  if (original.reason !== 'unsupported' || office.isMobile()) return request;
  const rebuilt = await reconstruct(item);
  return rebuilt ? withBytes(request, rebuilt, 'reconstructed', maxMessageBytes) : request;
}

/** A message the server finds too large although we did not goes once more, by its ids alone. */
export async function send(
  api: Api,
  request: SubmissionRequest,
  options: { token: string; key: string; waitSeconds?: number; ms: number },
): Promise<Answer<SubmissionView>> {
  const answer = await api.submit(request, options);
  if (answer.ok || answer.trouble !== 'too_large' || !request.raw_message) return answer;
  return api.submit(withoutBytes(request), options);
}

export function withoutBytes(request: SubmissionRequest): SubmissionRequest {
  const { raw_message: _, fidelity: __, ...ids } = request;
  return ids;
}

function withBytes(
  request: SubmissionRequest,
  base64: string,
  fidelity: 'exact' | 'reconstructed',
  maxMessageBytes: number,
): SubmissionRequest {
  const bytes = Math.floor((base64.length * 3) / 4);
  const readable = bytes > 0 && bytes <= maxMessageBytes && /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
  return readable ? { ...request, raw_message: base64, fidelity } : request;
}
