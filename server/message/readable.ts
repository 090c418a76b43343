import type { Message } from './message.ts';

/** Whether bytes are a mail at all: something in the header says who, what, when or which. Bad mail is still mail. */
export function isReadable(message: Message): boolean {
  return (
    message.headers.length > 0 &&
    (message.headerFrom.length > 0 ||
      message.subject !== '' ||
      message.messageId !== null ||
      message.date !== null ||
      message.received.length > 0)
  );
}
