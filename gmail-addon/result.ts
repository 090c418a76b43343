/** The card of a verdict: the server's words, what has been done, and what the person can do. */
import { exposureAdvice } from '../shared/i18n/exposure-advice.ts';
import { buttons, EXPOSURE_ORDER, receipt, type Speech, said } from './card-parts.ts';
import type { SectionView, WidgetView } from './card-view.ts';
import { isSettled, type ResultScreen } from './screen.ts';

/** Reasons that are seen before the person unfolds the rest. */
const FIRST_REASONS = 3;

export function resultSections(screen: ResultScreen, speech: Speech): SectionView[] {
  return [
    verdictSection(screen, speech),
    ...stepsSection(screen, speech),
    ...reasonsSection(screen, speech),
    ...exposureSection(screen, speech),
    endSection(screen, speech),
  ];
}

function verdictSection(screen: ResultScreen, { words, own, when }: Speech): SectionView {
  const { view, known, asOf, stale, withdrawal } = screen;
  const before: WidgetView[] = [];
  if (withdrawal !== undefined) {
    before.push({ kind: 'text', text: withdrawal === 'failed' ? words.wrong.failed : words.wrong.answers[withdrawal] });
  } else if (known) before.push({ kind: 'text', text: words.result.alreadyReported, quiet: true });
  const settled = isSettled(view);
  const after: WidgetView[] = [];
  const { retraction } = view;
  if (retraction?.state === 'running' && retraction.mailboxes.total > 0 && view.psr?.action !== 'preview') {
    const { searched, total } = retraction.mailboxes;
    // How many mailboxes that is, the server's sentence says.
    after.push({ kind: 'progress', share: searched / total, label: `${Math.floor((searched / total) * 100)} %` });
  }
  if (!settled) after.push({ kind: 'text', text: own.goesOn });
  if (stale) after.push({ kind: 'text', text: own.notFresh(when(asOf)) });
  else if (!settled || known) after.push({ kind: 'text', text: own.asOf(when(asOf)), quiet: true });
  if (!settled || known || stale) {
    after.push(buttons({ text: own.checkAgain, run: 'onCheckAgain', parameters: { id: view.id }, primary: !settled }));
  }
  const thanks = view.pane.brand?.thanks;
  const lines = thanks === undefined ? view.pane.lines : [...view.pane.lines, thanks];
  const section = said(view.pane.title, lines, view.pane.tone, ...after);
  return { widgets: [...before, ...section.widgets] };
}

function stepsSection({ view }: ResultScreen, { words }: Speech): SectionView[] {
  const steps = view.pane.steps ?? [];
  if (steps.length === 0) return [];
  const numbered = (text: string, at: number) => (steps.length === 1 ? text : `${at + 1}. ${text}`);
  const widgets = steps.map((text, at): WidgetView => ({ kind: 'text', text: numbered(text, at) }));
  return [{ header: words.result.stepsTitle, widgets }];
}

function reasonsSection({ view }: ResultScreen, { words }: Speech): SectionView[] {
  if (view.reasons.length === 0 || view.status !== 'concluded') return [];
  const widgets = view.reasons.map(({ text, evidence }): WidgetView => ({ kind: 'text', text, note: evidence }));
  return [{ header: words.result.reasonsTitle, unfolded: FIRST_REASONS, widgets }];
}

/** For those who have not said what happened: nothing of it is sent from here. */
function exposureSection({ view, exposed }: ResultScreen, { words, language }: Speech): SectionView[] {
  const dangerous = view.pane.tone === 'danger' || view.pane.tone === 'warning';
  if (!dangerous || exposed || view.status !== 'concluded') return [];
  const advice = EXPOSURE_ORDER.map(
    (kind): WidgetView => ({
      kind: 'text',
      text: words.form.exposures[kind],
      note: exposureAdvice([kind], language).join(' '),
    }),
  );
  const note: WidgetView = { kind: 'text', text: words.result.exposedNote, quiet: true };
  return [{ header: words.result.exposedTitle, unfolded: 0, widgets: [...advice, note] }];
}

function endSection({ view, withdrawal }: ResultScreen, speech: Speech): SectionView {
  const { wrong } = speech.words;
  // Of an exercise or an unreadable mail nothing follows that could be taken back.
  const done = withdrawal !== undefined && withdrawal !== 'failed';
  const may = view.status !== 'withdrawn' && view.status !== 'invalid' && !view.simulation && !done;
  const parameters = { id: view.id };
  const back = may ? [buttons({ text: wrong.button, run: 'onAskToWithdraw', parameters })] : [];
  const contact = view.pane.brand?.contact;
  const whom: WidgetView[] = contact === undefined ? [] : [{ kind: 'text', text: contact }];
  return { widgets: [...back, ...whom, receipt(view.id, speech)] };
}
