/** Built files from a folder, and nothing else of the disk. */
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { notFound } from './problem.ts';
import { sendText } from './text-answer.ts';

/** Lets routes of the whole server send files; the routes themselves are declared where they belong. */
export async function allowFiles(app: App, anyFolder: string): Promise<void> {
  await app.register(fastifyStatic, { root: resolve(anyFolder), serve: false, suppressWarning: true });
}

const TEXT: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};
const BINARY = new Set(['.png', '.ico', '.woff2']);
/** The build names chunks by their content. */
const NAMED_BY_CONTENT = /(^|\/)chunk-[A-Za-z0-9]+\.js$/;
/** Without a hash in the name a browser asks each time, and the ETag spares the bytes. */
export const ASK_EACH_TIME = 'no-cache';

/** @throws Problem 404 for what is not there or not served */
export async function sendBuiltFile(
  request: FastifyRequest,
  reply: FastifyReply,
  folder: string,
  path: string,
): Promise<FastifyReply> {
  const type = TEXT[extname(path)];
  if (type) {
    const cacheControl = NAMED_BY_CONTENT.test(path) ? 'public, max-age=31536000, immutable' : ASK_EACH_TIME;
    return sendText(request, reply, { type, text: await readBuilt(folder, path), cacheControl });
  }
  if (!BINARY.has(extname(path))) throw notFound();
  return reply.sendFile(path, resolve(folder), { dotfiles: 'ignore', index: false, maxAge: 3_600_000 });
}

/**
 * A file inside the folder; neither above it nor hidden.
 * @throws Problem 404
 */
export async function readBuilt(folder: string, path: string): Promise<Buffer> {
  const root = resolve(folder);
  const file = resolve(root, path);
  if (!file.startsWith(root + sep) || /[\0\\]|(^|\/)\./.test(path)) throw notFound();
  try {
    return await readFile(file);
  } catch {
    throw notFound();
  }
}
