/** Built files from a folder, and nothing else of the disk. */
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { App } from './app.ts';
import { notFound } from './problem.ts';

/** Lets routes of the whole server send files; the routes themselves are declared where they belong. */
export async function allowFiles(app: App, anyFolder: string): Promise<void> {
  await app.register(fastifyStatic, { root: resolve(anyFolder), serve: false, suppressWarning: true });
}

const SERVED = /\.(js|css|map|html|png|svg|ico|webmanifest|woff2)$/;
/** The build names chunks by their content. */
const NAMED_BY_CONTENT = /(^|\/)chunk-[A-Za-z0-9]+\.js$/;

/** @throws Problem 404 for what we do not serve; a missing file ends as 404 too. */
export function sendBuiltFile(reply: FastifyReply, folder: string, path: string): FastifyReply {
  if (!SERVED.test(path)) throw notFound();
  const forever = NAMED_BY_CONTENT.test(path);
  return reply.sendFile(path, resolve(folder), {
    dotfiles: 'ignore',
    index: false,
    // Without a hash in the name a browser asks each time, and the ETag spares the bytes.
    cacheControl: true,
    maxAge: forever ? '365d' : 0,
    immutable: forever,
  });
}
