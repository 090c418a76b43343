import { useEffect, useRef, useState } from 'preact/hooks';
import type { Preferences } from '../preferences.ts';
import type { Words } from '../words.ts';
import { Icon } from './icons.tsx';

/** How this Outlook pretends to be: language, appearance, generation, sign-in. */
export function SettingsMenu({
  preferences,
  words,
  onChange,
}: {
  preferences: Preferences;
  words: Words;
  onChange: (change: Partial<Preferences>) => void;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      root.current?.querySelector('button')?.focus();
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);

  const choice = <K extends keyof Preferences>(key: K, label: string, options: [Preferences[K] & string, string][]) => (
    <label class="setting">
      <span>{label}</span>
      <select
        name={key}
        value={String(preferences[key])}
        onChange={(event) => onChange({ [key]: event.currentTarget.value } as unknown as Partial<Preferences>)}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={preferences[key] === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );

  return (
    <div class="settings" ref={root}>
      <button
        type="button"
        class="icon-button"
        aria-expanded={open}
        aria-label={words.settings}
        title={words.settings}
        onClick={() => setOpen(!open)}
      >
        <Icon name="settings" />
      </button>
      {open && (
        <fieldset class="popover">
          <legend>{words.settings}</legend>
          {choice('language', words.language, [
            ['en', 'English'],
            ['de', 'Deutsch'],
          ])}
          {choice('theme', words.theme, [
            ['auto', words.themeAuto],
            ['light', words.themeLight],
            ['dark', words.themeDark],
          ])}
          {choice('mailboxSet', words.client, [
            ['1.15', words.clientNow],
            ['1.14', words.clientLtsc],
            ['1.8', words.clientOld],
          ])}
          {choice('signIn', words.signInMode, [
            ['silent', words.signInSilent],
            ['asks', words.signInAsks],
            ['fails', words.signInFails],
          ])}
        </fieldset>
      )}
    </div>
  );
}
