/** The short, seeded form of `npm run bench -- fuzz`: wounded mails through reading, judging and printing. */
import { conclude } from '../../server/analysis/conclude.ts';
import { observe } from '../../server/analysis/observe.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import { fingerprintOf } from '../../server/message/fingerprint.ts';
import { readHead, readMail } from '../../server/message/reading.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';
import { fixtureBytes, fixtureNames } from '../message/fixtures.ts';
import { mutate, seeded } from '../message/mutate.ts';
import { shippedModel } from './mail.ts';

test('wounded mails end in exactly one disposition, in time', async () => {
  const random = seeded(20261121);
  const mails = fixtureNames.map(fixtureBytes);
  const any = () => mails[Math.floor(random() * mails.length)] as Buffer;
  const model = shippedModel();
  for (let i = 0; i < 250; i++) {
    const raw = mutate(any(), any(), random);
    const started = process.cpuUsage();
    const { message, unread } = await readMail(raw, null, () => 0);
    const seen = observe(message, withoutAuthentication(message), { now: new Date(0), unread });
    const verdict = conclude(seen, { model });
    fingerprintOf(message);
    const { user } = process.cpuUsage(started);
    expect(DISPOSITIONS).toContain(verdict.disposition);
    expect(Number.isFinite(verdict.margin) && verdict.score >= 0 && verdict.score <= 1).toBe(true);
    for (const { evidence, text } of verdict.findings)
      expect([evidence.length <= 300, text !== '']).toEqual([true, true]);
    expect(user / 1000).toBeLessThan(1_000);
    expect(readHead(raw, 'time').message.size).toBe(raw.length);
  }
});
