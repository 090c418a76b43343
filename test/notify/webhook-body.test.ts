/** What a stranger wrote is text in a chat: no link, no mention, no markup of it comes alive. */
import fc from 'fast-check';
import { webhookBody } from '../../server/notify/webhook-body.ts';
import type { EventRow } from '../../server/store/event-rows.ts';
import { AT, FACTS, verdictOf } from './judged.ts';

const event = (change: Partial<EventRow>): EventRow => ({
  id: 1,
  kind: 'alert',
  at: AT,
  disposition: 'MALICIOUS',
  outcome: '',
  reason: '',
  folder: '',
  message_id: 'msg_4WtWkr6nlBz9sNHabcde',
  internet_message_id: '<1@example.net>',
  subject: 'Hello',
  header_from: 'it@micros0ft.test',
  from_name: 'IT',
  envelope_from: '',
  reply_to: '',
  recipients: ['ana@example.org'],
  delivery_mode: 'API',
  received_at: AT,
  sent_at: null,
  facts: FACTS,
  verdict: verdictOf('MALICIOUS'),
  authentication: null,
  copy: null,
  retraction: null,
  submission: null,
  ...change,
});
const context = { ownDomains: [], microsoftTenantId: '', publicUrl: 'https://r.example.org' };
const chat = (format: 'slack' | 'teams', change: Partial<EventRow>, language: 'en' | 'de' = 'en') =>
  webhookBody({ format, language, token: '' }, event(change), context, AT).text;

const HOSTILE = [
  '<!channel> look',
  '<https://evil.example|click>',
  '[click](https://evil.example)',
  'https://evil.example/a?b=c and evil.example',
  'HTTP://EVIL.EXAMPLE',
  '<at>everyone</at> @everyone',
  '\u202egnp.exe\u0000\r\nFrom: boss',
];

test.each(HOSTILE)('%j stays dead in both chats', (subject) => {
  for (const format of ['slack', 'teams'] as const) {
    const body = JSON.parse(chat(format, { subject, from_name: subject })) as object;
    const strings: string[] = [];
    JSON.stringify(body, (key, value: unknown) => {
      // Our own link and the schema of the card are the only addresses.
      if (typeof value === 'string' && key !== 'url' && key !== '$schema') strings.push(value);
      return value;
    });
    const text = strings.join('\n');
    expect(text).not.toMatch(/https?:\/\//i);
    expect(text).not.toMatch(/evil\.example/i);
    expect(text).not.toMatch(/@/);
    expect(text).not.toMatch(/[\u202e\u0000\r]/);
    // What knows markup holds nothing of the mail.
    expect(text).not.toContain('mrkdwn');
    expect(text).not.toContain('"TextBlock"');
  }
});

test('whatever a subject holds, the body is JSON of a bounded size', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 5_000 }),
      fc.constantFrom('slack', 'teams'),
      (subject, format) => {
        const text = chat(format as 'slack', { subject });
        expect(() => JSON.parse(text)).not.toThrow();
        expect(text.length).toBeLessThan(20_000);
      },
    ),
    { numRuns: 60 },
  );
});

test('a chat speaks the language of its target and leads to the mail in the dashboard', () => {
  const text = chat('slack', {}, 'de');
  expect(text).toContain('Urteil: Bösartig');
  expect(text).toContain('https://r.example.org/dashboard/');
  expect(chat('teams', {})).toContain('Verdict: Malicious');
});
