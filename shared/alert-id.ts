/**
 * The id of a detection as the vendor's logs write one, such as `4WtWkr6nlBz9sNH-2024-08-28T15:32:35`: the mail, and when
 * it became known, in UTC.
 * @param message id of the message, `msg_` and its random part
 */
export function alertIdOf(message: string, knownAt: Date): string {
  return `${message.slice(message.indexOf('_') + 1).slice(0, 15)}-${knownAt.toISOString().slice(0, 19)}`;
}

/** With what the id of the message of an alert begins; null when it is no alert id of ours. */
export function messageOfAlert(alertId: string): string | null {
  const [, mail] = /^([A-Za-z0-9]{1,15})-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.exec(alertId.trim()) ?? [];
  return mail === undefined ? null : `msg_${mail}`;
}
