/** Blocks to text and HTML, in the two looks mails have: typed by a person, or designed. */
import type { Block, Brand, Letter } from './letter.ts';

export function textOf(letter: Letter): string {
  const lines = letter.body.map((block) => {
    if (typeof block === 'string') return plain(block);
    if ('heading' in block) return block.heading.toUpperCase();
    if ('button' in block) return `${block.button}: ${block.href}`;
    if ('rows' in block) return block.rows.map(([name, value]) => `${name}: ${plain(value)}`).join('\n');
    if ('quote' in block) return block.quote.replace(/^/gm, '> ');
    if ('picture' in block) return `[${block.alt}]`;
    return plain(block.small);
  });
  const footer = letter.brand ? [`-- \n${letter.brand.footer}`] : [];
  return `${[...lines, ...footer].join('\n\n')}\n`;
}

export function htmlOf(letter: Letter): string {
  return letter.brand ? designed(letter.body, letter.brand, letter.subject) : typed(letter.body);
}

function typed(body: readonly Block[]): string {
  const style = 'font-family:Aptos,Calibri,Helvetica,sans-serif;font-size:11pt;color:#1f1f1f;margin:0 0 10pt';
  const inner = body.map((block) => {
    if (typeof block === 'string') return `<p style="${style}">${rich(block)}</p>`;
    if ('heading' in block) return `<p style="${style}"><b>${encode(block.heading)}</b></p>`;
    if ('button' in block) return `<p style="${style}"><a href="${encode(block.href)}">${encode(block.button)}</a></p>`;
    if ('rows' in block)
      return table(block.rows, 'border-collapse:collapse;font-family:Aptos,Calibri,sans-serif;font-size:11pt');
    if ('quote' in block)
      return `<blockquote style="margin:0 0 10pt;padding-left:8pt;border-left:2px solid #c8c8c8;color:#555">${rich(block.quote)}</blockquote>`;
    if ('picture' in block) return picture(block);
    return `<p style="font-size:9pt;color:#666">${rich(block.small)}</p>`;
  });
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">${inner.join('\n')}</body></html>`;
}

function designed(body: readonly Block[], brand: Brand, title: string): string {
  const ink = brand.ink ?? '#ffffff';
  const inner = body.map((block) => {
    if (typeof block === 'string') return `<p style="margin:0 0 16px;line-height:1.5">${rich(block)}</p>`;
    if ('heading' in block)
      return `<h1 style="margin:0 0 16px;font-size:22px;line-height:1.25;color:#111">${encode(block.heading)}</h1>`;
    if ('button' in block) return button(block, brand.colour, ink);
    if ('rows' in block) return table(block.rows, 'width:100%;border-collapse:collapse;margin:0 0 16px;font-size:14px');
    if ('quote' in block)
      return `<div style="margin:0 0 16px;padding:12px 16px;background:#f4f5f7;border-radius:6px">${rich(block.quote)}</div>`;
    if ('picture' in block) return `<p style="margin:0 0 16px;text-align:center">${picture(block)}</p>`;
    return `<p style="margin:0 0 12px;font-size:12px;color:#6b7280">${rich(block.small)}</p>`;
  });
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${encode(title)}</title></head>
<body style="margin:0;background:#eef0f3;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;color:#2b2f36">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;width:100%;background:#ffffff;border-radius:8px;overflow:hidden">
<tr><td style="background:${brand.colour};color:${ink};padding:18px 28px;font-size:18px;font-weight:600">${encode(brand.name)}</td></tr>
<tr><td style="padding:28px">
${inner.join('\n')}
</td></tr>
<tr><td style="padding:16px 28px;background:#f7f8fa;font-size:12px;line-height:1.5;color:#6b7280">${rich(brand.footer)}</td></tr>
</table></td></tr></table></body></html>`;
}

function button({ button: words, href }: { button: string; href: string }, colour: string, ink: string): string {
  return `<p style="margin:0 0 20px"><a href="${encode(href)}" style="display:inline-block;padding:11px 22px;border-radius:5px;background:${colour};color:${ink};text-decoration:none;font-weight:600">${encode(words)}</a></p>`;
}

function table(rows: readonly (readonly [string, string])[], style: string): string {
  const cells = rows.map(
    ([name, value]) =>
      `<tr><td style="padding:6px 16px 6px 0;color:#6b7280">${encode(name)}</td><td style="padding:6px 0">${rich(value)}</td></tr>`,
  );
  return `<table role="presentation" style="${style}">${cells.join('')}</table>`;
}

function picture({ picture: cid, alt }: { picture: string; alt: string }): string {
  return `<img src="cid:${cid}" alt="${encode(alt)}" width="180" height="180">`;
}

function rich(text: string): string {
  return encode(text)
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replace(/\n/g, '<br>\n');
}

function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, words: string, url: string) => (words === url ? url : `${words} <${url}>`))
    .replace(/\*\*/g, '');
}

function encode(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
