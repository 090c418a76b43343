/** Message trace: `/admin/exchange/tracing/messageTraces`. */
import type { Tenant } from '../tenant/tenant.ts';
import { type Answer, json } from '../wire.ts';
import { type Call, timeOf } from './call.ts';
import { accessDenied, badRequest, badToken, Refusal } from './errors.ts';
import { parseFilter } from './filter.ts';
import { nextLink, page, skipOf, topOf } from './query.ts';

const windowMs = 5 * 60_000;
const requestsInWindow = 100;
const fields = new Set([
  'id',
  'messageId',
  'senderAddress',
  'recipientAddress',
  'subject',
  'status',
  'receivedDateTime',
  'size',
  'fromIP',
  'toIP',
]);
const asked = new WeakMap<Tenant, number[]>();

/** Rows show `traceLagMs` after delivery; 100 requests in 5 minutes; the last 48 hours unless a window is named. */
export function messageTraces(call: Call): Answer {
  if (!call.roles.has('ExchangeMessageTrace.Read.All')) throw accessDenied();
  if (!call.settings.traceProvisioned)
    throw badToken('The service principal of the message trace service is not provisioned in the tenant.');
  const now = call.tenant.now();
  countRequest(call.tenant, now);
  const text = call.query.get('$filter');
  const parsed = text === undefined ? null : parseFilter(text);
  for (const path of parsed?.paths ?? [])
    if (!fields.has(path)) throw badRequest(`Could not find a property named '${path}'.`);
  const windowed = parsed?.paths.has('receivedDateTime') === true;
  const rows = call.tenant.trace.flatMap((row) => {
    if (row.at + call.settings.traceLagMs > now) return [];
    if (!windowed && row.at < now - 48 * 3_600_000) return [];
    const { at, ...rest } = row;
    const shown: Record<string, unknown> = {
      ...rest,
      status: 'delivered',
      receivedDateTime: timeOf(at),
      fromIP: '192.0.2.25',
      toIP: '',
    };
    return parsed === null || parsed.matches((name) => shown[name]) ? [shown] : [];
  });
  const { rows: value, next } = page(rows, skipOf(call.query), topOf(call.query, 1000, 5000));
  return json(200, {
    '@odata.context': `${call.base}/$metadata#admin/exchange/tracing/messageTraces`,
    ...(next !== null && { '@odata.nextLink': nextLink(call.base, call.path, call.query, '$skiptoken', next) }),
    value,
  });
}

function countRequest(tenant: Tenant, now: number): void {
  const recent = (asked.get(tenant) ?? []).filter((at) => at > now - windowMs);
  asked.set(tenant, recent);
  if (recent.length >= requestsInWindow) {
    const seconds = Math.max(1, Math.ceil((recent[0]! + windowMs - now) / 1000));
    throw new Refusal(429, 'TooManyRequests', 'Too many requests: 100 in 5 minutes.', {
      'retry-after': String(seconds),
    });
  }
  recent.push(now);
}
