import type { Preferences } from '../preferences.ts';
import type { MailboxEntry, Tenant } from '../wire.ts';
import type { Words } from '../words.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { SettingsMenu } from './settings-menu.tsx';

/** Whose mailbox this is, that it is all pretence, and the settings. */
export function TopBar({
  tenant,
  entry,
  preferences,
  words,
  place,
  onPlace,
  onPick,
  onPreferences,
}: {
  tenant: Tenant;
  entry: MailboxEntry | null;
  preferences: Preferences;
  words: Words;
  place: 'folders' | 'list' | 'reading';
  onPlace: (place: 'folders' | 'list') => void;
  onPick: () => void;
  onPreferences: (change: Partial<Preferences>) => void;
}) {
  return (
    <header class="top">
      {place === 'reading' && (
        <button type="button" class="icon-button narrow" aria-label={words.back} onClick={() => onPlace('list')}>
          <Icon name="back" />
        </button>
      )}
      <button
        type="button"
        class="icon-button medium"
        aria-label={words.folders}
        aria-expanded={place === 'folders'}
        onClick={() => onPlace(place === 'folders' ? 'list' : 'folders')}
      >
        <Icon name="menu" />
      </button>
      <img class="mark" src="mark.svg" alt="" width="28" height="28" />
      <p class="brand">
        <b>Fieldpost</b>
        <span>{tenant.name}</span>
      </p>
      <p class="pretence" title={words.simulatedHint}>
        {words.simulated}
      </p>
      <span class="top-gap" />
      {tenant.gmailHref && (
        <a class="neighbour" href={tenant.gmailHref}>
          {words.gmailOfTheLab}
        </a>
      )}
      <SettingsMenu preferences={preferences} words={words} onChange={onPreferences} />
      {entry && (
        <button type="button" class="who" aria-haspopup="dialog" onClick={onPick}>
          <Avatar name={entry.displayName} address={entry.address} small />
          <span>
            <span class="sr-only">{words.openMailbox}. </span>
            <b>{entry.displayName}</b>
            <small>{entry.address}</small>
          </span>
          <Icon name="down" />
        </button>
      )}
    </header>
  );
}
