/** The company's mail server, as far as others write to it: what is sent to one of its people lies in their mailbox. */
import { SMTPServer } from 'smtp-server';
import type { Simulator } from './simulator.ts';

export interface MailSink {
  /** `smtp://127.0.0.1:port` */
  url: string;
  stop(): Promise<void>;
}

/** Like Exchange it refuses addresses that nobody has. `refuse` answers one recipient with a code of its own: a fault. */
export async function startMailSink(
  simulator: Simulator,
  { port = 0, refuse = () => null }: { port?: number; refuse?: (address: string) => number | null } = {},
): Promise<MailSink> {
  const server = new SMTPServer({
    name: 'mail.example.org',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 1_000,
    onRcptTo({ address }, _session, done) {
      const code = refuse(address) ?? (isKnown(simulator, address) ? null : 550);
      done(code === null ? null : Object.assign(new Error('5.1.1 Recipient refused'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        for (const { address } of session.envelope.rcptTo) deliver(simulator, address, Buffer.concat(chunks));
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = server.server.address();
  return {
    url: `smtp://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

const isKnown = ({ tenant, google }: Simulator, address: string) =>
  tenant.mailbox(address) !== undefined || google.workspace.user(address) !== undefined;

function deliver(simulator: Simulator, address: string, eml: Buffer): void {
  const received = `Received: from reelback (localhost [127.0.0.1]) by mail.example.org; ${new Date().toUTCString().replace('GMT', '+0000')}\r\n`;
  const mail = Buffer.concat([Buffer.from(received), eml]);
  if (simulator.tenant.mailbox(address)) simulator.deliver(simulator.tenant.mailboxOrThrow(address).address, mail);
  else simulator.google.deliver(address.toLowerCase(), mail);
}
