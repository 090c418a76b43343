/** One page that shows a mail without what it could do: for a frame without any rights, under a policy that allows nothing. */
import { languageOf } from '../../shared/i18n/language.ts';
import { sniffFileType } from './file-types.ts';
import { imageSize } from './image-size.ts';
import { type KeptFile, keptFiles } from './kept-files.ts';
import type { Message } from './message.ts';
import { readMessage } from './parse.ts';
import { PREVIEW_WORDS, type PreviewWords } from './preview-words.ts';
import { escapeHtml, safeHtml } from './safe-html.ts';

const MOST_TEXT = 500_000;
const MOST_IMAGES = 30;
const MOST_IMAGE_BYTES = 1024 * 1024;
const MOST_IMAGE_BYTES_TOGETHER = 4 * 1024 * 1024;
/** Either side; a decoder takes four bytes a pixel. */
const MOST_PIXELS = 4_000_000;
/** Raster formats whose size can be read before anything decodes them. */
const RASTER: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif' };

/** What the page may do, beside being shown in a frame of our own. */
export const PREVIEW_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const STYLE =
  'html{background:#fff;color:#1d2427;font:15px/22px "Segoe UI",system-ui,sans-serif}body{margin:0;padding:16px;overflow-wrap:anywhere}' +
  'pre{white-space:pre-wrap;font:inherit}img{max-width:100%;height:auto}table{border-collapse:collapse;max-width:100%}td,th{vertical-align:top}' +
  '.link{text-decoration:underline;color:#0b5a68}.target{font:12px/18px ui-monospace,Consolas,monospace;color:#6b3a00;background:#fdf5e6;padding:0 4px}' +
  '.image,.field{display:inline-block;border:1px dashed #7d8a91;border-radius:4px;padding:0 6px;font-size:13px;color:#56636a}' +
  '.note{color:#56636a;font-size:13px}';

/** @param language BCP 47 or Accept-Language @returns a whole document */
export function previewPage(raw: Uint8Array, language: string): string {
  const spoken = languageOf(language);
  const words = PREVIEW_WORDS[spoken];
  const message = readMessage(raw);
  const body = message.html === '' ? plainBody(message, words) : htmlBody(raw, message, words);
  return (
    `<!doctype html><html lang="${spoken}"><head><meta charset="utf-8"><title>${escapeHtml(words.title)}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body>${body}</body></html>`
  );
}

function plainBody({ text }: Message, words: PreviewWords): string {
  if (text.trim() === '') return `<p class="note">${escapeHtml(words.empty)}</p>`;
  const cut = text.length > MOST_TEXT ? `<p class="note">${escapeHtml(words.cut)}</p>` : '';
  return `<pre>${escapeHtml(text.slice(0, MOST_TEXT))}</pre>${cut}`;
}

function htmlBody(raw: Uint8Array, message: Message, words: PreviewWords): string {
  const pictures = new Pictures(raw);
  return safeHtml(message.html, { words, image: (src) => pictures.dataOf(src) });
}

/** Pictures that the mail carries itself, bounded in number and bytes, and checked by their own bytes. */
class Pictures {
  private readonly known = new Map<string, string | null>();
  private files: KeptFile[] | null = null;
  private left = MOST_IMAGE_BYTES_TOGETHER;

  constructor(private readonly raw: Uint8Array) {}

  dataOf(src: string): string | null {
    const known = this.known.get(src);
    if (known !== undefined) return known;
    if (this.known.size >= MOST_IMAGES * 4) return null;
    const bytes = this.bytesOf(src);
    const data = bytes && bytes.length <= this.left ? dataAddress(bytes) : null;
    if (data !== null) this.left -= bytes!.length;
    this.known.set(src, data);
    return data;
  }

  private bytesOf(src: string): Buffer | null {
    const written = /^data:image\/[a-z+.-]{1,20};base64,/i.exec(src.slice(0, 60));
    if (written) {
      const text = src.slice(written[0].length);
      return text.length > MOST_IMAGE_BYTES * 1.4 ? null : Buffer.from(text, 'base64');
    }
    if (!/^cid:/i.test(src)) return null;
    const id = src.slice(4);
    this.files ??= keptFiles(this.raw, ({ contentId }) => contentId !== null).slice(0, MOST_IMAGES);
    return this.files.find(({ contentId }) => contentId === id || contentId === decoded(id))?.bytes ?? null;
  }
}

function dataAddress(bytes: Buffer): string | null {
  if (bytes.length > MOST_IMAGE_BYTES) return null;
  const type = sniffFileType(bytes, '');
  const size = imageSize(bytes);
  if (!Object.hasOwn(RASTER, type) || !size || size.width * size.height > MOST_PIXELS) return null;
  return `data:${RASTER[type]};base64,${bytes.toString('base64')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
