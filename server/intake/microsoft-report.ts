/** The format in which third-party buttons report to Microsoft: the class stands before the subject. */

import type { Disposition } from '../../shared/verdict.ts';
import type { Message } from '../message/message.ts';

const PREFIXES: [RegExp, Disposition][] = [
  [/^\s*(?:1\||junk:)/i, 'SPAM'],
  [/^\s*(?:2\||not junk:)/i, 'NONE'],
  [/^\s*(?:3\||phishing:)/i, 'MALICIOUS'],
];

/**
 * What a report to the bare address asks for. Whatever is not in the format counts as phishing, so that a broken button
 * never says that a mail is harmless.
 * @param subject of the report; the rest after the prefix says nothing
 * @param tenantId of our own Microsoft tenant; null where there is none to compare with
 * @see https://learn.microsoft.com/defender-office-365/submissions-user-reported-messages-custom-mailbox
 */
export function microsoftDisposition(subject: string, reported: Message, tenantId: string | null): Disposition {
  const asked = PREFIXES.find(([prefix]) => prefix.test(subject))?.[1];
  return asked !== undefined && isInFormat(reported, tenantId) ? asked : 'MALICIOUS';
}

function isInFormat(reported: Message, tenantId: string | null): boolean {
  const value = (name: string) =>
    reported.headers
      .find((field) => field.name.toLowerCase() === name)
      ?.value.trim()
      .toLowerCase() ?? '';
  const crossTenant = value('x-ms-exchange-crosstenant-id');
  return (
    reported.messageId !== null &&
    value('x-microsoft-antispam-message-info') !== '' &&
    value('x-ms-exchange-organization-network-message-id') !== '' &&
    crossTenant !== '' &&
    (tenantId === null || crossTenant === tenantId.toLowerCase())
  );
}
