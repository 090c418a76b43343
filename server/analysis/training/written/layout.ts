/** Blocks of a mail before they are written as text or HTML. */
export interface Blocks {
  brand: string;
  greeting: string;
  paragraphs: string[];
  details: string[];
  button: { label: string; url: string } | null;
  footer: string[];
  links: { label: string; url: string }[];
  /** Text that the HTML hides. */
  hidden?: string;
}

export type Pick = <T>(from: readonly T[]) => T;

export function asText(blocks: Blocks): string {
  const button = blocks.button ? [`${blocks.button.label}:`, blocks.button.url] : [];
  return [
    blocks.greeting,
    ...blocks.paragraphs,
    blocks.details.join('\r\n'),
    button.join('\r\n'),
    [...blocks.footer, ...blocks.links.map(({ label, url }) => `${label}: ${url}`)].join('\r\n'),
  ]
    .filter((part) => part !== '')
    .join('\r\n\r\n');
}

/** HTML in one of several hands, so that no hand stands for an intention. */
export function asHtml(blocks: Blocks, pick: Pick): string {
  if (blocks.button === null && blocks.footer.length === 0) return officeHtml(blocks, pick);
  const style = pick(['table', 'div', 'plain', 'card', 'rich'] as const);
  const colour = pick(['#0a66c2', '#d40511', '#222222', '#00854d', '#ff6600', '#5a31f4']);
  const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const paragraphs = blocks.paragraphs.map((text) => `<p style="margin:0 0 16px">${safe(text)}</p>`).join('\r\n');
  const details = blocks.details.length
    ? pick([
        `<ul>${blocks.details.map((text) => `<li>${safe(text)}</li>`).join('')}</ul>`,
        `<table>${blocks.details.map((text) => `<tr><td>${safe(text).replace(':', '</td><td>')}</td></tr>`).join('')}</table>`,
      ])
    : '';
  const button = blocks.button
    ? `<a href="${safe(blocks.button.url)}" style="display:inline-block;padding:12px 24px;background:${colour};color:#ffffff;text-decoration:none;border-radius:4px">${safe(blocks.button.label)}</a>`
    : '';
  const links = blocks.links.map(({ label, url }) => `<a href="${safe(url)}">${safe(label)}</a>`).join(' | ');
  const footer = `<p style="font-size:12px;color:#777777">${blocks.footer.map(safe).join('<br>')}<br>${links}</p>`;
  const logo = pick([
    '',
    `<h1 style="color:${colour}">${safe(blocks.brand)}</h1>`,
    `<img src="https://${hostOf(blocks)}/logo.png" alt="${safe(blocks.brand)}" width="120">`,
  ]);
  const inner = `${logo}<p>${safe(blocks.greeting)}</p>\r\n${paragraphs}\r\n${details}\r\n${button}\r\n${footer}`;
  if (style === 'plain') return `<html><body>${inner}</body></html>`;
  if (style === 'div') return `<div dir="ltr" style="font-family:Arial,sans-serif">${inner}</div>`;
  const head = `<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="viewport" content="width=device-width"><title>${safe(blocks.brand)}</title>${style === 'rich' ? '<style>@media only screen and (max-width:600px){.w{width:100%!important}}</style><!--[if mso]><style>td{font-family:Arial}</style><![endif]-->' : ''}</head>`;
  const preheader =
    style === 'rich' ? `<div style="display:none;max-height:0">${safe(blocks.paragraphs[0] ?? '')}</div>` : '';
  const width = pick(['600', '640', '560']);
  return `<!DOCTYPE html><html lang="en">${head}<body style="margin:0;background:#f4f4f4">${preheader}<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"><table class="w" role="presentation" width="${width}" style="background:#ffffff"><tr><td style="padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:15px">${inner}</td></tr></table></td></tr></table></body></html>`;
}

/** As mail programs of people write it. */
function officeHtml(blocks: Blocks, pick: Pick): string {
  const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const texts = [blocks.greeting, ...blocks.paragraphs].filter((text) => text !== '').map(safe);
  return pick([
    `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>p.MsoNormal{margin:0;font-size:11.0pt;font-family:"Calibri",sans-serif}</style></head><body lang="EN-GB"><div class="WordSection1">${texts.map((text) => `<p class="MsoNormal">${text}</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>`).join('')}</div></body></html>`,
    `<div dir="ltr">${texts.join('<div><br></div>')}</div>`,
    `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>${texts.map((text) => `<p>${text}</p>`).join('')}</body></html>`,
    `<html><body style="font-family:Segoe UI,Arial,sans-serif;font-size:14px"><p>${texts.join('<br><br>')}</p></body></html>`,
  ]);
}

export function hostOf(blocks: Blocks): string {
  const url = blocks.button?.url ?? blocks.links[0]?.url ?? 'https://localhost/';
  return url.replace(/^https?:\/\//, '').split('/')[0] as string;
}
