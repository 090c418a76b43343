/** Keys that lead somewhere. They can be switched off: speech control types letters too (WCAG 2.1.4). */
import { useEffect, useRef } from 'preact/hooks';

const KEY = 'reelback.shortcuts';
/** How long `g` waits for its letter. */
const SEQUENCE_MS = 1_500;

export function shortcutsAreOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export function switchShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Storage may be switched off; the keys then stay as they are.
  }
}

interface Shortcuts {
  /** Where `g` and a letter lead. */
  ways: Record<string, () => void>;
  /** `?` */
  help: () => void;
}

/** `g` and a letter go to a screen, `/` to the search field of this one, `?` opens the list of all. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  useEffect(() => {
    let sequenceUntil = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !shortcutsAreOn()) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const follows = event.timeStamp < sequenceUntil;
      sequenceUntil = 0;
      const way = follows ? newest.current.ways[event.key] : undefined;
      if (way) way();
      else if (event.key === 'g') {
        sequenceUntil = event.timeStamp + SEQUENCE_MS;
        return;
      } else if (event.key === '?') newest.current.help();
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (!search) return;
        search.focus();
        search.select();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type)));
