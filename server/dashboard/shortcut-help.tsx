/** The list of keys, which `?` opens. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSurroundings } from './context.ts';
import { waysFor } from './screens.tsx';
import { shortcutsAreOn, switchShortcuts } from './shortcuts.ts';

export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const surroundings = useSurroundings();
  const { words } = surroundings;
  const { shortcuts: say } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(shortcutsAreOn);
  useEffect(() => dialog.current?.showModal(), []);
  const rows: [keys: string[], does: string][] = [
    ...waysFor(surroundings).map(({ key, title }): [string[], string] => [['g', key], title(words)]),
    [['/'], say.search],
    [['?'], say.help],
    [['Esc'], say.escape],
  ];
  return (
    <dialog ref={dialog} class="card shortcuts" aria-labelledby="shortcuts" onClose={onClose}>
      <h2 id="shortcuts">{say.title}</h2>
      <dl>
        {rows.map(([keys, does]) => (
          <div key={keys.join(' ')}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => {
            switchShortcuts(event.currentTarget.checked);
            setOn(event.currentTarget.checked);
          }}
        />
        {say.on}
      </label>
      <div class="buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          {say.close}
        </button>
      </div>
    </dialog>
  );
}
