import type { PaneTone } from '../shared/pane.ts';

const PATHS: Record<PaneTone, string> = {
  // Octagon with a bar, triangle with a bar, check, letter i: told apart by shape, not by colour alone.
  danger: 'M7 1.5h6L18.5 7v6L13 18.5H7L1.5 13V7zM10 5.5v5.5M10 13.8v.4',
  warning: 'M10 2 18.5 17.5h-17zM10 7.5v5M10 15v.4',
  ok: 'M10 1.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM6 10.3l2.7 2.7L14 7.5',
  info: 'M10 1.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM10 9v5M10 6v.4',
};

export function ToneIcon({ tone }: { tone: PaneTone }) {
  return (
    <svg class="tone-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={PATHS[tone]} />
    </svg>
  );
}
