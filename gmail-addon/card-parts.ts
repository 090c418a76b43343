/** Pieces that cards share, and how they are worded. */
import type { ClientWords } from '../shared/i18n/client-words.ts';
import type { Language } from '../shared/i18n/language.ts';
import type { PaneTone } from '../shared/pane.ts';
import type { Exposure } from '../shared/submission.ts';
import type { SectionView, WidgetView } from './card-view.ts';
import type { GmailWords } from './words.ts';

/** How a card is to be worded. */
export interface Manner {
  language: Language;
  /** A point in time, in milliseconds since the epoch, as this person reads it. */
  time: (at: number, pattern: string) => string;
  /** Origin of the server. */
  origin: string;
}

export interface Speech extends Manner {
  words: ClientWords;
  own: GmailWords;
  when: (at: number) => string;
}

/** The commonest first. */
export const EXPOSURE_ORDER: readonly Exposure[] = ['clicked_link', 'opened_attachment', 'entered_password', 'replied'];

export function said(title: string, lines: string[], tone: PaneTone, ...more: WidgetView[]): SectionView {
  const texts = lines.map((text): WidgetView => ({ kind: 'text', text }));
  return { widgets: [{ kind: 'headline', text: title, tone }, ...texts, ...more] };
}

export function buttons(...list: Extract<WidgetView, { kind: 'buttons' }>['buttons']): WidgetView {
  return { kind: 'buttons', buttons: list };
}

export function receipt(id: string, { words }: Speech): WidgetView {
  return { kind: 'text', text: `${words.result.receipt} ${id}`, quiet: true };
}
