import { createServer } from 'node:net';

/**
 * The wanted port, or the next above it that nobody listens on.
 * @param {number} wanted
 * @param {number[]} taken not to be used although nobody listens there yet
 */
export async function nextFreePort(wanted, taken = []) {
  for (let port = wanted; port < wanted + 100; port++) {
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${wanted} to ${wanted + 99}: set REELBACK_PORT to another one`);
}

/** A browser asks ::1 for localhost first, so a stranger there is in the way too. */
async function isFree(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const error = await new Promise((resolve) => {
      const server = createServer();
      server.once('error', resolve);
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
    });
    // A machine without IPv6 cannot listen on ::1, and nobody else there can.
    if (error !== null && ['EADDRINUSE', 'EACCES'].includes(error.code)) return false;
  }
  return true;
}
