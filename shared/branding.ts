/** How an organisation shows itself in both panes: a name, a colour, a logo, and whom to ask. Plain text, never HTML. */
import Type, { type Static } from 'typebox';
import type { Language } from './i18n/language.ts';

const Line = (maxLength: number) => Type.String({ maxLength });

const Texts = Type.Object(
  {
    /** Whom to ask, below every answer, such as `Questions? IT desk, extension 4711`. */
    contact: Line(200),
    /** One sentence above the answer of a report that turned out dangerous; '' for none. */
    thanks: Line(200),
  },
  { additionalProperties: false },
);

export const BrandingSettings = Type.Object(
  {
    organisation: Line(60),
    /** `#rrggbb` on which white letters can be read (4.5:1 at least); null: none. */
    colour: Type.Union([Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }), Type.Null()]),
    /** PNG, JPEG or WebP as a data URL, at most 50 KB; null: none. */
    logo: Type.Union([Type.String({ maxLength: 70_000, pattern: '^data:image/(png|jpeg|webp);base64,' }), Type.Null()]),
    texts: Type.Object({ en: Texts, de: Texts }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type BrandingSettings = Static<typeof BrandingSettings>;

/** What a pane shows of it, in the reporter's language. */
export const PaneBrand = Type.Object({
  organisation: Type.Optional(Type.String()),
  colour: Type.Optional(Type.String()),
  /** Path below the server's address; absent: no logo. */
  logo: Type.Optional(Type.String()),
  contact: Type.Optional(Type.String()),
  thanks: Type.Optional(Type.String()),
});
export type PaneBrand = Static<typeof PaneBrand>;

/** @param version tells one logo from the next, so that a pane may keep it. undefined: nothing is set */
export function paneBrand(
  branding: BrandingSettings,
  language: Language,
  version: string | null,
): PaneBrand | undefined {
  const { organisation, colour } = branding;
  const { contact, thanks } = branding.texts[language];
  const brand: PaneBrand = {
    ...(organisation === '' ? {} : { organisation }),
    ...(colour === null ? {} : { colour }),
    ...(version === null ? {} : { logo: `/addins/brand/logo?v=${version}` }),
    ...(contact === '' ? {} : { contact }),
    ...(thanks === '' ? {} : { thanks }),
  };
  return Object.keys(brand).length === 0 ? undefined : brand;
}
