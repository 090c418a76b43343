import type { AcceptedMail } from '../../server/intake/accept-mail.ts';
import { type Listener, type ListenerOptions, listen } from '../../server/intake/listener.ts';
import { forward } from './mails.ts';
import { Wire } from './wire.ts';

const TO = 'report+user+phish@reports.example.org';
let listener: Listener;
let wires: Wire[] = [];
let taken: AcceptedMail[] = [];
let accept: ListenerOptions['accept'];

const open = (change: Partial<ListenerOptions> = {}) =>
  listen({
    host: '127.0.0.1',
    port: 0,
    service: { account: 'report', domain: 'reports.example.org' },
    relays: ['127.0.0.0/8'],
    tls: null,
    maxBytes: 100_000,
    seesDeliveries: true,
    accept: (mail) => accept(mail),
    log: { warn: () => {} },
    ...change,
  });

beforeAll(async () => {
  listener = await open();
});
afterAll(() => listener.close());
beforeEach(() => {
  taken = [];
  accept = async (mail) => {
    taken.push(mail);
    return true;
  };
});
afterEach(() => {
  for (const wire of wires) wire.end();
  wires = [];
});

async function wire(port = listener.port): Promise<Wire> {
  const one = await Wire.open(port);
  wires.push(one);
  return one;
}

const dotted = (mail: string) => mail.replace(/^\./gm, '..');

async function hand(mail: string, to = TO, from = 'ana@example.org'): Promise<string> {
  const client = await wire();
  expect(await client.envelope(to, from)).toMatch(/^250/);
  expect(await client.say('DATA')).toMatch(/^354/);
  return client.say(`${dotted(mail)}\r\n.`);
}

test('a mail for a service address is taken with its envelope, byte for byte', async () => {
  const mail = forward({ text: '.a line that begins with a dot' });
  expect(await hand(mail)).toMatch(/^250/);
  expect(taken).toHaveLength(1);
  const [{ recipients, envelopeFrom, clientIp, helo, raw }] = taken as [AcceptedMail];
  expect({ recipients, envelopeFrom, clientIp, helo }).toEqual({
    recipients: [TO],
    envelopeFrom: 'ana@example.org',
    clientIp: '127.0.0.1',
    helo: 'relay.example.org',
  });
  expect(Buffer.from(raw).toString()).toBe(`${mail}\r\n`);
});

test.each([
  ['a colleague', 'ben@example.org'],
  ['somebody outside', 'victim@example.net'],
  ['a route through us', 'victim%example.net@reports.example.org'],
  ['a source route', '@reports.example.org:victim@example.net'],
  ['another account of the domain', 'postmaster@reports.example.org'],
])('nothing is relayed to %s', async (_, to) => {
  const client = await wire();
  expect(await client.envelope(to)).toMatch(/^5\d\d/);
  expect(await client.say('DATA')).toMatch(/^5\d\d/);
  expect(taken).toEqual([]);
});

test('a wrong alias is taken, so that its sender learns what is wrong', async () => {
  expect(await hand(forward(), 'report+user+nonsense@reports.example.org')).toMatch(/^250/);
  expect(taken[0]?.recipients).toEqual(['report+user+nonsense@reports.example.org']);
});

test('a bounce reports nothing, and a journal report has no sender', async () => {
  const client = await wire();
  expect(await client.envelope(TO, '')).toMatch(/^550 /);
  expect(await client.say('RCPT TO:<report+journal@reports.example.org>')).toMatch(/^250/);
});

test('where nobody looks at delivered mail none is taken', async () => {
  const other = await open({ seesDeliveries: false });
  const client = await wire(other.port);
  expect(await client.envelope('report+bcc@reports.example.org')).toMatch(/^550 /);
  client.end();
  await other.close();
});

test('strangers are shown out before they can say anything', async () => {
  const other = await open({ relays: ['192.0.2.0/24', '2001:db8::/32'] });
  const client = await wire(other.port);
  expect(await client.reply()).toMatch(/^554 .*relays of its organisation/);
  expect(await client.say('EHLO relay.example.org')).toBe('');
  await other.close();
});

test('the client is told 250 only once the mail is stored; a database that is down is 451, and the relay comes again', async () => {
  let store: (stored: boolean) => void = () => {};
  const stored = new Promise<boolean>((resolve) => {
    store = resolve;
  });
  let asked: () => void = () => {};
  const askedFor = new Promise<void>((resolve) => {
    asked = resolve;
  });
  accept = () => {
    asked();
    return stored;
  };
  const client = await wire();
  await client.envelope(TO);
  await client.say('DATA');
  client.send(`${forward()}\r\n.\r\n`);
  let answered = false;
  const reply = client.reply().then((line) => {
    answered = true;
    return line;
  });
  await askedFor;
  await new Promise((resolve) => setImmediate(resolve));
  expect(answered).toBe(false);
  store(true);
  expect(await reply).toMatch(/^250/);

  accept = async () => {
    throw new Error('connection refused');
  };
  expect(await hand(forward())).toMatch(/^451 /);
  accept = async () => false;
  expect(await hand(forward())).toMatch(/^452 /);
});

