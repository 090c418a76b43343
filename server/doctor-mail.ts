import { connect } from 'node:net';
import type { Configuration } from './configuration.ts';
import type { Check } from './doctor.ts';
import { smtpTransport } from './notify/smtp-transport.ts';

const TIMEOUT_MS = 5_000;

/** Whether mail comes in and goes out; nothing is sent. */
export async function* checkMail({ mail }: Pick<Configuration, 'mail'>): AsyncIterable<Check> {
  yield await checkIntake(mail.intake);
  yield await checkOutgoing(mail.outgoing);
}

async function checkIntake(intake: Configuration['mail']['intake']): Promise<Check> {
  const name = 'reports by mail';
  if (!intake) return { name, state: 'ok', text: 'off: no mail is taken (REELBACK_SMTP_PORT)' };
  const { host, port, address, tls } = intake;
  const where = `${address.account}@${address.domain} on port ${port}`;
  const greeting = await greetingOf(host, port);
  if (greeting === null) {
    return { name, state: 'warn', text: `nothing listens for ${where} on this machine: start the server` };
  }
  if (!/^220[ -]/.test(greeting)) {
    return /^554[ -]/.test(greeting)
      ? { name, state: 'warn', text: `${where} refuses this very machine: REELBACK_SMTP_RELAYS does not name it` }
      : { name, state: 'fail', text: `another program listens on port ${port}: set REELBACK_SMTP_PORT to a free one` };
  }
  const open = tls === null && !/^(127\.|::1$|localhost$)/.test(host);
  return open
    ? { name, state: 'warn', text: `${where} takes mail unencrypted from the network: set REELBACK_SMTP_TLS` }
    : { name, state: 'ok', text: where };
}

async function checkOutgoing(outgoing: Configuration['mail']['outgoing']): Promise<Check> {
  const name = 'mail to people';
  if (!outgoing) return { name, state: 'ok', text: 'off: nobody is written to (REELBACK_MAIL_URL)' };
  const transport = smtpTransport(outgoing.url, outgoing.address);
  try {
    await transport.verify();
    return { name, state: 'ok', text: `the mail server answers; mail comes from ${outgoing.address}` };
  } catch (error) {
    // The first line of what the server said; a password is never in it.
    const said = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200);
    return { name, state: 'fail', text: `the mail server of REELBACK_MAIL_URL refuses: ${said}` };
  } finally {
    transport.close();
  }
}

/** What the listener says first; null when nobody answers. */
function greetingOf(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({
      host: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host,
      port,
      timeout: TIMEOUT_MS,
    });
    const end = (answer: string | null) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (bytes) => end(bytes.toString('latin1').slice(0, 200)));
    socket.once('timeout', () => end(null));
    socket.once('error', () => end(null));
    socket.once('close', () => end(null));
  });
}
