/** The Outlook add-in's pages, bundles, icons and manifest, filled in for this deployment. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { App } from './app.ts';
import type { HttpOptions, OutlookOptions } from './options.ts';
import { notFound } from './problem.ts';
import { OFFICE_JS_URL } from './security-headers.ts';
import { sendBuiltFile } from './static-files.ts';

/** The origin that manifest.xml is written with. */
const PLACEHOLDER_ORIGIN = 'https://reelback.example';
const open = { config: { access: { open: true } }, schema: { hide: true } } as const;

export function outlookRoutes(app: App, options: HttpOptions, outlook: OutlookOptions): void {
  const { publicUrl, folders } = options;
  const configuration = JSON.stringify({
    origin: publicUrl,
    clientId: outlook.clientId,
    authority: outlook.authority,
    scope: outlook.scope,
    maxMessageBytes: options.maxMessageBytes,
  });

  // The event runtime of classic Outlook has no document: its settings stand in front of the script.
  app.get('/addins/outlook/spamreporting.js', open, async (_request, reply) => {
    const script = await built(join(folders.outlookAddin, 'spamreporting.js'));
    return filled(reply, 'text/javascript; charset=utf-8', `var REELBACK = ${forScript(configuration)};\n${script}`);
  });

  for (const page of ['pane.html', 'commands.html'])
    app.get(`/addins/outlook/${page}`, open, async (_request, reply) => {
      const html = await built(join(folders.outlookAddin, page));
      return filled(
        reply,
        'text/html; charset=utf-8',
        html
          .replace(
            /(<meta name="reelback-configuration" content=")[^"]*"/,
            (_all, before: string) => `${before}${forAttribute(configuration)}"`,
          )
          .replaceAll(`"${OFFICE_JS_URL}"`, () => `"${forAttribute(outlook.officeJsUrl ?? OFFICE_JS_URL)}"`),
      );
    });

  app.get('/addins/outlook/manifest.xml', open, async (_request, reply) => {
    const manifest = await built(folders.manifest);
    return filled(
      reply,
      'application/xml; charset=utf-8',
      manifest.replaceAll(PLACEHOLDER_ORIGIN, () => forAttribute(publicUrl)),
    );
  });

  /** Classic Outlook lets the event bundle sign in and fetch only when it is named here, by its exact address. */
  app.get('/.well-known/microsoft-officeaddins-allowed.json', open, async (_request, reply) =>
    filled(
      reply,
      'application/json; charset=utf-8',
      JSON.stringify({ allowed: [`${publicUrl}/addins/outlook/spamreporting.js`] }),
    ),
  );

  app.get<{ Params: { '*': string } }>('/addins/outlook/*', open, (request, reply) =>
    sendBuiltFile(reply, folders.outlookAddin, request.params['*']),
  );
}

/** @throws Problem 404 where the build has not made it. */
async function built(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw notFound();
  }
}

const filled = (reply: FastifyReply, type: string, text: string) =>
  reply.type(type).header('cache-control', 'no-cache').send(text);

const forAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** JSON is JavaScript but for what ends a script element or a line in older engines. */
const forScript = (json: string) =>
  json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
