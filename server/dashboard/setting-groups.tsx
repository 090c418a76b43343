/**
 * Every card of the settings screen, in the order of an admin's first hour. A card is one line here: its id is its address
 * (`/settings#psr`), its title is what the search and the ways list, and the component is a `<SettingCard>`, a
 * `<SettingList>` or any `<section id=...>`.
 */
import type { ComponentType } from 'preact';
import type { Language } from '../../shared/i18n/language.ts';
import { BrandingCard } from './branding-card.tsx';
import { ExportsCard } from './exports-card.tsx';
import { GuardCard } from './guard-card.tsx';
import { IntakeCard } from './intake-card.tsx';
import { LIST_WORDS, type ListName } from './list-words.ts';
import { LuresCard } from './lures-card.tsx';
import { NotificationsCard } from './notifications-card.tsx';
import { PdrCard } from './pdr-card.tsx';
import { PrivacyCard } from './privacy-card.tsx';
import { PsrCard } from './psr-card.tsx';
import { RetractionCard } from './retraction-card.tsx';
import { SettingList } from './setting-list.tsx';
import { WatchCard } from './watch-card.tsx';
import { WebhooksCard } from './webhooks-card.tsx';
import type { Words } from './words-en.ts';

export interface Setting {
  id: string;
  /** As the card is headed, and what it is about: what the search looks through. */
  words: (words: Words, language: Language) => { title: string; lead: string };
  Card: ComponentType;
}

export interface SettingGroup {
  id: keyof Words['settingsPage']['groups'];
  settings: readonly Setting[];
}

const list = (id: ListName): Setting => ({
  id,
  words: (_, language) => {
    const [title, lead] = LIST_WORDS[language].titles[id];
    return { title, lead };
  },
  Card: () => <SettingList name={id} />,
});

export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    id: 'response',
    settings: [
      { id: 'psr', words: ({ settings }) => settings.psr, Card: PsrCard },
      { id: 'pdr', words: ({ pdr }) => pdr, Card: PdrCard },
      { id: 'watch', words: ({ watch }) => watch, Card: WatchCard },
      { id: 'retraction', words: ({ settings }) => settings.retraction, Card: RetractionCard },
      { id: 'guard', words: ({ settings }) => settings.guard, Card: GuardCard },
      list('protected_mailboxes'),
    ],
  },
  {
    id: 'verdict',
    settings: [
      list('impersonation_registry'),
      list('block_senders'),
      list('allow_policies'),
      list('trusted_domains'),
      list('simulations'),
      { id: 'lures', words: ({ settings }) => settings.lures, Card: LuresCard },
    ],
  },
  {
    id: 'people',
    settings: [
      { id: 'notifications', words: ({ notifications }) => notifications, Card: NotificationsCard },
      { id: 'intake', words: ({ intake }) => intake, Card: IntakeCard },
      { id: 'branding', words: ({ branding }) => branding, Card: BrandingCard },
    ],
  },
  {
    id: 'outside',
    settings: [
      { id: 'webhooks', words: ({ webhooks }) => webhooks, Card: WebhooksCard },
      { id: 'exports', words: ({ exports }) => exports, Card: ExportsCard },
    ],
  },
  { id: 'privacy', settings: [{ id: 'privacy', words: ({ privacy }) => privacy, Card: PrivacyCard }] },
];
