/** Everything an administrator decides, in groups. Each card has an address (`/settings#psr`) and is saved on its own. */
import { useEffect, useState } from 'preact/hooks';
import { useSurroundings } from './context.ts';
import { Title } from './frame.tsx';
import { SETTING_GROUPS } from './setting-groups.tsx';
import { SetupSteps } from './setup-steps.tsx';

export function SettingsScreen() {
  const { words, language } = useSurroundings();
  const [wanted, setWanted] = useState('');
  const { settingsPage } = words;
  useCardOfAddress();

  const terms = wanted.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  const groups = SETTING_GROUPS.map(({ id, settings }) => ({
    id,
    title: settingsPage.groups[id],
    settings: settings.map(({ words: told, ...setting }) => {
      const { title, lead } = told(words, language);
      const text = `${settingsPage.groups[id]} ${title} ${lead} ${setting.id}`.toLocaleLowerCase(language);
      return { ...setting, title, fits: terms.every((term) => text.includes(term)) };
    }),
  }));
  const none = !groups.some(({ settings }) => settings.some(({ fits }) => fits));

  return (
    <>
      <div class="screen-head">
        <Title text={words.settings.title} />
        <input
          type="search"
          class="settings-search"
          aria-label={settingsPage.search}
          placeholder={settingsPage.search}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
      </div>
      <div class="settings-page">
        <nav class="settings-ways" aria-label={settingsPage.ways}>
          {groups.map(({ id, title, settings }) => (
            <div key={id} hidden={!settings.some(({ fits }) => fits)}>
              <strong>{title}</strong>
              <ul>
                {settings.map((setting) => (
                  <li key={setting.id} hidden={!setting.fits}>
                    <a href={`#${setting.id}`}>{setting.title}</a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <div class="settings">
          {terms.length === 0 && <SetupSteps />}
          {none && <p role="status">{settingsPage.none}</p>}
          {groups.map(({ id, title, settings }) => (
            <section key={id} aria-labelledby={`group-${id}`} hidden={!settings.some(({ fits }) => fits)}>
              <h2 class="group" id={`group-${id}`}>
                {title}
              </h2>
              {/* Hidden, not gone: what somebody typed into a card outlives a search. */}
              {settings.map((setting) => (
                <div key={setting.id} id={setting.id} class="setting-place" tabIndex={-1} hidden={!setting.fits}>
                  <setting.Card />
                </div>
              ))}
            </section>
          ))}
        </div>
      </div>
    </>
  );
}

/** The card that the address names comes into view, also when its data arrives later than the page. */
function useCardOfAddress(): void {
  useEffect(() => {
    const show = () => {
      const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!card?.classList.contains('setting-place')) return;
      card.scrollIntoView();
      card.focus({ preventScroll: true });
    };
    show();
    addEventListener('hashchange', show);
    return () => removeEventListener('hashchange', show);
  }, []);
}
