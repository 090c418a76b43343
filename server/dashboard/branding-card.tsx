/** How the organisation shows itself in both panes. */
import { useRef, useState } from 'preact/hooks';
import type { BrandingSettings } from '../../shared/branding.ts';
import { contrastWithWhite, LEAST_CONTRAST } from '../../shared/contrast.ts';
import { LANGUAGES } from '../../shared/i18n/language.ts';
import { useWords } from './context.ts';
import { SettingCard } from './setting-card.tsx';

const MOST_LOGO_BYTES = 50 * 1024;
const FIRST_COLOUR = '#0b6e7f';

export function BrandingCard() {
  const words = useWords().branding;
  return (
    <SettingCard<BrandingSettings> name="branding" title={words.title} lead={words.lead}>
      {(branding, change) => <Fields branding={branding} change={change} />}
    </SettingCard>
  );
}

function Fields({ branding, change }: { branding: BrandingSettings; change: (next: BrandingSettings) => void }) {
  const words = useWords().branding;
  const { organisation, colour, logo, texts } = branding;
  const [refused, setRefused] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const dress = (element: HTMLElement | null) => {
    if (element) element.style.background = colour ?? '';
  };
  const take = (file: File | undefined) => {
    setRefused('');
    if (!file) return;
    if (file.size > MOST_LOGO_BYTES) return setRefused(words.logoTooLarge);
    const reader = new FileReader();
    reader.onload = () => change({ ...branding, logo: String(reader.result) });
    reader.readAsDataURL(file);
  };
  return (
    <>
      <label class="field">
        <span>{words.organisation}</span>
        <input
          maxLength={60}
          value={organisation}
          onInput={(event) => change({ ...branding, organisation: event.currentTarget.value })}
        />
      </label>
      <div class="brand-row">
        <label class="check">
          <input
            type="checkbox"
            checked={colour !== null}
            onChange={(event) => change({ ...branding, colour: event.currentTarget.checked ? FIRST_COLOUR : null })}
          />
          {words.colour}
        </label>
        {colour !== null && (
          <>
            <input
              type="color"
              aria-label={words.colour}
              value={colour}
              onInput={(event) => change({ ...branding, colour: event.currentTarget.value })}
            />
            <span class="brand-sample" ref={dress} aria-hidden="true">
              {organisation || words.sample}
            </span>
          </>
        )}
      </div>
      {colour !== null && contrastWithWhite(colour) < LEAST_CONTRAST && <p class="banner warning">{words.tooLight}</p>}
      <div class="brand-row">
        <label class="field">
          <span>{words.logo}</span>
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            onChange={(event) => take(event.currentTarget.files?.[0])}
          />
        </label>
        {logo !== null && (
          <>
            <span class="quiet">{words.logoThere}</span>
            <button
              type="button"
              class="plain"
              onClick={() => {
                if (input.current) input.current.value = '';
                change({ ...branding, logo: null });
              }}
            >
              {words.removeLogo}
            </button>
          </>
        )}
      </div>
      {refused && <p class="banner warning">{refused}</p>}
      {LANGUAGES.map((language) => (
        <fieldset key={language} class="brand-texts">
          <legend>{words.languages[language]}</legend>
          {(['thanks', 'contact'] as const).map((name) => (
            <label key={name} class="field">
              <span>{words.texts[name]}</span>
              <input
                lang={language}
                maxLength={200}
                value={texts[language][name]}
                onInput={(event) =>
                  change({
                    ...branding,
                    texts: { ...texts, [language]: { ...texts[language], [name]: event.currentTarget.value } },
                  })
                }
              />
            </label>
          ))}
        </fieldset>
      ))}
      <p class="quiet small">{words.gmail}</p>
    </>
  );
}
