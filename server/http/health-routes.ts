/** Is the process alive, and can it do its work? */
import type { App } from './app.ts';
import { errorForLog } from './log.ts';
import type { HealthCheck } from './options.ts';

const CHECK_TIMEOUT_MS = 2_000;
/** Many probes a second cost one look at the database. */
const REMEMBER_MS = 1_000;

/** @param closing true once the server stops: it is then not ready, so that a balancer looks elsewhere. */
export function healthRoutes(app: App, checks: readonly HealthCheck[], closing: () => boolean, now: () => Date): void {
  let last: { at: number; results: Promise<{ name: string; ok: boolean }[]> } | null = null;

  app.get('/healthz', { config: { access: { open: true } }, schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { config: { access: { open: true } }, schema: { hide: true } }, async (request, reply) => {
    const at = now().getTime();
    if (!last || Math.abs(at - last.at) >= REMEMBER_MS) {
      const look = async ({ name, check }: HealthCheck) => {
        const error = await within(check, CHECK_TIMEOUT_MS);
        if (error) request.log.warn({ check: name, error: errorForLog(error) }, 'not ready');
        return { name, ok: error === null };
      };
      last = { at, results: Promise.all(checks.map(look)) };
    }
    const results = await last.results;
    const ok = !closing() && results.every((result) => result.ok);
    return reply
      .code(ok ? 200 : 503)
      .send({ status: ok ? 'ok' : closing() ? 'stopping' : 'not_ready', checks: results });
  });
}

/** What went wrong, or null. */
async function within(check: () => Promise<unknown>, timeoutMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
  });
  try {
    await Promise.race([check(), late]);
    return null;
  } catch (error) {
    return error ?? new Error('failed');
  } finally {
    clearTimeout(timer);
  }
}
