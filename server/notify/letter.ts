/** A mail to a person as data; text and HTML say the same. Words come composed and defanged; nothing in here is markup. */
export interface Letter {
  subject: string;
  title: string;
  /** Paragraphs. */
  lines: string[];
  /** What it is about, such as subject and sender of the reported mail. */
  facts: { name: string; value: string }[];
  /** What was found, or what to do; [] for none. */
  listTitle: string;
  list: { text: string; detail: string }[];
  footer: string[];
}

export function letterAsText(letter: Letter): string {
  const facts = letter.facts.map(({ name, value }) => `${name}: ${value}`);
  const list = letter.list.map(({ text, detail }) => (detail === '' ? `- ${text}` : `- ${text}\n  ${detail}`));
  const blocks = [
    letter.title,
    ...letter.lines,
    facts.join('\n'),
    ...(list.length > 0 ? [[letter.listTitle, ...list].filter((line) => line !== '').join('\n')] : []),
    ...(letter.footer.length > 0 ? [`-- \n${letter.footer.join('\n')}`] : []),
  ];
  return `${blocks
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .join('\n\n')}\n`;
}

/** Without pictures, links, scripts or anything from elsewhere, so that it looks like nobody's lure. */
export function letterAsHtml(letter: Letter, language: string): string {
  const paragraphs = letter.lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  const facts = letter.facts.map(
    ({ name, value }) => `<tr><th align="left" valign="top">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const list = letter.list.map(
    ({ text, detail }) =>
      `<li>${escapeHtml(text)}${detail === '' ? '' : `<br><small>${escapeHtml(detail)}</small>`}</li>`,
  );
  return [
    `<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><title>${escapeHtml(letter.subject)}</title></head><body>`,
    `<h1 style="font-size:1.3em">${escapeHtml(letter.title)}</h1>`,
    ...paragraphs,
    ...(facts.length > 0 ? [`<table cellpadding="4">${facts.join('')}</table>`] : []),
    ...(list.length > 0 ? [`<p><strong>${escapeHtml(letter.listTitle)}</strong></p><ul>${list.join('')}</ul>`] : []),
    ...letter.footer.map((line) => `<p style="color:#666"><small>${escapeHtml(line)}</small></p>`),
    '</body></html>',
  ].join('\n');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] as string);
