/** Comma-separated values, RFC 4180: quotes around a field with a comma, a quote or a line break. */

/**
 * Rows of fields with the line each begins on (from 1); empty lines are passed over. A lone quote inside a field is a quote.
 * @returns null when a quoted field is never closed
 */
export function readCsv(text: string): { line: number; fields: string[] }[] | null {
  const rows: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let field = '';
  let line = 1;
  let startedAt = 1;
  let quoted = false;
  const endRow = () => {
    fields.push(field);
    if (fields.length > 1 || field.trim() !== '') rows.push({ line: startedAt, fields });
    fields = [];
    field = '';
    startedAt = line;
  };
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] as string;
    if (char === '\n') line++;
    if (quoted) {
      if (char !== '"') field += char;
      else if (source[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (char === '"' && field.trim() === '') {
      quoted = true;
      field = '';
    } else if (char === ',') {
      fields.push(field);
      field = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') field += char;
  }
  if (quoted) return null;
  if (field !== '' || fields.length > 0) endRow();
  return rows;
}

/** A field that a spreadsheet would take for a formula is written as text. */
export function csvLine(fields: readonly string[]): string {
  const written = fields.map((field) => {
    const plain = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  });
  return `${written.join(',')}\r\n`;
}

/** What csvLine wrote before a formula's first letter is taken away again. */
export function csvField(field: string): string {
  const trimmed = field.trim();
  return /^'[=+\-@]/.test(trimmed) ? trimmed.slice(1) : trimmed;
}
