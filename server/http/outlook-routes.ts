/** The Outlook add-in's pages, bundles, icons and manifest, filled in for this deployment. */
import { basename, dirname } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import type { HttpOptions, OutlookOptions } from './options.ts';
import { OFFICE_JS_URL } from './security-headers.ts';
import { ASK_EACH_TIME, readBuilt, sendBuiltFile } from './static-files.ts';
import { sendText } from './text-answer.ts';

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
  app.get('/addins/outlook/spamreporting.js', open, async (request, reply) => {
    const script = await built(folders.outlookAddin, 'spamreporting.js');
    return filled(
      request,
      reply,
      'text/javascript; charset=utf-8',
      `var REELBACK = ${forScript(configuration)};\n${script}`,
    );
  });

  for (const page of ['pane.html', 'commands.html'])
    app.get(`/addins/outlook/${page}`, open, async (request, reply) => {
      const html = await built(folders.outlookAddin, page);
      return filled(
        request,
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

  app.get('/addins/outlook/manifest.xml', open, async (request, reply) => {
    const manifest = await built(dirname(folders.manifest), basename(folders.manifest));
    return filled(
      request,
      reply,
      'application/xml; charset=utf-8',
      manifest.replaceAll(PLACEHOLDER_ORIGIN, () => forAttribute(publicUrl)),
    );
  });

  /** Classic Outlook lets the event bundle sign in and fetch only when it is named here, by its exact address. */
  app.get('/.well-known/microsoft-officeaddins-allowed.json', open, async (request, reply) =>
    filled(
      request,
      reply,
      'application/json; charset=utf-8',
      JSON.stringify({ allowed: [`${publicUrl}/addins/outlook/spamreporting.js`] }),
    ),
  );

  app.get<{ Params: { '*': string } }>('/addins/outlook/*', open, (request, reply) =>
    sendBuiltFile(request, reply, folders.outlookAddin, request.params['*']),
  );
}

const built = async (folder: string, path: string) => (await readBuilt(folder, path)).toString('utf8');

const filled = (request: FastifyRequest, reply: FastifyReply, type: string, text: string) =>
  sendText(request, reply, { type, text, cacheControl: ASK_EACH_TIME });

const forAttribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** JSON is JavaScript but for what ends a script element or a line in older engines. */
const forScript = (json: string) =>
  json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
