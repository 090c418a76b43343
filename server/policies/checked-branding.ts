import type { BrandingSettings } from '../../shared/branding.ts';
import { contrastWithWhite, LEAST_CONTRAST } from '../../shared/contrast.ts';
import { PermanentError } from '../../shared/errors.ts';

const MOST_LOGO_BYTES = 50 * 1024;
/** Whatever a reader or a client would make a link of. */
const LINK = /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+/gi;

/**
 * What an administrator may show to everybody: plain text without tricks, links to the organisation's own hosts only, a
 * colour that letters can be read on, a picture that is one.
 * @param ownDomains domains that deliver to the tenant, lower case
 * @throws PermanentError `invalid_setting`, whose text says what is accepted
 */
export function checkedBranding(branding: BrandingSettings, ownDomains: readonly string[]): BrandingSettings {
  const { colour, logo, texts } = branding;
  const organisation = checkedLine(branding.organisation, []);
  if (colour !== null && contrastWithWhite(colour) < LEAST_CONTRAST)
    throw refused(`White letters cannot be read on ${colour}: choose a darker colour.`);
  if (logo !== null) pictureOf(logo);
  const both = (text: { contact: string; thanks: string }) => ({
    contact: checkedLine(text.contact, ownDomains),
    thanks: checkedLine(text.thanks, ownDomains),
  });
  return {
    organisation,
    colour: colour?.toLowerCase() ?? null,
    logo,
    texts: { en: both(texts.en), de: both(texts.de) },
  };
}

/** Bytes and type of a logo. @throws PermanentError `invalid_setting` when they do not fit or are no picture */
export function pictureOf(logo: string): { type: string; bytes: Buffer } {
  const [, type = '', base64 = ''] = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/]+={0,2})$/.exec(logo) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0) throw refused('The logo must be a PNG, JPEG or WebP picture.');
  if (bytes.length > MOST_LOGO_BYTES) throw refused('The logo must be 50 KB at most.');
  // What it says it is must be what it is: a browser is never left to guess.
  if (typeOf(bytes) !== type) throw refused('The logo is not the kind of picture that it says.');
  return { type, bytes };
}

function typeOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  return null;
}

function checkedLine(text: string, ownDomains: readonly string[]): string {
  const line = text.trim().normalize('NFC');
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u.test(line)) throw refused('A text must be one plain line.');
  if (/[<>]/.test(line)) throw refused('A text must be plain: without < and >.');
  for (const [link] of line.matchAll(LINK)) {
    const url = URL.canParse(link) ? new URL(link) : null;
    const own = url !== null && ownDomains.some((d) => url.hostname === d || url.hostname.endsWith(`.${d}`));
    if (url?.protocol !== 'https:' || url.username !== '' || !own)
      throw refused('A link must begin with https:// and lead to a host of your own domains.');
  }
  return line;
}

const refused = (text: string) => new PermanentError('invalid_setting', text);
