import type { HeldOut } from '../../server/analysis/model/held-out.ts';
import { phishingOf } from '../../server/analysis/model/held-out.ts';
import type { Sample } from '../../server/analysis/model/sample.ts';
import { originalsOf } from '../../server/analysis/training/originals.ts';
import { fraudAsSuch, originalSamples, sampleOf } from '../../server/analysis/training/samples.ts';
import { compose, mail } from './mail.ts';

const lure = [
  'Received: from mail.example.net ([192.0.2.9]) by mx.example.org; Tue, 04 Mar 2025 09:00:00 +0000',
  'Message-ID: <lure@example.net>',
  'From: Support <support@example.net>',
  'Subject: Your mailbox is full',
  '',
  'Verify your account within 24 hours: https://login.example.net/verify',
].join('\r\n');

test('a mail pasted into a report with its header is its original, also when it is quoted', async () => {
  const plain = await mail({ text: `Please look at this.\r\n\r\n${lure}` });
  expect(originalsOf(plain).map((raw) => raw.split('\r\n')[3])).toEqual(['Subject: Your mailbox is full']);
  const quoted = lure
    .split('\r\n')
    .map((line) => `> ${line}`)
    .join('\r\n');
  expect(originalsOf(await mail({ text: `What is this?\r\n${quoted}` }))).toHaveLength(1);
});

test('an attached mail is the original; an ordinary quotation is none', async () => {
  const boundary = 'b0';
  const attached = await mail({
    headers: { 'Content-Type': `multipart/mixed; boundary="${boundary}"` },
    text: `--${boundary}\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n--${boundary}\r\nContent-Type: message/rfc822\r\n\r\n${lure}\r\n--${boundary}--`,
  });
  expect(originalsOf(attached)).toHaveLength(1);
  expect(
    originalsOf(await mail({ text: 'On Monday Ben wrote:\r\n> From: me\r\n> Subject: lunch\r\n> at noon?' })),
  ).toEqual([]);
  expect(originalsOf(await mail({ text: 'Nothing here.' }))).toEqual([]);
});

test('what a report carries is learnt as phishing, the report itself is not', async () => {
  const [sample, ...more] = await originalSamples('report.eml', compose({ text: `Phish!\r\n\r\n${lure}` }));
  expect(more).toEqual([]);
  expect(sample).toMatchObject({ label: 'malicious', role: 'both', sub: 'reported' });
  expect(sample?.seen.subject).toBe('Your mailbox is full');
});

test('spam that shows a finding of fraud is taken as phishing; other spam and legitimate mail are not', async () => {
  const of = async (text: string, label: Sample['label']) =>
    fraudAsSuch(await sampleOf('x.eml', compose({ text }), { label, role: 'both' }, new Map()));
  const inheritance = 'I am the next of kin of a deceased client. The sum of US$ 14,500,000 million dollars is yours.';
  expect((await of(inheritance, 'spam')).label).toBe('malicious');
  expect((await of('Cheap watches, visit our shop.', 'spam')).label).toBe('spam');
  expect((await of(inheritance, 'benign')).label).toBe('benign');
});

test('figures are about the source that training never saw, where there is one', () => {
  const row = (label: Sample['label'], role: Sample['role']) => ({ sample: { label, role } }) as HeldOut;
  const known = row('malicious', 'both');
  const unseen = row('malicious', 'measured');
  const benign = row('benign', 'both');
  expect(phishingOf([known, benign])).toEqual([known]);
  expect(phishingOf([known, unseen, benign])).toEqual([unseen]);
});
