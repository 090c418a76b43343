/** Forward as attachment: what a person without the button does, sent over real SMTP to whoever takes reports. */
import { createTransport } from 'nodemailer';
import { headerOf } from './mime/header.ts';
import type { Person } from './tenant/person.ts';

export interface Forwarding {
  /** Where the button sends it, such as `report+user+phish@reports.example.org`. */
  to: string;
  /** @throws Error with what the server said */
  send(person: Person, eml: Buffer): Promise<void>;
}

/** @param url `smtp://127.0.0.1:2525/report+user+phish@reports.example.org`: the server, and the address to write to */
export function forwarding(url: string, now: () => number): Forwarding {
  const { hostname, port, pathname } = new URL(url);
  const to = decodeURIComponent(pathname.slice(1));
  let count = 0;
  return {
    to,
    async send(person, eml) {
      const transport = createTransport({ host: hostname, port: Number(port), ignoreTLS: true });
      const from = person.mail ?? person.userPrincipalName;
      const raw = forwarded(person, from, to, eml, `${now()}.${++count}`);
      try {
        await transport.sendMail({ envelope: { from, to: [to] }, raw });
      } finally {
        transport.close();
      }
    },
  };
}

function forwarded(
  { displayName, preferredLanguage }: Person,
  from: string,
  to: string,
  eml: Buffer,
  id: string,
): Buffer {
  // In base64 no subject can begin another field.
  const subject = headerOf(eml).subject.slice(0, 40);
  const boundary = `forward-${id}`;
  const head = [
    `From: =?utf-8?B?${Buffer.from(displayName.slice(0, 40)).toString('base64')}?= <${from}>`,
    `To: ${to}`,
    `Subject: =?utf-8?B?${Buffer.from(`Fwd: ${subject}`).toString('base64')}?=`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@mail.example.org>`,
    `Content-Language: ${preferredLanguage}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    '',
    `--${boundary}`,
    'Content-Type: message/rfc822',
    'Content-Disposition: attachment; filename="message.eml"',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), eml, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
