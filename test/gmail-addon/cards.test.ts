import * as fc from 'fast-check';
import { cardOf } from '../../gmail-addon/card.ts';
import { escaped, plain } from '../../gmail-addon/markup.ts';
import { hexMessageId } from '../../gmail-addon/message-id.ts';
import type { Screen } from '../../gmail-addon/screen.ts';
import { GMAIL_TROUBLES } from '../../gmail-addon/trouble.ts';
import { LANGUAGES } from '../../shared/i18n/language.ts';
import { TROUBLES } from '../../shared/trouble.ts';
import { breachesOf, describedBy } from './card-proto.ts';
import { answers, type Card, code, Gmail, problem, view, wordsOn } from './gmail.ts';

const card = describedBy('card');

describe('the description of cards notices', () => {
  const good = {
    header: { title: 'x' },
    sections: [
      { widgets: [{ textParagraph: { text: 'x' } }, { buttonList: { buttons: [{ text: 'x', type: 'FILLED' }] } }] },
    ],
  };
  test('a good card', () => expect(breachesOf(good, card)).toEqual([]));
  test.each([
    ['an unknown field', { header: { titel: 'x' } }],
    ['a number for a text', { header: { title: 5 } }],
    ['two widgets in one', { sections: [{ widgets: [{ textParagraph: { text: 'x' }, divider: {} }] }] }],
    ['an unknown word', { sections: [{ widgets: [{ buttonList: { buttons: [{ text: 'x', type: 'FILED' }] } }] }] }],
    ['one for a list', { sections: { widgets: [] } }],
  ])('%s', (_, wrong) => expect(breachesOf(wrong, card)).not.toEqual([]));
});

describe('the doubles notice a script that', () => {
  test.each<[string, (text: string) => string]>([
    [
      'calls a method that is not there',
      (it) => it.replace('.setTitle(plain(view.title))', '.setTitel(plain(view.title))'),
    ],
    ['hands over a number for a text', (it) => it.replace('.setTitle(plain(view.title))', '.setTitle(5)')],
    ['says an enum wrongly', (it) => it.replace('TextButtonStyle.FILLED', 'TextButtonStyle.FILED')],
    ['forgets to build', (it) => it.replace('return card.build();', 'return card;')],
    [
      'puts a section where a widget belongs',
      (it) => it.replace('section.addWidget(drawWidget(widget))', 'section.addWidget(CardService.newCardSection())'),
    ],
    ['has a typo in a service', (it) => it.replace('CardService.newCardBuilder()', 'CardService.newCard()')],
    ['waits for nobody', (it) => it.replace('muteHttpExceptions: true', 'timeoutSeconds: 5')],
    ['forgets the token of the message', (it) => it.replace('GmailApp.setCurrentMessageAccessToken(accessToken);', '')],
  ])('%s', (_, spoil) => {
    const spoilt = spoil(code);
    expect(spoilt).not.toBe(code);
    const gmail = new Gmail();
    gmail.code = spoilt;
    gmail.server = [answers(201, view())];
    const run = () => {
      gmail.open();
      const words = wordsOn(gmail.press('Send report'));
      // What the add-in catches and tells the person is seen in what it did.
      if (!gmail.calls[0]?.body?.raw_message || !words.includes('This is phishing')) throw new Error(words);
    };
    expect(run).toThrow();
  });

  test('and pass the script as it is', () => {
    const gmail = new Gmail();
    gmail.server = [answers(201, view())];
    gmail.open();
    expect(wordsOn(gmail.press('Send report'))).toContain('This is phishing');
  });
});

const asScreens: Screen[] = [
  { at: 'home' },
  { at: 'ready' },
  { at: 'unsure', sentAt: 0 },
  { at: 'reported', id: 'sub_1', sentAt: 0 },
  { at: 'asking', id: 'sub_1' },
  ...[...TROUBLES, ...GMAIL_TROUBLES].map(
    (trouble): Screen => ({ at: 'trouble', trouble, next: 'send_again', detail: '' }),
  ),
];

test.each(LANGUAGES)('every screen has a title and words in %s', (language) => {
  for (const screen of asScreens) {
    const { sections, title } = cardOf(screen, { language, time: () => '9:00', origin: 'https://phish.example.org' });
    const texts = sections.flatMap(({ widgets }) =>
      widgets.map((it) => ('text' in it ? it.text : 'title' in it ? it.title : 'x')),
    );
    for (const text of [title, ...texts]) expect(text).toMatch(/\S/);
    expect(texts.join(' ')).not.toContain('undefined');
  }
});

describe('what a sender or the server writes', () => {
  const evil = '<a href="https://x.test">Click</a> & <b>safe</b> \u202egnp.exe\u0007';
  const evilView = view({
    reasons: [{ id: 'a', family: 'url', severity: 'high', text: evil, evidence: evil }],
    pane: { title: evil, tone: 'danger', lines: [evil], steps: [evil, evil] },
  });

  test('is shown as it is, never read as markup', () => {
    const gmail = new Gmail();
    gmail.server = [answers(201, evilView)];
    gmail.open();
    const text = JSON.stringify(gmail.press('Send report'));
    expect(text).not.toContain('<a ');
    expect(text).not.toContain('<b>safe');
    expect(text).not.toContain('\u202e');
    expect(text).toContain('&lt;a href=');
  });

  test('neither in the details of a problem', () => {
    const gmail = new Gmail();
    gmail.server = [problem(400, 'x', { submission_id: evil })];
    gmail.open();
    expect(JSON.stringify(gmail.press('Send report'))).not.toMatch(/<a |\u202e/);
  });

  test('escaping leaves nothing that could begin a tag or an entity, and loses no visible character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const written = escaped(text);
        expect(written.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[<>&"']/);
        const read = written
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&#39;/g, "'")
          .replace(/&amp;/g, '&');
        expect(read).toBe(plain(text));
      }),
    );
  });

  test('a card of the longest answer stays within Gmail’s limits', () => {
    const long = 'x'.repeat(300);
    const reason = { id: 'a', family: 'url', severity: 'high', text: long, evidence: long } as const;
    const gmail = new Gmail();
    gmail.server = [
      answers(
        201,
        view({
          reasons: Array.from({ length: 80 }, () => reason),
          pane: { title: long, tone: 'danger', lines: Array(20).fill(long), steps: Array(9).fill(long) },
        }),
      ),
    ];
    gmail.open();
    const shown: Card = gmail.press('Send report');
    expect(shown.sections.length).toBeLessThanOrEqual(100);
    for (const { widgets } of shown.sections) expect(widgets.length).toBeLessThanOrEqual(100);
    expect([...gmail.cache.values()][0]!.length).toBeLessThan(100 * 1024);
  });
});

test('message ids: decimal becomes hex, hex and drafts stay', () => {
  expect(hexMessageId('msg-f:1871234567890123456')).toBe('19f7f5ecde85bac0');
  expect(hexMessageId('#msg-f:16')).toBe('10');
  for (const id of ['19f7f5ecde85bac0', 'msg-a:r123', 'msg-f:', 'msg-f:12x', '']) expect(hexMessageId(id)).toBe(id);
});

test('the administrator’s function prints the audience of the script', () => {
  const gmail = new Gmail();
  // Neither a card nor an answer to a button.
  expect(() => gmail.run('showClientId', {}, {}, true)).toThrow('a trigger must give a Card');
  expect(gmail.lines).toEqual(['log client-of-the-script']);
});
