/** The one place that speaks SMTP to the outside, through nodemailer. */
import { createTransport } from 'nodemailer';
import { PermanentError, TemporaryError } from '../../shared/errors.ts';
import type { RenderedMail, SendMail } from './send-mail.ts';

const TIMEOUT_MS = 20_000;

export interface SmtpTransport {
  send: SendMail;
  /** Connects and signs in, and sends nothing. @throws Error with what the server said */
  verify(): Promise<void>;
  close(): void;
}

/**
 * @param url `smtp://user:password@host:587` (STARTTLS where offered) or `smtps://...`
 * @param from bare address
 */
export function smtpTransport(url: string, from: string): SmtpTransport {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const transport = createTransport({
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    // Neither a password nor a mail crosses the internet in the clear; a relay of one's own network may be asked plainly.
    requireTLS: !secure && !isThisMachine(host) && (username !== '' || !isPrivate(host)),
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail(optionsOf(mail, from));
      } catch (error) {
        throw meaningOf(error);
      }
    },
    async verify() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}

function optionsOf(mail: RenderedMail, from: string) {
  return {
    messageId: mail.messageId,
    from: { name: mail.fromName, address: from },
    to: { name: '', address: mail.to },
    // Said anew, so that nothing in a header decides who gets it.
    envelope: { from, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo, references: [mail.inReplyTo] }),
    headers: mail.headers,
  };
}

/** RFC 5321 section 4.2.1: 5yz is for good, 4yz for now. A refused sign-in is ours to repair, so it waits too. */
function meaningOf(error: unknown): Error {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  const text = `smtp: ${message ?? String(error)}`;
  if (code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500) {
    return new PermanentError('mail_refused', text);
  }
  return new TemporaryError(text);
}

const isThisMachine = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '::1';

/** By its form: a name without a dot, or an address that is not routed. */
const isPrivate = (host: string) =>
  (!host.includes('.') && !host.includes(':')) ||
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i.test(host) ||
  /\.(internal|local|lan|home\.arpa)$/i.test(host);
