import fc from 'fast-check';
import { CATALOGUE } from '../../server/analysis/evidence/catalogue.ts';
import type { SubmissionView } from '../../shared/api.ts';
import { LANGUAGES, languageOf } from '../../shared/i18n/language.ts';
import { reasonText } from '../../shared/i18n/reason-text.ts';
import { reasonsDe } from '../../shared/i18n/reasons-de.ts';
import { composePane, PANE_TONES } from '../../shared/pane.ts';
import { PSR_REASONS, RETRACTION_STATES } from '../../shared/retraction.ts';
import { EXPOSURES, ORIGINALS, SUBMISSION_STATUSES } from '../../shared/submission.ts';
import { DISPOSITIONS } from '../../shared/verdict.ts';

type Source = Omit<SubmissionView, 'pane'>;

const phish: Source = {
  id: 'sub_1',
  submission_type: 'USER',
  status: 'concluded',
  requested_disposition: 'MALICIOUS',
  requested_at: '2026-08-03T09:00:00Z',
  requested_by: 'ana@example.org',
  subject: 'Your parcel',
  header_from: 'parcel@example.net',
  internet_message_id: '<1@example.net>',
  original: 'authoritative',
  outcome_disposition: 'MALICIOUS',
  score: 0.99,
  margin: 4.2,
  spam_score: 0.3,
  reporter_unit: 0.6,
  model: 'default-1',
  reasons: [
    {
      id: 'url.lookalike',
      family: 'url',
      severity: 'high',
      text: 'A link imitates a brand.',
      evidence: 'dhI[.]example',
    },
  ],
  attributes: [],
  coverage_missing: [],
  psr: { action: 'retract' },
  retraction: null,
  simulation: false,
};

const copies = {
  found: 0,
  retracted: 0,
  already_there: 0,
  gone: 0,
  failed: 0,
  unknown: 0,
  review: 0,
  unread: 0,
  restored: 0,
};

function retraction(state: (typeof RETRACTION_STATES)[number], counts: Partial<typeof copies> = {}) {
  return { id: 'ret_1', state, mailboxes: { searched: 40, total: 40 }, copies: { ...copies, ...counts } };
}

const text = (view: Source, language = 'en', exposure: (typeof EXPOSURES)[number][] = []) => {
  const pane = composePane(view, language, exposure);
  return [pane.title, ...pane.lines, ...(pane.steps ?? [])].join('\n');
};

test('while analysis works, the pane says that the report has arrived', () => {
  const pane = composePane({ ...phish, status: 'analysing', outcome_disposition: null, psr: null }, 'en');
  expect(pane).toMatchObject({ title: 'We are looking at it', tone: 'info' });
});

test('a removed phish is called phishing, with how many copies went and that nobody had opened them', () => {
  const pane = composePane(
    { ...phish, retraction: retraction('confirming', { found: 12, retracted: 12, unread: 12 }) },
    'en',
  );
  expect(pane.title).toBe('This is phishing');
  expect(pane.tone).toBe('danger');
  expect(pane.lines).toContain(
    '12 copies were removed from the mailboxes of your organisation. Nobody had opened it there.',
  );
  expect(pane.steps).not.toContain('Do not open its links or attachments, and do not answer it.');
});

test('failed copies are said, not hidden', () => {
  const view = { ...phish, retraction: retraction('done', { found: 3, retracted: 1, failed: 1, gone: 1, unread: 0 }) };
  expect(text(view)).toContain('One copy was removed');
  expect(text(view)).toContain('One copy could not be removed.');
  expect(text(view)).toContain('already been deleted by its owner');
});

test('a harmful attachment and a pretended boss have words of their own', () => {
  expect(composePane({ ...phish, attributes: ['EXECUTABLE'] }, 'en').title).toBe(
    'This message carries something harmful',
  );
  expect(composePane({ ...phish, attributes: ['BEC'] }, 'en').title).toBe('This is a scam');
});

