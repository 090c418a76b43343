import type { Finding } from '../../shared/verdict.ts';
import type { Message } from '../message/message.ts';
import { isWithin } from './domains.ts';
import { brandsOf } from './look-alike.ts';

/** Findings that are themselves the hook a victim takes. */
const HOOKS = new Set([
  'identity.reply_to_free',
  'identity.reply_to_other',
  'text.callback',
  'text.callback_number',
  'url.qr',
  'url.qr_link',
  'attachment.calendar_lure',
  'url.password_form',
  'url.form',
  'text.crypto_address',
]);
const OPENS =
  /^(?:html|svg|pdf|eml|ics|zip|rar|7z|docx?|docm|xlsx?|xlsm|pptx?|pptm|rtf|exe|lnk|iso|img|js|vbs|hta|one|msi)$/;

/** Does the mail carry something that still works: a link to a stranger, a file to open, a number, another address for answers? */
export function liveLure(message: Message, findings: readonly Finding[], ownDomains: readonly string[]): boolean {
  if (findings.some((finding) => HOOKS.has(finding.id))) return true;
  if (message.attachments.some((file) => OPENS.test(file.fileType) || file.executable || file.encrypted)) return true;
  return message.links.some(
    (link) =>
      link.host !== '' &&
      link.source !== 'image' &&
      !ownDomains.some((domain) => isWithin(link.host, domain)) &&
      (brandsOf(link.host).length === 0 || findings.some((finding) => finding.family === 'url')),
  );
}
