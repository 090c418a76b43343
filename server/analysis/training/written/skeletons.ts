import type { Blocks, Pick } from './layout.ts';

const safe = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/**
 * The HTML of mailing services: nested tables, preheader padded with invisible spaces, sections, pictures, social
 * icons, a pixel. Lures and honest mail are written by the same hands, so that the form says nothing.
 */
export function serviceHtml(blocks: Blocks, host: string, pick: Pick, draw: () => number): string {
  const colour = pick(['#0a66c2', '#d40511', '#222222', '#00854d', '#ff6600', '#5a31f4', '#1d1d1f', '#e4002b']);
  const font = pick([
    'Arial,Helvetica,sans-serif',
    "'Open Sans',Arial,sans-serif",
    'Georgia,serif',
    'Roboto,sans-serif',
  ]);
  const picture = (alt: string, width: number) =>
    `<img src="https://${host}/${pick(['img', 'assets', 'images/email', 'cdn'])}/${Math.floor(draw() * 1e8).toString(36)}.${pick(['png', 'jpg'])}" alt="${safe(alt)}" width="${width}" border="0" style="display:block;max-width:100%">`;
  const url = blocks.button?.url ?? blocks.links[0]?.url ?? `https://${host}/`;
  const row = (inner: string, padding = '16px 24px') =>
    `<tr><td align="${pick(['left', 'left', 'center'])}" style="padding:${padding};font-family:${font};font-size:16px;line-height:24px;color:#333333">${inner}</td></tr>`;
  const rows: string[] = [];
  if (draw() < 0.3)
    rows.push(row(`<a href="${safe(url)}" style="font-size:11px;color:#888888">View in browser</a>`, '8px'));
  rows.push(
    row(
      draw() < 0.7
        ? `<a href="${safe(url)}">${picture(blocks.brand, 140)}</a>`
        : `<h2 style="color:${colour}">${safe(blocks.brand)}</h2>`,
    ),
  );
  if (draw() < 0.35) rows.push(row(`<a href="${safe(url)}">${picture(blocks.paragraphs[0] ?? '', 600)}</a>`, '0'));
  if (draw() < 0.5)
    rows.push(row(`<h1 style="font-size:26px;margin:0">${safe(blocks.paragraphs[0] ?? blocks.brand)}</h1>`));
  if (blocks.greeting !== '') rows.push(row(safe(blocks.greeting)));
  const at = Math.floor(draw() * blocks.paragraphs.length);
  const button = blocks.button ? row(buttonHtml(blocks.button, colour, pick)) : '';
  blocks.paragraphs.forEach((text, i) => {
    const linked = draw() < 0.15 ? `<a href="${safe(url)}" style="color:${colour}">${safe(text)}</a>` : safe(text);
    rows.push(
      row(pick([linked, linked, `<p style="margin:0">${linked}</p>`, `<span style="color:#444444">${linked}</span>`])),
    );
    if (i === at) rows.push(button);
  });
  if (blocks.details.length > 0)
    rows.push(
      row(
        `<table width="100%" border="0" cellpadding="4">${blocks.details.map((text) => `<tr><td style="color:#888888">${safe(text).replace(': ', '</td><td><b>')}</b></td></tr>`).join('')}</table>`,
      ),
    );
  if (draw() < 0.3)
    rows.push(
      row(
        ['facebook', 'twitter', 'instagram', 'youtube']
          .filter(() => draw() < 0.7)
          .map((name) => `<a href="${safe(url)}">${picture(name, 24)}</a>`)
          .join(''),
      ),
    );
  const links = blocks.links.map((link) => `<a href="${safe(link.url)}" style="color:#888888">${safe(link.label)}</a>`);
  rows.push(
    row(
      `<p style="font-size:11px;color:#999999">${blocks.footer.map(safe).join('<br>')}<br>${links.join(pick([' | ', ' · ', '<br>']))}</p>`,
    ),
  );
  const preheader =
    draw() < 0.55
      ? `<div style="display:none;max-height:0;overflow:hidden;font-size:1px;color:#ffffff">${safe(blocks.paragraphs[0] ?? '')}${'&#847;&zwnj;&nbsp;'.repeat(Math.floor(draw() * 40))}</div>`
      : '';
  const pixel =
    draw() < 0.5
      ? `<img src="https://${host}/o/${Math.floor(draw() * 1e12).toString(36)}.gif" width="1" height="1" alt="">`
      : '';
  const css =
    draw() < 0.6
      ? `<style type="text/css">body{margin:0}a{color:${colour}}@media only screen and (max-width:480px){.stack{display:block!important}}</style>`
      : '';
  const office =
    draw() < 0.4
      ? '<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->'
      : '';
  const type = pick([
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
    '<!doctype html>',
    '',
  ]);
  return `${type}<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">${draw() < 0.6 ? '<meta name="viewport" content="width=device-width, initial-scale=1.0">' : ''}${draw() < 0.5 ? `<title>${safe(blocks.brand)}</title>` : ''}${css}${office}</head><body bgcolor="#f5f5f5">${preheader}<table width="100%" border="0" cellpadding="0" cellspacing="0" role="presentation"><tr><td align="center"><table class="stack" width="${pick(['600', '620', '640'])}" border="0" cellpadding="0" cellspacing="0" bgcolor="#ffffff">${rows.join('\r\n')}</table></td></tr></table>${pixel}</body></html>`;
}

function buttonHtml({ label, url }: { label: string; url: string }, colour: string, pick: Pick): string {
  return pick([
    `<table border="0" cellpadding="0" cellspacing="0"><tr><td bgcolor="${colour}" style="border-radius:4px"><a href="${safe(url)}" target="_blank" style="display:inline-block;padding:14px 28px;color:#ffffff;text-decoration:none;font-weight:bold">${safe(label)}</a></td></tr></table>`,
    `<a href="${safe(url)}" style="background:${colour};color:#ffffff;padding:12px 20px;text-decoration:none">${safe(label)}</a>`,
    `<a href="${safe(url)}"><b>${safe(label)}</b></a>`,
    `<center><a href="${safe(url)}" target="_blank">${safe(label)} &gt;&gt;</a></center>`,
  ]);
}
