/** One person's data: shown, handed out, erased. */
import { Readable } from 'node:stream';
import Type from 'typebox';
import { ZipFile } from 'yazl';
import { PersonErased, PersonPreview } from '../../shared/people.ts';
import type { PersonFile } from '../submission/people.ts';
import type { App } from './app.ts';
import type { HttpDeps } from './options.ts';
import { notFound } from './problem.ts';

const config = { access: { role: 'super_admin' } } as const;
/** The address stands in the path; the log names the pattern only. */
const params = Type.Object({
  address: Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\s/@]+@[^\\s/@]+$' }),
});
const schema = (operationId: string, summary: string) => ({ operationId, tags: ['people'], summary, params });

export function personRoutes(app: App, { people }: HttpDeps): void {
  app.get(
    '/people/:address',
    {
      config,
      schema: { ...schema('person', 'What erasing this person would do'), response: { 200: PersonPreview } },
    },
    async ({ params: { address } }) => {
      const preview = await people.preview(address);
      if (!preview) throw notFound();
      return preview;
    },
  );

  app.get(
    '/people/:address/export',
    { config, schema: schema('exportPerson', 'Everything this person did with Reelback, as a zip') },
    async ({ params: { address }, actor }, reply) => {
      const files = await people.export(address, actor!.id);
      if (!files) throw notFound();
      return reply
        .header('content-disposition', 'attachment; filename="person.zip"')
        .type('application/zip')
        .send(zipOf(files));
    },
  );

  app.delete(
    '/people/:address',
    {
      config,
      schema: {
        ...schema('erasePerson', 'Erases what the confirmation of the preview showed'),
        querystring: Type.Object({ confirmation: Type.String({ minLength: 1, maxLength: 100 }) }),
        response: { 200: PersonErased },
      },
    },
    async ({ params: { address }, query: { confirmation }, actor }) => {
      const done = await people.erase(address, confirmation, actor!.id);
      if (!done) throw notFound();
      return done;
    },
  );
}

/** One file after the other is read and packed, each when it is its turn: never all at once. */
function zipOf(files: readonly PersonFile[]) {
  const zip = new ZipFile();
  for (const { name, read } of files)
    zip.addReadStreamLazy(name, (ready) => {
      const handOver = async () => {
        // A mail that is no longer kept is an empty file.
        const bytes = await read();
        ready(null, Readable.from(bytes ? [Buffer.from(bytes)] : []));
      };
      handOver().catch((error: unknown) => ready(error, Readable.from([])));
    });
  zip.end();
  return zip.outputStream;
}
