import { connect as connectTls } from 'node:tls';
import { createTransport } from 'nodemailer';
import { generate } from 'selfsigned';
import type { AcceptedMail } from '../../server/intake/accept-mail.ts';
import { type Listener, listen } from '../../server/intake/listener.ts';
import { forward } from './mails.ts';
import { Wire } from './wire.ts';

const TO = 'report+user+phish@reports.example.org';
const taken: AcceptedMail[] = [];
let listener: Listener;
let certificate: string;

beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  certificate = cert;
  listener = await listen({
    ...{ host: '127.0.0.1', port: 0, service: { account: 'report', domain: 'reports.example.org' } },
    ...{ relays: ['127.0.0.1'], tls: `${cert}\n${key}`, maxBytes: 100_000, seesDeliveries: false },
    accept: async (mail) => {
      taken.push(mail);
      return true;
    },
    log: { warn: () => {} },
  });
});
afterAll(() => listener.close());
beforeEach(() => {
  taken.length = 0;
});

test('a relay that checks the certificate hands in mail over TLS', async () => {
  const transport = createTransport({
    ...{ host: 'localhost', port: listener.port, requireTLS: true },
    tls: { ca: certificate, servername: 'localhost' },
  });
  await transport.sendMail({ envelope: { from: 'ana@example.org', to: [TO] }, raw: forward() });
  transport.close();
  expect(taken).toHaveLength(1);
});

test('what was said in the clear before the handshake counts for nothing after it', async () => {
  const wire = await Wire.open(listener.port);
  await wire.reply();
  expect(await wire.say('EHLO relay.example.org')).toContain('STARTTLS');
  // RFC 3207 section 6: the command behind STARTTLS is an attacker's.
  wire.send('STARTTLS\r\nMAIL FROM:<attacker@example.net>\r\n');
  expect(await wire.reply()).toMatch(/^220/);
  wire.socket.removeAllListeners('data');
  const secure = connectTls({ socket: wire.socket, ca: certificate, servername: 'localhost' });
  const said = await new Promise<string>((resolve) => {
    let heard = '';
    secure.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (/^\d{3} .*\r\n$/m.test(heard)) resolve(heard);
    });
    secure.on('error', (error) => resolve(`error ${error.message}`));
    secure.on('close', () => resolve(`${heard}closed`));
    secure.once('secureConnect', () => secure.write('NOOP\r\n'));
  });
  // Either the connection is given up, or the first thing heard is the answer to our own NOOP.
  expect(said).toMatch(/closed$|^error|^250 OK\r\n$/i);
  expect(said).not.toContain('attacker');
  secure.destroy();
  expect(taken).toEqual([]);
});
