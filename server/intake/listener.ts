/** The SMTP listener: takes mail for the service addresses from the relays it knows, and nothing else. */
import { BlockList, isIP } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { AcceptedMail } from './accept-mail.ts';
import { readServiceAddress, type Service } from './service-address.ts';

export interface ListenerOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  service: Service;
  /** Addresses and CIDRs that may connect. */
  relays: readonly string[];
  /** PEM with certificate and key; null: no STARTTLS. */
  tls: string | null;
  /** Of a whole mail, as it is on the wire. */
  maxBytes: number;
  /** Bytes of mails on their way at a time; default 256 MB. */
  maxBytesAtOnce?: number;
  /** Whether copies of delivered mail are wanted. */
  seesDeliveries: boolean;
  /** Resolves when the mail is safe; false: not now. @throws when it could not be stored */
  accept(mail: AcceptedMail): Promise<boolean>;
  log: { warn(fields: Record<string, unknown>, text: string): void };
}

export interface Listener {
  port: number;
  close(): Promise<void>;
}

const MAX_CLIENTS = 50;
const MAX_RECIPIENTS = 20;
const SILENCE_MS = 60_000;
const CLOSE_MS = 5_000;
const BYTES_AT_ONCE = 256 * 1024 * 1024;
/** RFC 5321 section 4.5.3.1.4 asks for 512; some programs write longer parameters. */
const MAX_COMMAND = 2_048;

/** @throws Error when the port cannot be had */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const mayConnect = insideOf(options.relays);
  let underWay = 0;
  const limit = options.maxBytesAtOnce ?? BYTES_AT_ONCE;
  const server = new SMTPServer({
    name: options.service.domain,
    banner: 'Reelback',
    size: options.maxBytes,
    rejectOversized: true,
    // Nobody signs in: what a relay may do follows from its address.
    disabledCommands: options.tls === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...(options.tls === null ? {} : { key: options.tls, cert: options.tls }),
    disableReverseLookup: true,
    maxClients: MAX_CLIENTS,
    maxCommandLength: MAX_COMMAND,
    socketTimeout: SILENCE_MS,
    closeTimeout: CLOSE_MS,
    logger: false,
    onConnect: (session, done) =>
      mayConnect(session.remoteAddress)
        ? done()
        : done(refusal(554, '5.7.1 This server takes mail from the relays of its organisation only')),
    onRcptTo: ({ address }, session, done) => done(whyNot(address, session, options)),
    onData(stream, session, done) {
      collect(stream, options.maxBytes, (bytes) => {
        underWay += bytes;
        return underWay <= limit;
      })
        .then(async (collected) => {
          try {
            if (collected.state !== 'whole') return done(REFUSED[collected.state]());
            const stored = await options.accept(mailOf(session, collected.raw));
            done(stored ? null : refusal(452, '4.3.1 Too much mail waits, try again'));
          } finally {
            underWay -= collected.bytes;
          }
        })
        .catch((error: unknown) => {
          options.log.warn(
            { error: error instanceof Error ? error.message : String(error) },
            'mail could not be stored',
          );
          // The relay keeps it and comes again.
          done(refusal(451, '4.3.0 It could not be stored, try again'));
        });
    },
  });
  // A client that breaks off, speaks nonsense or fails the handshake is no trouble of ours.
  server.on('error', (error) => options.log.warn({ error: error.message }, 'an smtp client'));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const bound = server.server.address();
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : options.port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function whyNot(address: string, session: SMTPServerSession, options: ListenerOptions): Error | null {
  const addressed = readServiceAddress(address, options.service);
  if (session.envelope.rcptTo.length >= MAX_RECIPIENTS) return refusal(452, '4.5.3 Too many recipients');
  if (addressed.kind === 'elsewhere') return refusal(550, '5.7.1 This server relays nothing');
  if (addressed.kind === 'delivered')
    return options.seesDeliveries ? null : refusal(550, '5.1.1 Delivered mail is not taken here');
  // A bounce, or an answer to an answer: nobody reports anything with it.
  if (envelopeFromOf(session) === '') return refusal(550, '5.7.1 A report has a sender');
  return null;
}

const envelopeFromOf = ({ envelope }: SMTPServerSession) => (envelope.mailFrom ? envelope.mailFrom.address : '');

const mailOf = (session: SMTPServerSession, raw: Uint8Array): AcceptedMail => ({
  recipients: session.envelope.rcptTo.map(({ address }) => address.toLowerCase()),
  envelopeFrom: envelopeFromOf(session),
  clientIp: plainIp(session.remoteAddress),
  helo: typeof session.hostNameAppearsAs === 'string' ? session.hostNameAppearsAs : '',
  raw,
});

type Collected =
  | { state: 'whole'; raw: Uint8Array; bytes: number }
  | { state: 'full' | 'too_large' | 'broken_off'; bytes: number };

/** @param count told how many bytes more are held; false when that is too many of all mails together */
function collect(
  stream: SMTPServerDataStream,
  maxBytes: number,
  count: (bytes: number) => boolean,
): Promise<Collected> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    let trouble: 'full' | 'too_large' | null = null;
    stream.on('data', (chunk: Buffer) => {
      if (trouble !== null) return;
      bytes += chunk.length;
      if (!count(chunk.length)) trouble = 'full';
      if (bytes > maxBytes) trouble = 'too_large';
      // What is refused is read to its end and forgotten.
      if (trouble === null) chunks.push(chunk);
      else chunks = [];
    });
    // A client that goes away in the middle has sent nothing.
    const breakOff = () => resolve({ state: 'broken_off', bytes });
    stream.once('error', breakOff);
    stream.once('close', breakOff);
    stream.once('end', () =>
      resolve(
        trouble === null ? { state: 'whole', raw: Buffer.concat(chunks, bytes), bytes } : { state: trouble, bytes },
      ),
    );
  });
}

const REFUSED = {
  full: () => refusal(452, '4.3.1 Too much mail at a time, try again'),
  too_large: () => refusal(552, '5.3.4 The mail is too large'),
  broken_off: () => refusal(451, '4.4.2 The mail broke off'),
};

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

/** IPv4 in its IPv6 clothes is IPv4. */
const plainIp = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '');

function insideOf(relays: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const relay of relays) {
    const [network = '', bits] = relay.split('/');
    const version = isIP(network);
    if (version === 0) continue;
    list.addSubnet(
      network,
      bits === undefined ? (version === 4 ? 32 : 128) : Number(bits),
      version === 4 ? 'ipv4' : 'ipv6',
    );
  }
  return (address) => {
    const ip = plainIp(address);
    const version = isIP(ip);
    return version !== 0 && list.check(ip, version === 4 ? 'ipv4' : 'ipv6');
  };
}
