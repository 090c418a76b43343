import { createHash } from 'node:crypto';
import type { SubmissionView } from '../../shared/api.ts';
import { type BrandingSettings, paneBrand } from '../../shared/branding.ts';
import { languageOf } from '../../shared/i18n/language.ts';
import type { Settings } from '../policies/face.ts';

/** A pane is drawn many times a minute, and a logo is large: nobody waits longer than this for a new one. */
const KEPT_MS = 5_000;

interface Known {
  at: number;
  branding: BrandingSettings;
  version: string | null;
}
const known = new WeakMap<object, Promise<Known>>();

/** The view with what the organisation shows of itself in the pane. */
export async function withBrand(
  world: { settings: Pick<Settings, 'get'>; now(): Date },
  view: SubmissionView,
  language: string,
): Promise<SubmissionView> {
  const { branding, version } = await brandingOf(world);
  const brand = paneBrand(branding, languageOf(language), version);
  if (!brand) return view;
  const dangerous = view.pane.tone === 'danger' || view.pane.tone === 'warning';
  const { thanks, ...always } = brand;
  const thanked = dangerous && view.status === 'concluded' && thanks !== undefined;
  return { ...view, pane: { ...view.pane, brand: thanked ? brand : always } };
}

async function brandingOf({ settings, now }: { settings: Pick<Settings, 'get'>; now(): Date }): Promise<Known> {
  const at = now().getTime();
  const last = await known.get(settings)?.catch(() => undefined);
  if (last && at - last.at < KEPT_MS) return last;
  const read = settings.get('branding').then((branding) => ({ at, branding, version: logoVersion(branding.logo) }));
  known.set(settings, read);
  return read;
}

/** Tells one logo from the next. */
export function logoVersion(logo: string | null): string | null {
  return logo === null ? null : createHash('sha256').update(logo).digest('hex').slice(0, 16);
}
