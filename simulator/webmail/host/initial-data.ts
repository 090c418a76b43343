import type { AddinDefinition } from '../addin-definition.ts';
import type { MailAddress } from '../wire.ts';
import type { Situation } from './situation.ts';

const PERMISSION_ON_WIRE: Record<AddinDefinition['permissions'], number> = {
  Restricted: 0,
  ReadItem: 1,
  ReadWriteMailbox: 2,
  ReadWriteItem: 3,
};
const MESSAGE = 1;
const NO_ITEM = 6;
const USER = 2;
const EXTERNAL = 3;

/** The answer to `GetInitialData`, and the payload of an item switch: the mailbox and the message that is read. */
export function initialData(situation: Situation) {
  const { message, user } = situation;
  const mailbox = {
    permissionLevel: PERMISSION_ON_WIRE[situation.addin.permissions],
    userDisplayName: user.displayName,
    userEmailAddress: user.address,
    userTimeZone: 'UTC',
    userProfileType: 'office365',
    hostVersion: '20.0.0.0',
    owaView: 'ThreeColumns',
    timeZoneOffsets: [{ start: 0, end: 4102444800000, offset: 0 }],
    ewsUrl: '',
    restUrl: '',
  };
  if (!message) return { error: false, ...mailbox, itemType: NO_ITEM };

  const domain = user.address.slice(user.address.indexOf('@'));
  const person = (it: MailAddress) => ({
    name: it.name,
    address: it.address,
    recipientType: it.address.toLowerCase().endsWith(domain) ? USER : EXTERNAL,
  });
  const at = Date.parse(message.receivedAt);
  return {
    error: false,
    ...mailbox,
    itemType: MESSAGE,
    id: message.ewsId,
    itemClass: 'IPM.Note',
    internetMessageId: message.internetMessageId ?? '',
    conversationId: message.conversationId,
    subject: message.subject,
    normalizedSubject: message.subject.replace(/^((re|fw|fwd|aw|wg):\s*)+/i, ''),
    dateTimeCreated: at,
    dateTimeModified: at,
    from: person(message.from),
    sender: person(message.from),
    to: message.to.map(person),
    cc: message.cc.map(person),
    bcc: [],
    attachments: message.attachments.map((it) => ({
      id: it.id,
      name: it.name,
      contentType: it.contentType,
      size: it.size,
      attachmentType: 0,
      isInline: it.inline,
    })),
    isRead: message.isRead,
    isFromSharedFolder: message.mailbox !== user.address,
  };
}
