/** What each screen looks like: a screen in, a card in plain text out. */
import type { ClientWords } from '../shared/i18n/client-words.ts';
import { clientWords } from '../shared/i18n/client-words.ts';
import { REPORT_TYPES } from '../shared/submission.ts';
import { buttons, EXPOSURE_ORDER, type Manner, receipt, type Speech, said } from './card-parts.ts';
import type { CardView, SectionView, WidgetView } from './card-view.ts';
import { resultSections } from './result.ts';
import type { Screen, TroubleScreen } from './screen.ts';
import { type GmailTrouble, isSafeToRepeat } from './trouble.ts';
import { type GmailWords, gmailWords } from './words.ts';

/** Fields of the form, as callbacks receive them. */
export const FIELD = { type: 'type', exposure: 'exposure', comment: 'comment' } as const;

const PRODUCT = 'Reelback';

export function cardOf(screen: Screen, manner: Manner): CardView {
  const own = gmailWords(manner.language);
  const when = (at: number) => manner.time(at, own.timePattern);
  const speech: Speech = { ...manner, words: clientWords(manner.language), own, when };
  const card = (sections: SectionView[], title: string = PRODUCT): CardView => ({ name: screen.at, title, sections });
  switch (screen.at) {
    case 'home':
      return card([said(own.home.title, [own.home.text], 'info', about(speech))]);
    case 'ready':
      return readyCard(speech);
    case 'unsure': {
      const lines = [own.unsure.text(when(screen.sentAt)), own.safeToRepeat];
      const again = buttons({ text: speech.words.tryAgain, run: 'onSendAgain', primary: true });
      return card([said(own.unsure.title, lines, 'warning', again)]);
    }
    case 'reported': {
      const look = buttons({ text: own.checkAgain, run: 'onCheckAgain', parameters: { id: screen.id }, primary: true });
      const text = own.reported.text(when(screen.sentAt));
      return card([said(own.reported.title, [text], 'info', look, receipt(screen.id, speech))]);
    }
    case 'asking':
      return card([askingSection(screen.id, speech)], speech.words.wrong.button);
    case 'trouble':
      return card([troubleSection(screen, speech)]);
    case 'result':
      return { ...card(resultSections(screen, speech)), subtitle: screen.view.pane.brand?.organisation };
  }
}

function about({ own, origin }: Speech): WidgetView {
  return buttons({ text: own.about, link: `${origin}/addins/gmail/about.html` });
}

function readyCard(speech: Speech): CardView {
  const { form } = speech.words;
  const host = speech.origin.replace(/^https?:\/\//, '');
  return {
    name: 'ready',
    title: PRODUCT,
    subtitle: form.title,
    sections: [
      {
        widgets: [
          {
            kind: 'choice',
            name: FIELD.type,
            title: form.type,
            many: false,
            items: REPORT_TYPES.map((value, at) => ({ value, text: form.types[value], chosen: at === 0 })),
          },
        ],
      },
      {
        widgets: [
          {
            kind: 'choice',
            name: FIELD.exposure,
            title: form.exposure,
            many: true,
            items: EXPOSURE_ORDER.map((value) => ({ value, text: form.exposures[value], chosen: false })),
          },
          { kind: 'input', name: FIELD.comment, title: form.comment, hint: form.commentHint },
        ],
      },
      {
        header: form.whatIsSent,
        widgets: [{ kind: 'text', text: `${form.wholeMessage} ${form.recipient(host)}` }, about(speech)],
      },
    ],
    footer: { text: form.send, run: 'onReport', primary: true },
  };
}

function askingSection(id: string, { words: { wrong } }: Speech): SectionView {
  const yes = { text: wrong.yes, run: 'onWithdraw', parameters: { id }, primary: true } as const;
  const no = { text: wrong.no, run: 'onKeepReport' } as const;
  return said(wrong.question, [wrong.explanation], 'info', buttons(no, yes));
}

function troubleSection(screen: TroubleScreen, { words, own }: Speech): SectionView {
  const { title, text } = troubleWords(screen.trouble, words, own);
  const lines = [text];
  if (screen.waitMs !== undefined) lines.push(own.wait(Math.ceil(screen.waitMs / 1000)));
  if (isSafeToRepeat(screen.trouble)) lines.push(own.safeToRepeat);
  const more: WidgetView[] = [];
  if (screen.next === 'send_again') more.push(buttons({ text: words.tryAgain, run: 'onSendAgain', primary: true }));
  if (screen.next === 'check' && screen.id) {
    const parameters = { id: screen.id };
    more.push(buttons({ text: own.checkAgain, run: 'onCheckAgain', parameters, primary: true }));
  }
  if (screen.detail) more.push({ kind: 'text', text: `${words.technical} ${screen.detail}`, quiet: true });
  return said(title, lines, CALM.includes(screen.trouble) ? 'info' : 'warning', ...more);
}

/** Nothing is wrong here. */
const CALM: readonly GmailTrouble[] = ['message_gone', 'answer_missing', 'no_item'];

export function troubleWords(trouble: GmailTrouble, words: ClientWords, own: GmailWords) {
  return trouble in own.trouble
    ? own.trouble[trouble as keyof GmailWords['trouble']]
    : words.trouble[trouble as keyof ClientWords['trouble']];
}
