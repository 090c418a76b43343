import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../wire.ts';

const types: Record<string, string> = {
  'index.html': 'text/html; charset=utf-8',
  'app.js': 'text/javascript; charset=utf-8',
  'style.css': 'text/css; charset=utf-8',
  'mark.svg': 'image/svg+xml',
};

/** The web mail's own files. Its page may frame the add-in and itself, and load from nowhere else. */
export async function pageAnswer(path: string, assetsDir: string, addinOrigin: string | null): Promise<Answer> {
  const name = path === '' ? 'index.html' : path;
  const type = types[name];
  const bytes = type ? await readFile(join(assetsDir, name)).catch(() => null) : null;
  if (!type || bytes === null) return { status: 404, body: { message: 'no such page' } };
  const headers: Record<string, string> = { 'content-type': type, 'x-content-type-options': 'nosniff' };
  if (name === 'index.html') {
    const addin = addinOrigin ? ` ${addinOrigin}` : '';
    headers['content-security-policy'] = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `img-src 'self' data:${addin}`,
      "connect-src 'self'",
      `frame-src 'self'${addin}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
    headers['referrer-policy'] = 'no-referrer';
  }
  return { status: 200, headers, bytes };
}
