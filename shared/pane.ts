export const PANE_TONES = ['danger', 'warning', 'ok', 'info'] as const;
export type PaneTone = (typeof PANE_TONES)[number];

/** What both add-ins show, composed by the server in the reporter's language. Plain text, never HTML. */
export interface PaneView {
  title: string;
  tone: PaneTone;
  lines: string[];
}