test('nothing found is never called safe, in any state and with any exposure', () => {
  const view: Source = { ...phish, outcome_disposition: 'NONE', psr: { action: 'none', reason: 'not_malicious' } };
  const pane = composePane(view, 'en');
  expect(pane.title).toBe('We found nothing dangerous in it');
  expect(pane.tone).not.toBe('ok');
  expect(text(view)).not.toMatch(/\bsafe\b|harmless/i);
  expect(text(view, 'de')).not.toMatch(/\bsicher\b|ungefährlich|harmlos/i);
});

test('a typed password comes first among the steps, whatever else happened', () => {
  const steps = composePane(phish, 'en', ['clicked_link', 'entered_password']).steps ?? [];
  expect(steps[0]).toMatch(/^Change that password now/);
  expect(steps.some((step) => step.startsWith('Close the page'))).toBe(true);
  expect(steps.some((step) => step.startsWith('If you already clicked'))).toBe(false);
});

test('a dangerous mail that stays in the mailbox is said to stay, and why', () => {
  const held = {
    ...phish,
    psr: { action: 'hold' as const, reason: 'blast_radius' as const },
    retraction: retraction('held'),
  };
  expect(text(held)).toContain('confirms the removal first');
  const allowed = { ...phish, psr: { action: 'none' as const, reason: 'allow_policy' as const } };
  expect(text(allowed)).toContain('allows this sender');
  expect(text({ ...phish, psr: { action: 'preview' } })).toContain('nothing was moved');
});

test('an approved retraction shows its progress although the first decision was to hold', () => {
  const view = {
    ...phish,
    psr: { action: 'hold' as const, reason: 'blast_radius' as const },
    retraction: retraction('running', { found: 9, retracted: 4 }),
  };
  expect(text(view)).toContain('4 of 9 copies removed so far, 40 of 40 mailboxes searched.');
});

test('a safe report that is contradicted warns instead of thanking', () => {
  const view = {
    ...phish,
    requested_disposition: 'NONE' as const,
    psr: { action: 'none' as const, reason: 'safe_report' as const },
  };
  expect(text(view)).toContain('You reported it as harmless, but we found signs that it is not.');
  expect(text(view)).not.toContain('You were right to report it');
});

test('an exercise is praised', () => {
  const pane = composePane({ ...phish, simulation: true, psr: { action: 'none', reason: 'simulation' } }, 'en', [
    'clicked_link',
  ]);
  expect(pane.tone).toBe('ok');
  expect(pane.lines.join(' ')).toContain('You recognised it and reported it.');
  expect(pane.steps).toEqual([]);
});

test('a withdrawn report says what becomes of the copies', () => {
  const view: Source = { ...phish, status: 'withdrawn' };
  expect(text(view)).toContain('Nothing is being removed');
  expect(text({ ...view, retraction: retraction('restoring', { retracted: 3 }) })).toContain('being put back');
  expect(text({ ...view, retraction: retraction('restored', { restored: 3 }) })).toContain('3 copies were put back');
  expect(text({ ...view, retraction: retraction('done', { retracted: 3 }) })).toContain('until your security team');
});

test('in every state and language there is a title, at least one line, and no hole in a sentence', () => {
  const count = fc.nat({ max: 5000 });
  const view = fc.record({
    status: fc.constantFrom(...SUBMISSION_STATUSES),
    requested: fc.constantFrom(...DISPOSITIONS),
    outcome: fc.option(fc.constantFrom(...DISPOSITIONS)),
    original: fc.option(fc.constantFrom(...ORIGINALS)),
    psr: fc.option(
      fc.record({
        action: fc.constantFrom('retract' as const, 'hold' as const, 'preview' as const, 'none' as const),
        reason: fc.option(fc.constantFrom(...PSR_REASONS), { nil: undefined }),
      }),
    ),
    retraction: fc.option(
      fc.record({
        id: fc.constant('ret_1'),
        state: fc.constantFrom(...RETRACTION_STATES),
        mailboxes: fc.record({ searched: count, total: count }),
        copies: fc.record({
          found: count,
          retracted: count,
          already_there: count,
          gone: count,
          failed: count,
          unknown: count,
          review: count,
          unread: count,
          restored: count,
        }),
      }),
    ),
    simulation: fc.boolean(),
    attributes: fc.subarray(['EXECUTABLE', 'BEC', 'ENCRYPTED']),
    coverage: fc.subarray(['rdap', 'dns']),
    exposure: fc.subarray([...EXPOSURES]),
    language: fc.constantFrom(...LANGUAGES, 'de-AT', 'fr;q=1, de;q=0.5', 'xx'),
  });
  fc.assert(
    fc.property(view, (any) => {
      const pane = composePane(
        {
          ...phish,
          status: any.status,
          requested_disposition: any.requested,
          outcome_disposition: any.outcome,
          original: any.original,
          psr: any.psr,
          retraction: any.retraction,
          simulation: any.simulation,
          attributes: any.attributes,
          coverage_missing: any.coverage,
        },
        any.language,
        any.exposure,
      );
      const sentences = [pane.title, ...pane.lines, ...(pane.steps ?? [])];
      expect(PANE_TONES).toContain(pane.tone);
      expect(pane.lines.length).toBeGreaterThan(0);
      for (const sentence of sentences) {
        expect(sentence.trim()).not.toBe('');
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      }
      expect(new Set(sentences).size).toBe(sentences.length);
    }),
    { numRuns: 2000 },
  );
});

