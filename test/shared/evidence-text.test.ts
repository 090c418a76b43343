import { evidenceText } from '../../shared/i18n/evidence-text.ts';
import { reasonIn } from '../../shared/i18n/reason-text.ts';

test.each([
  [
    'url.text_mismatch',
    'shows a[.]example, leads to hxxps[:]//b[.]test/x',
    'zeigt a[.]example, führt zu hxxps[:]//b[.]test/x',
  ],
  ['url.lookalike', 'hxxps[:]//paypa1[.]test imitates PayPal', 'hxxps[:]//paypa1[.]test ahmt PayPal nach'],
  ['identity.reply_to_other', 'from a@b.example, answers to c@d.test', 'von a@b.example, Antworten an c@d.test'],
  ['campaign.confirmed', 'shares a link, an attachment', 'gemeinsam: ein Link, ein Anhang'],
  ['campaign.wave', '3 mails', '3 Nachrichten'],
  ['text.urgency', 'click a link from a server now', 'click a link from a server now'],
])('%s: the words around the quotation are German, the quotation is the mail’s', (id, english, german) => {
  expect(evidenceText({ id, evidence: english }, 'de-AT')).toBe(german);
  expect(evidenceText({ id, evidence: english }, 'en')).toBe(english);
});

test('a reason is told whole in a person’s language', () => {
  const finding = {
    id: 'intel.decided',
    family: 'intel',
    severity: 'info',
    text: 'Your security team has …',
    evidence: '',
  } as const;
  expect(reasonIn(finding, 'de').text).toContain('Sicherheitsteam');
  expect(reasonIn(finding, 'en')).toEqual(finding);
});
