/** Settings for the dashboard: each is read and replaced as a whole. */
import type Type from 'typebox';
import { GuardSettings, PsrSettings, RetractionSettings, SharedMailboxSettings } from '../../shared/api.ts';
import { BrandingSettings } from '../../shared/branding.ts';
import { PdrSettings, WatchSettings } from '../../shared/delivery.ts';
import { LureSettings } from '../../shared/lure-settings.ts';
import { IntakeSettings, NotificationSettings } from '../../shared/mail.ts';
import { LearningSettings } from '../../shared/model.ts';
import { PrivacySettings } from '../../shared/privacy.ts';
import type { SettingName, SettingValues } from '../policies/face.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';

const SCHEMAS = {
  psr: PsrSettings,
  pdr: PdrSettings,
  watch: WatchSettings,
  retraction: RetractionSettings,
  guard: GuardSettings,
  shared_mailboxes: SharedMailboxSettings,
  lures: LureSettings,
  learning: LearningSettings,
  notifications: NotificationSettings,
  intake: IntakeSettings,
  branding: BrandingSettings,
  privacy: PrivacySettings,
} satisfies Record<SettingName, Type.TSchema>;

export function settingsRoutes(app: App, { settings }: HttpDeps): void {
  for (const name of Object.keys(SCHEMAS) as SettingName[]) {
    const schema = SCHEMAS[name];
    app.get(
      `/settings/${name}`,
      {
        config: { access: { role: 'config_admin' } },
        schema: {
          operationId: `get_${name}`,
          tags: ['settings'],
          summary: `The ${name} setting`,
          response: { 200: schema },
        },
      },
      () => settings.get(name),
    );
    app.put(
      `/settings/${name}`,
      {
        config: { access: { role: 'config_admin' } },
        schema: {
          operationId: `put_${name}`,
          tags: ['settings'],
          summary: `Replaces the ${name} setting and answers what is stored`,
          body: schema,
          response: { 200: schema },
        },
      },
      // The schema of this very name has checked the body.
      (request) => settings.put(name, request.body as SettingValues[typeof name], request.actor!.id),
    );
  }
}
