/**
 * What the server tells the add-in about this deployment. It arrives in two ways, because the event runtime of classic
 * Outlook has no document: as `var REELBACK = {...};` in front of spamreporting.js, and as JSON in
 * `<meta name="reelback-configuration">` of pane.html.
 */
export interface Configuration {
  /** Origin of the server, without a slash at the end: relative addresses do not resolve in the event runtime. */
  origin: string;
  clientId: string;
  /** Such as `https://login.microsoftonline.com/<tenant id>`. */
  authority: string;
  /** Full scope, such as `api://<host>/<client id>/report.submit`. */
  scope: string;
  /** Larger mail is reported by its ids; the server reads it from the mailbox. */
  maxMessageBytes: number;
}

/** REELBACK_MAX_MESSAGE_BYTES of a server that does not say. */
const DEFAULT_MAX_MESSAGE_BYTES = 31_457_280;

/** null when something is missing: such an add-in says so instead of failing somewhere deep in the sign-in. */
export function readConfiguration(given: unknown): Configuration | null {
  const raw = typeof given === 'string' ? parse(given) : given;
  if (typeof raw !== 'object' || raw === null) return null;
  const { origin, clientId, authority, scope, maxMessageBytes } = raw as Record<string, unknown>;
  if (!filled(origin) || !filled(clientId) || !filled(authority) || !filled(scope)) return null;
  return {
    origin: origin.replace(/\/+$/, ''),
    clientId,
    authority,
    scope,
    maxMessageBytes:
      typeof maxMessageBytes === 'number' && maxMessageBytes > 0 ? maxMessageBytes : DEFAULT_MAX_MESSAGE_BYTES,
  };
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
