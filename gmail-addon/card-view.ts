/** A card without CardService: what is on it, in plain text. The renderer escapes. */
import type { PaneTone } from '../shared/pane.ts';
import type { Callback } from './callbacks.ts';

export interface CardView {
  name: string;
  title: string;
  subtitle?: string;
  sections: SectionView[];
  /** Stays in sight below the card. */
  footer?: ButtonView;
}

export interface SectionView {
  header?: string;
  /** How many widgets are seen before the person unfolds it; absent: all, always. */
  unfolded?: number;
  widgets: WidgetView[];
}

export type WidgetView =
  | { kind: 'text'; text: string; quiet?: boolean; note?: string }
  | { kind: 'headline'; text: string; tone: PaneTone }
  | { kind: 'progress'; share: number; label: string }
  | { kind: 'choice'; name: string; title: string; many: boolean; items: ChoiceItem[] }
  | { kind: 'input'; name: string; title: string; hint: string }
  | { kind: 'buttons'; buttons: ButtonView[] };

export interface ChoiceItem {
  value: string;
  text: string;
  chosen: boolean;
}

export type ButtonView =
  | { text: string; run: Callback; parameters?: Record<string, string>; primary?: boolean }
  | { text: string; link: string };
