/** The API's description, from the very schemas that validate it. */
import swagger from '@fastify/swagger';
import type { Access } from './access.ts';
import type { App } from './app.ts';
import type { HttpOptions } from './options.ts';

/** Must be registered before the routes it describes. */
export async function describeApi(app: App, options: HttpOptions): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Reelback',
        version: '1',
        description: 'Report a phish, and it is reeled back from every mailbox. Errors are RFC 9457 problems.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: options.publicUrl }],
      components: {
        securitySchemes: {
          reporter: { type: 'http', scheme: 'bearer', description: 'Entra access token with the scope report.submit' },
          admin: { type: 'http', scheme: 'bearer', description: 'Admin token of the deployment' },
          session: { type: 'apiKey', in: 'cookie', name: 'reelback', description: 'Dashboard session' },
        },
      },
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: { ...schema, ...describeAccess(route.config?.access) },
    }),
  });
}

function describeAccess(access: Access | undefined) {
  if (!access || access.open) return { security: [] };
  const security: Record<string, string[]>[] = [];
  if (access.reporter) security.push({ reporter: [] });
  if (access.role) security.push({ session: [] }, { admin: [] });
  return { security, ...(access.role ? { 'x-role': access.role } : {}) };
}

export function openapiRoute(app: App): void {
  app.get('/openapi.json', { config: { access: { open: true } }, schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'max-age=300').send(app.swagger()),
  );
}
