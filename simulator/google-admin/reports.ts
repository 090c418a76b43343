/** Gmail's log in the Admin SDK's Reports API: who got which mail. */
import { type GoogleCall, pageOf, pageSize } from '../google-api/call.ts';
import { adminError } from '../google-api/errors.ts';
import { type Answer, json } from '../wire.ts';
import { decimal, etagOf } from '../workspace/ids.ts';
import type { MailLogRow, Workspace } from '../workspace/workspace.ts';

const longestMs = 30 * 86_400_000;
/** `mail_event_type`: received. */
const received = 2;

/** Newest first. Both ends of the time are needed, at most 30 days apart. @throws GoogleRefusal 400, 403 */
export function listActivities({ workspace, settings, query, segments }: GoogleCall): Answer {
  const application = segments[7];
  if (application !== 'gmail')
    throw adminError(400, 'invalid', `Invalid value '${application}'. Values must match the application names.`);
  if (!settings.reportsEnabled) throw adminError(403, 'forbidden', 'Insufficient license to read the Gmail log.');
  const start = timeOf(query, 'startTime');
  const end = Math.min(timeOf(query, 'endTime'), workspace.now() - settings.reportsLagMs);
  if (timeOf(query, 'endTime') < start) throw adminError(400, 'invalid', 'Start time must be before end time.');
  if (timeOf(query, 'endTime') - start > longestMs)
    throw adminError(400, 'invalid', 'Start and end time may be at most 30 days apart for Gmail events.');
  const event = query.get('eventName');
  if (event !== null && event !== 'delivery') throw adminError(400, 'invalid', `Invalid event name ${event}.`);
  const fits = filterOf(query.get('filters') ?? '');
  const user = segments[5] === 'all' ? null : workspace.user(segments[5]!)?.primaryEmail;
  if (user === undefined) throw adminError(400, 'invalid', 'Invalid Input: userKey');
  const rows = workspace.mailLog
    .filter((row) => row.at >= start && row.at <= end && fits(row) && (user === null || row.recipient === user))
    .sort((a, b) => b.at - a.at);
  const { page, nextPageToken } = pageOf(rows, query, pageSize(query, 1000, 1000));
  return json(200, {
    kind: 'admin#reports#activities',
    etag: etagOf('activities'),
    ...(page.length > 0 && { items: page.map((row) => activity(workspace, row)) }),
    nextPageToken,
  });
}

function timeOf(query: URLSearchParams, name: string): number {
  const given = query.get(name);
  if (given === null) throw adminError(400, 'required', `Required parameter: ${name}`);
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at)) throw adminError(400, 'invalid', `Invalid value for ${name}: ${given}`);
  return at;
}

type Value = (row: MailLogRow) => string;

const parameters = new Map<string, Value>([
  ['message_info.rfc2822_message_id', (row) => row.messageId],
  ['message_info.subject', (row) => row.subject],
  ['message_info.flattened_destinations', (row) => destinationOf(row)],
  ['event_info.mail_event_type', () => String(received)],
]);

/** `name==value` and `name<>value`, joined by commas; a comma inside a value is one unless a name follows it. */
function filterOf(text: string): (row: MailLogRow) => boolean {
  const terms = text === '' ? [] : text.split(/,(?=[a-z_.0-9]+(?:==|<>))/);
  const tests = terms.map((term) => {
    const [, name = '', relation, value] = /^([a-z_.0-9]+)(==|<>)(.*)$/s.exec(term) ?? [];
    const read = parameters.get(name);
    if (!read) throw adminError(400, 'invalid', `Invalid filter ${term}.`);
    return (row: MailLogRow) => (read(row) === value) === (relation === '==');
  });
  return (row) => tests.every((test) => test(row));
}

function destinationOf(row: MailLogRow): string {
  return `gmail-ui::${row.recipient}`;
}

function activity(workspace: Workspace, row: MailLogRow): object {
  const user = workspace.user(row.recipient);
  return {
    kind: 'admin#reports#activity',
    id: {
      time: new Date(row.at).toISOString(),
      uniqueQualifier: decimal(`${row.messageId}|${row.recipient}|${row.at}`, 18),
      applicationName: 'gmail',
      customerId: workspace.customerId,
    },
    etag: etagOf(`activity|${row.messageId}|${row.recipient}`),
    actor: { email: row.recipient, ...(user && { profileId: user.id }) },
    events: [
      {
        type: 'email_event',
        name: 'delivery',
        parameters: [
          {
            name: 'event_info',
            messageValue: {
              parameter: [
                { name: 'mail_event_type', intValue: String(received) },
                { name: 'timestamp_usec', intValue: String(row.at * 1000) },
                { name: 'success', boolValue: true },
              ],
            },
          },
          {
            name: 'message_info',
            messageValue: {
              parameter: [
                { name: 'rfc2822_message_id', value: row.messageId },
                { name: 'subject', value: row.subject },
                { name: 'payload_size', intValue: String(row.size) },
                { name: 'flattened_destinations', value: destinationOf(row) },
              ],
            },
          },
        ],
      },
    ],
  };
}
