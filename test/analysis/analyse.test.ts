import fc from 'fast-check';
import { analyse } from '../../server/analysis/analyse.ts';
import { conclude } from '../../server/analysis/conclude.ts';
import { CATALOGUE, FINDING_IDS } from '../../server/analysis/evidence/catalogue.ts';
import { observe } from '../../server/analysis/observe.ts';
import { writtenMails } from '../../server/analysis/training/written/compose.ts';
import { withoutAuthentication } from '../../server/analysis/unauthenticated.ts';
import { parseMessage } from '../../server/message/parse.ts';
import { DISPOSITIONS, FAMILIES, SEVERITIES } from '../../shared/verdict.ts';
import { authentic, compose, mail, shippedModel, verdictOf, worldOf } from './mail.ts';

const lure = {
  from: 'Microsoft 365 <admin@micros0ft-login.example>',
  subject: 'Your password expires today',
  html: `<p>Dear user,</p><p>Unusual sign-in activity was detected. Your mailbox will be suspended within 24 hours.
    Please verify your account password now to keep access.</p>
    <a href="https://micros0ft-login.example/verify">Keep current password</a>`,
};
const honest = {
  from: 'Ben <ben@example.net>',
  subject: 'Minutes',
  text: 'Hi Ana, here are the minutes. See you on Monday. Ben',
};

test('a lure is malicious with reasons a person understands; a colleague’s mail is not', async () => {
  const verdict = await verdictOf(lure);
  expect(verdict.disposition).toBe('MALICIOUS');
  expect(verdict.families.length).toBeGreaterThanOrEqual(2);
  expect(verdict.score).toBeCloseTo(1 / (1 + Math.exp(-verdict.margin)), 12);
  expect(['critical', 'high']).toContain(verdict.findings[0]?.severity);
  const calm = await verdictOf(honest);
  expect(calm.disposition).toBe('NONE');
  expect(calm.margin).toBeLessThan(0);
});

test('the same mail and world give the same verdict', async () => {
  expect(await verdictOf(lure)).toEqual(await verdictOf(lure));
});

test('every reason of the catalogue has a known family and severity and one plain sentence', () => {
  for (const id of FINDING_IDS) {
    const [severity, text] = CATALOGUE[id];
    expect(SEVERITIES).toContain(severity);
    expect(FAMILIES).toContain(id.split('.')[0]);
    expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(text.length).toBeLessThan(120);
  }
});

test('headers of bulk mail never lower the margin', async () => {
  const bulk = {
    'List-Unsubscribe': '<https://example.net/u>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': '<news.example.net>',
    Precedence: 'bulk',
    'Feedback-ID': '1:2:3',
    'Auto-Submitted': 'auto-generated',
    'X-CSA-Complaints': 'complaints@example.net',
  };
  for (const draft of [lure, honest]) {
    const plain = await verdictOf(draft);
    const dressed = await verdictOf({ ...draft, headers: bulk });
    expect(dressed.margin).toBeGreaterThanOrEqual(plain.margin - 1e-9);
  }
});

test('an untrusted Authentication-Results line changes nothing', async () => {
  const forged = { 'Authentication-Results': 'mx.example.org; dmarc=pass header.from=example.net; spf=pass' };
  const plain = await verdictOf(lure);
  const dressed = await verdictOf({ ...lure, headers: forged });
  expect(dressed).toEqual(plain);
});

test('reporters move the margin by their unit and are no family', async () => {
  const calm = await verdictOf(honest);
  const reported = await verdictOf(honest, { reporterUnit: 2 });
  expect(reported.margin).toBeCloseTo(calm.margin + 2, 12);
  expect(reported.marginWithoutReporter).toBe(calm.marginWithoutReporter);
  expect(reported.families).toEqual(calm.families);
});

test('a lookup that was not made never finds more than one that was', async () => {
  const message = await mail(lure);
  const ages = new Map([['micros0ft-login.example', new Date('2025-03-01T00:00:00Z')]]);
  const asked = observe(message, authentic(), { now: new Date(0), domainAges: ages });
  const unasked = observe(message, authentic(), { now: new Date(0) });
  const ids = new Set(asked.findings.map(({ id }) => id));
  expect(ids.has('intel.young_domain')).toBe(true);
  for (const { id } of unasked.findings) expect(ids).toContain(id);
});

test('a mail that could not be read fully says what is missing', async () => {
  const verdict = await verdictOf({ html: '<img src="https://a.example.net/x.png">' });
  expect(verdict.coverageMissing).toEqual(expect.arrayContaining(['ocr', 'rdap']));
});

test('any bytes end in one verdict', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (raw) => {
      const verdict = analyse(await parseMessage(raw), authentic(), worldOf());
      expect(DISPOSITIONS).toContain(verdict.disposition);
      expect(Number.isFinite(verdict.margin)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a lure cut and stirred at random still ends in a verdict with bounded evidence', async () => {
  const raw = compose(lure);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(raw.length - 1), fc.nat(255)), { maxLength: 40 }), async (edits) => {
      const stirred = Uint8Array.from(raw);
      for (const [at, byte] of edits) stirred[at] = byte;
      const { findings, disposition } = analyse(await parseMessage(stirred), authentic(), worldOf());
      expect(DISPOSITIONS).toContain(disposition);
      for (const { evidence } of findings) expect(evidence.length).toBeLessThanOrEqual(300);
    }),
    { numRuns: 60 },
  );
});

test('mail of kinds the model was shown is told apart on seeds it was not', async () => {
  let wrong = 0;
  const mails = writtenMails(200, 4242);
  for (const { raw, label } of mails) {
    const message = await parseMessage(new TextEncoder().encode(raw));
    const { margin } = conclude(observe(message, withoutAuthentication(message), { now: new Date(0) }), {
      model: shippedModel(),
    });
    if (margin > 0 !== (label === 'malicious')) wrong++;
  }
  expect(wrong).toBeLessThan(mails.length * 0.12);
});
