/** One HTTP exchange, read to its end. */
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import { lostReply, type Purpose } from './answer.ts';

/** Both services carry messages up to 150 MB; Gmail's are base64url inside JSON. */
const LARGEST_BODY = 210 * 1024 * 1024;

/**
 * Reads the body to its end, so that silence in the middle of it is noticed as well.
 * @param who names the service in errors @param timeoutMs silence after which the answer counts as lost
 * @throws TemporaryError when no answer arrives (outcomeUnknown for a write that may have left), PermanentError `too_large`
 */
export async function exchange(
  how: { fetch: typeof fetch; timeoutMs: number; who: string; purpose: Purpose },
  url: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; bytes: Uint8Array<ArrayBuffer> }> {
  const silence = new AbortController();
  const onSilence = () => silence.abort(new DOMException('no bytes for too long', 'TimeoutError'));
  let timer = setTimeout(onSilence, how.timeoutMs);
  try {
    const response = await how.fetch(url, { ...init, redirect: 'error', signal: silence.signal });
    const bytes = await bodyOf(how.who, response, () => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, how.timeoutMs);
    });
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    if (error instanceof PermanentError || error instanceof TemporaryError) throw error;
    throw lostReply(how.who, error, how.purpose);
  } finally {
    clearTimeout(timer);
  }
}

async function bodyOf(who: string, response: Response, onBytes: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    onBytes();
    size += part.byteLength;
    if (size > LARGEST_BODY) throw new PermanentError('too_large', `${who}: an answer above ${LARGEST_BODY} bytes`);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** null when it is no JSON: gateways answer HTML. */
export function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
