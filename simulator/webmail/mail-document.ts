import type { Reading } from './mail-reading.ts';

/**
 * What a mail may do inside the reading pane: be looked at. No script, no request to anywhere, no form, no frame; the
 * same-origin flag is for us alone, to measure its height and to hear clicks, and without scripts the mail cannot use it.
 */
export const DOCUMENT_CSP =
  "sandbox allow-same-origin; default-src 'none'; img-src data:; style-src 'unsafe-inline'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const LARGEST_INLINE_IMAGE = 2 * 1024 * 1024;

/** The HTML document for the reading pane. HTML mail stands on white paper in either theme, as its author expected. */
export function mailDocument(reading: Reading, theme: 'light' | 'dark'): string {
  if (reading.html !== null) return page(withInlineImages(reading.html, reading), 'html');
  return page(`<div class="plain">${linked(escapeHtml(reading.text))}</div>`, theme);
}

function page(body: string, paper: 'html' | 'light' | 'dark'): string {
  const [back, ink, link] = paper === 'dark' ? ['#161d22', '#e6ecef', '#7cc4ea'] : ['#ffffff', '#1b2a33', '#0f5e8c'];
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>
html { background: ${back}; color: ${ink}; color-scheme: ${paper === 'dark' ? 'dark' : 'light'}; }
body { margin: 0; padding: ${paper === 'html' ? '16px' : '4px 0'}; overflow-wrap: anywhere;
  font: 15px/1.55 "Segoe UI", system-ui, -apple-system, sans-serif; }
.plain { white-space: pre-wrap; max-width: 76ch; }
img { max-width: 100%; height: auto; }
table { max-width: 100%; }
a { color: ${link}; }
</style>
${body}`;
}

/** `cid:` pictures come from the mail itself, as data; pictures from outside stay out. */
function withInlineImages(html: string, reading: Reading): string {
  return html.replace(/\bcid:([^"'\s)>]+)/gi, (whole, id: string) => {
    const wanted = decode(id);
    const part = reading.attachments.find((it) => it.contentId === wanted);
    if (!part || part.size > LARGEST_INLINE_IMAGE || !/^image\/(png|jpeg|gif|webp)$/.test(part.contentType))
      return whole;
    return `data:${part.contentType};base64,${Buffer.from(part.content).toString('base64')}`;
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const linked = (html: string) => html.replace(/\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g, '<a href="$&">$&</a>');

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