test('a mail above the limit is refused, announced or not, and what was sent of it is forgotten', async () => {
  const client = await wire();
  await client.reply();
  await client.say('EHLO relay.example.org');
  expect(await client.say('MAIL FROM:<ana@example.org> SIZE=100000000')).toMatch(/^552/);
  client.end();
  expect(await hand(forward({ text: 'x\r\n'.repeat(60_000) }))).toMatch(/^552 /);
  expect(taken).toEqual([]);
});

test('more mail at a time than memory is meant for waits at the relay', async () => {
  const other = await open({ maxBytesAtOnce: 2_000 });
  const client = await wire(other.port);
  await client.envelope(TO);
  await client.say('DATA');
  expect(await client.say(`${forward({ text: 'x\r\n'.repeat(3_000) })}\r\n.`)).toMatch(/^452 /);
  // What is gone counts no longer.
  client.send(`MAIL FROM:<ana@example.org>\r\n`);
  expect(await client.reply()).toMatch(/^250/);
  await client.say(`RCPT TO:<${TO}>`);
  await client.say('DATA');
  expect(await client.say('Subject: short\r\n\r\nshort\r\n.')).toMatch(/^250/);
  client.end();
  await other.close();
});

test('a client that breaks off in the middle has sent nothing, and holds nothing', async () => {
  const other = await open({ maxBytesAtOnce: 4_000 });
  for (let i = 0; i < 3; i++) {
    const client = await wire(other.port);
    await client.envelope(TO);
    await client.say('DATA');
    client.send('Subject: half\r\n\r\n'.padEnd(3_000, 'x'));
    await new Promise<void>((resolve) => client.socket.end(() => resolve()));
    while (!client.closed) await client.reply();
  }
  const client = await wire(other.port);
  await client.envelope(TO);
  await client.say('DATA');
  expect(await client.say(`${'Subject: whole\r\n\r\n'.padEnd(3_000, 'x')}\r\n.`)).toMatch(/^250/);
  expect(taken).toHaveLength(1);
  await other.close();
});

describe('smuggling', () => {
  test.each([
    ['LF.LF', '\n.\n'],
    ['LF.CRLF', '\n.\r\n'],
    ['CR.CR', '\r.\r'],
    ['CRLF.CR', '\r\n.\r'],
    ['CRLF.LF', '\r\n.\n'],
    ['CRLF NUL .CRLF', '\r\n\0.\r\n'],
  ])('only CRLF.CRLF ends a mail, not %s', async (_, end) => {
    const client = await wire();
    await client.envelope(TO);
    await client.say('DATA');
    const second = `MAIL FROM:<ceo@example.org>\r\nRCPT TO:<${TO}>\r\nDATA\r\nFrom: ceo@example.org\r\n\r\nsmuggled`;
    expect(await client.say(`Subject: one\r\n\r\nbody${end}${second}\r\n.`)).toMatch(/^250/);
    expect(await client.say('NOOP')).toMatch(/^250/);
    expect(taken).toHaveLength(1);
    expect(Buffer.from(taken[0]!.raw).toString('latin1')).toContain('smuggled');
  });

  test('a dot that comes alone in its packet, stuffed, is content', async () => {
    const client = await wire();
    await client.envelope(TO);
    await client.say('DATA');
    client.socket.setNoDelay(true);
    for (const piece of ['..', '\r\n', `MAIL FROM:<x@example.net>\r\n`]) {
      client.send(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await client.say('.')).toMatch(/^250/);
    expect(taken).toHaveLength(1);
  });
});

test.each([
  ['a web browser', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['binary noise', Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 7919) % 256))],
  ['a line without end', 'EHLO '.padEnd(40_000, 'x')],
  ['commands piled up', 'MAIL FROM:<>\r\nDATA\r\nRCPT TO:<x>\r\nVRFY root\r\nEXPN all\r\nTURN\r\n'.repeat(30)],
  ['a header in the envelope', 'EHLO x\r\nMAIL FROM:<a@example.org>\nRCPT TO:<b@example.net>\nSubject: x\r\n'],
])('%s is answered or shown out, and the listener goes on', async (_, noise) => {
  const client = await wire();
  await client.reply();
  client.send(noise);
  await client.reply();
  client.end();
  expect(taken).toEqual([]);
  expect(await hand(forward())).toMatch(/^250/);
});

test('nobody can sign in, and without a certificate there is no STARTTLS to pretend with', async () => {
  const client = await wire();
  await client.reply();
  const features = await client.say('EHLO relay.example.org');
  expect(features).toContain('SIZE 100000');
  expect(features).not.toMatch(/STARTTLS|AUTH|XCLIENT/);
  expect(await client.say('AUTH PLAIN AGFuYQBhbmE=')).toMatch(/^5\d\d/);
  expect(await client.say('XCLIENT ADDR=192.0.2.1')).toMatch(/^5\d\d/);
});

test('recipients are bounded', async () => {
  const client = await wire();
  await client.envelope(TO);
  const replies: string[] = [];
  for (let i = 0; i < 21; i++) replies.push(await client.say(`RCPT TO:<report+user+spam${i}@reports.example.org>`));
  expect(replies.at(0)).toMatch(/^250/);
  expect(replies.at(-1)).toMatch(/^452 /);
});
