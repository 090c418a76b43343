import type { AcceptedMail } from '../../server/intake/accept-mail.ts';
import { attachedMail } from '../../server/intake/attached-mail.ts';
import { listen } from '../../server/intake/listener.ts';
import { senderOf } from '../../server/intake/sender.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { forwarding } from '../../simulator/forward.ts';
import { startSimulator } from '../../simulator/start.ts';
import { lure } from '../flow/mail.ts';

test('a person forwards a mail as an attachment, line for line, under their own name', async () => {
  const taken: AcceptedMail[] = [];
  const listener = await listen({
    ...{ host: '127.0.0.1', port: 0, service: { account: 'report', domain: 'reports.example.org' } },
    ...{ relays: ['127.0.0.1'], tls: null, maxBytes: 100_000, seesDeliveries: false },
    accept: async (mail) => taken.push(mail) > 0,
    log: { warn: () => {} },
  });
  const simulator = await startSimulator({ seed: 'none' });
  simulator.addMailbox('ana@example.org', { displayName: 'Ana "the" Müller\r\nBcc: x@example.net', language: 'de-DE' });
  const eml = Buffer.from(lure('<forwarded@micros0ft-login.test>'));
  const to = 'report+user+phish@reports.example.org';
  await forwarding(`smtp://127.0.0.1:${listener.port}/${to}`, Date.now).send(
    simulator.tenant.person('ana@example.org')!,
    eml,
  );
  await Promise.all([simulator.stop(), listener.close()]);

  expect(taken).toHaveLength(1);
  const [{ raw, recipients, envelopeFrom }] = taken as [AcceptedMail];
  expect({ recipients, envelopeFrom }).toEqual({ recipients: [to], envelopeFrom: 'ana@example.org' });
  const outer = await parseMessage(raw);
  expect(senderOf(outer)).toBe('ana@example.org');
  expect(outer.headers.map(({ name }) => name.toLowerCase())).not.toContain('bcc');
  const attached = attachedMail(raw, 100_000);
  // SMTP knows CRLF only.
  const lines = (bytes: Uint8Array) => Buffer.from(bytes).toString().trim().split(/\r?\n/);
  expect(attached.ok && lines(attached.raw)).toEqual(lines(eml));
});