test('the language is the heaviest of ours in Accept-Language, else English', () => {
  expect(languageOf('de-CH')).toBe('de');
  expect(languageOf('fr-FR, de;q=0.7, en;q=0.3')).toBe('de');
  expect(languageOf('en;q=0.9, de;q=0')).toBe('en');
  expect(languageOf('*')).toBe('en');
  expect(languageOf('')).toBe('en');
  fc.assert(fc.property(fc.string(), (field) => expect(LANGUAGES).toContain(languageOf(field))));
});

test('a finding without a translation keeps its English sentence', () => {
  expect(reasonText({ id: 'url.unheard_of', text: 'A link is odd.' }, 'de')).toBe('A link is odd.');
  expect(reasonText({ id: 'constructor', text: 'A link is odd.' }, 'de')).toBe('A link is odd.');
});

test('every finding that analysis can make has a German sentence, and no sentence is left over', () => {
  for (const [id, [, text]] of Object.entries(CATALOGUE)) {
    const german = reasonText({ id, text }, 'de');
    expect(german).not.toBe(text);
    expect(german).toMatch(/^[A-ZÄÖÜ].*\.$/);
    expect(reasonText({ id, text }, 'en')).toBe(text);
  }
  expect(Object.keys(reasonsDe).filter((id) => !Object.hasOwn(CATALOGUE, id))).toEqual([]);
});

test('an attached page that asks for a password is phishing, an attached program is harmful', () => {
  const found = (id: string) => ({
    ...phish,
    reasons: [{ id, family: 'attachment' as const, severity: 'high' as const, text: 'x', evidence: 'y' }],
  });
  expect(composePane(found('attachment.html_form'), 'en').title).toBe('This is phishing');
  expect(composePane(found('attachment.archive_executable'), 'en').title).toBe(
    'This message carries something harmful',
  );
});

test('only a gap in the message itself is told, and only where the verdict could calm', () => {
  const nothing: Source = { ...phish, outcome_disposition: 'NONE', psr: { action: 'none', reason: 'not_malicious' } };
  expect(text({ ...nothing, coverage_missing: ['crawl', 'rdap'] })).not.toContain('every part');
  expect(text({ ...nothing, coverage_missing: ['attachment_contents'] })).toContain('every part');
  expect(text({ ...phish, coverage_missing: ['attachment_contents'] })).not.toContain('every part');
});

test('a borrowed name from an address of its own is an impostor, not a forged sender', () => {
  const borrowed = composePane({ ...phish, outcome_disposition: 'SPOOF', attributes: ['BEC'] }, 'en');
  expect(borrowed).toMatchObject({ title: 'This may be an impostor', tone: 'warning' });
  expect(composePane({ ...phish, outcome_disposition: 'SPOOF', attributes: [] }, 'en').title).toBe(
    'The sender is forged',
  );
  expect(composePane({ ...phish, outcome_disposition: 'SPOOF', attributes: ['BEC'] }, 'de').title).toContain(
    'jemand anderes',
  );
});
