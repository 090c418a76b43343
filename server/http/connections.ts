/** Connections when the server stops: those without a request go at once, the others with their answer. */
import type { Socket } from 'node:net';
import type { App } from './app.ts';

/** A stop does not wait longer than this for a slow upload. */
const PATIENCE_MS = 20_000;

/**
 * Node closes connections that have had a request and are idle; one that a browser opened in advance and never used
 * would hold the stop for a minute.
 * @param stopping aborts when the server stops
 */
export function endConnections(app: App, stopping: AbortSignal): void {
  /** Requests under way on each connection. */
  const open = new Map<Socket, number>();
  app.server.on('connection', (socket: Socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  app.server.on('request', ({ socket }, response) => {
    open.set(socket, (open.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (open.get(socket) ?? 1) - 1;
      if (open.has(socket)) open.set(socket, left);
      if (stopping.aborted && left === 0) socket.destroySoon();
    });
  });
  stopping.addEventListener('abort', () => {
    for (const [socket, requests] of open) if (requests === 0) socket.destroy();
    setTimeout(() => {
      for (const socket of open.keys()) socket.destroy();
    }, PATIENCE_MS).unref();
  });
}
