/** What the team says mails are, and giving back what was taken away. */
import { languageOf } from '../../shared/i18n/language.ts';
import { ReclassifyAnswer, ReclassifyRequest, ReleaseAnswer, ReleaseRequest } from '../../shared/reclassify.ts';
import type { App } from './app.ts';
import { decodeBase64 } from './base64.ts';
import type { HttpDeps, Limits } from './options.ts';
import { invalid, notFound, Problem } from './problem.ts';
import { UploadGate } from './upload-gate.ts';

/** Everything of the request but the mail. */
const REST_BYTES = 256 * 1024;

export function reclassifyRoutes(app: App, { casework, options }: HttpDeps, limits: Limits): void {
  const gate = new UploadGate(limits.uploadBytes, limits.uploadBytesOfCaller);
  const bodyLimit = Math.ceil((options.maxMessageBytes * 4) / 3) + REST_BYTES;

  app.post(
    '/messages/reclassify',
    {
      bodyLimit,
      config: { access: { role: 'soc_analyst' } },
      onRequest: async (request, reply) => {
        request.passage = gate.enter(request, reply, bodyLimit);
      },
      schema: {
        operationId: 'reclassify',
        tags: ['dashboard'],
        summary: 'What these messages are, in the word of the team',
        description:
          'Each becomes a submission of type TEAM and a decision: the verdict follows it, everybody who reported the mail is ' +
          'answered, and the model can learn from it. `restore` also puts back what was taken away; `destination` also takes ' +
          'every copy back. A mail whose body was not kept can be uploaded as `eml`.',
        body: ReclassifyRequest,
        response: { 202: ReclassifyAnswer },
      },
    },
    async (request, reply) => {
      const { eml, ...said } = request.body;
      const bytes = eml === undefined ? null : bytesOf(eml, options.maxMessageBytes);
      request.body.eml = undefined;
      request.passage?.leave();
      askedFully(said, bytes !== null);
      const language = languageOf(request.headers['accept-language'] ?? '');
      const items = await casework.reclassify(said, bytes, request.actor!, language);
      if (!items) throw notFound();
      return reply.code(202).send({ items });
    },
  );

  app.post(
    '/messages/release',
    {
      config: { access: { role: 'soc_analyst' } },
      schema: {
        operationId: 'release',
        tags: ['dashboard'],
        summary: 'Gives back what was taken away, message by message',
        description: 'Asking again changes nothing, and says how far it is.',
        body: ReleaseRequest,
        response: { 202: ReleaseAnswer },
      },
    },
    async (request, reply) => {
      const language = languageOf(request.headers['accept-language'] ?? '');
      const items = await casework.release(request.body, request.actor!, language);
      if (!items) throw notFound();
      return reply.code(202).send({ items });
    },
  );
}

/** @throws Problem 400, 413 */
function bytesOf(eml: string, maxMessageBytes: number): Uint8Array {
  const bytes = decodeBase64(eml);
  if (bytes === null) throw invalid('invalid_base64', 'In the body, /eml must be base64 (RFC 4648 section 4).', '/eml');
  if (bytes.byteLength > maxMessageBytes)
    throw new Problem(413, 'too_large', 'The message is too large to upload.', { pointer: '/eml' });
  return bytes;
}

/** What the schema of one object cannot say: which of its fields belong together. @throws Problem 400 */
function askedFully(said: Omit<ReclassifyRequest, 'eml'>, uploaded: boolean): void {
  if ((said.ids === undefined) !== uploaded)
    throw invalid('invalid_value', 'In the body, either /ids or /eml says which message.', '/ids');
  if (said.restore && said.destination)
    throw invalid('invalid_value', 'In the body, /restore and /destination want opposite things.', '/destination');
  if (said.restore && said.disposition === 'MALICIOUS')
    throw invalid('invalid_value', 'In the body, /restore gives nothing malicious back.', '/restore');
  if (said.destination && said.disposition === 'NONE')
    throw invalid('invalid_value', 'In the body, /destination takes nothing back that is clean.', '/destination');
  if (uploaded && said.destination)
    throw invalid('invalid_value', 'In the body, /destination wants /ids: an upload moves nothing.', '/destination');
}
