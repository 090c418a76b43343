/** How a script asks its host and waits for the answer, and how the host answers from another thread. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { ScriptHost } from './script-host.ts';

/** The host as it lives in the simulator: it may take its time. */
export type AsyncScriptHost = {
  [Name in keyof ScriptHost]: (
    ...args: Parameters<ScriptHost[Name]>
  ) => ReturnType<ScriptHost[Name]> | Promise<ReturnType<ScriptHost[Name]>>;
};

interface Question {
  name: keyof ScriptHost;
  args: unknown[];
}
type Reply = { value: unknown } | { error: string };

/** @param bell one shared number that rings when an answer lies at the port */
export function askingHost(port: MessagePort, bell: Int32Array): ScriptHost {
  const ask = (name: keyof ScriptHost, args: unknown[]): unknown => {
    Atomics.store(bell, 0, 0);
    port.postMessage({ name, args } satisfies Question);
    Atomics.wait(bell, 0, 0);
    const reply: Reply | undefined = receiveMessageOnPort(port)?.message;
    if (!reply) throw new Error('the simulator gave no answer');
    if ('error' in reply) throw new Error(reply.error);
    return reply.value;
  };
  return new Proxy({} as ScriptHost, {
    get: (_target, name: keyof ScriptHost) => {
      return (...args: unknown[]) => ask(name, args);
    },
  });
}

/** Answers what the other end asks, until the port is closed. */
export function answerAt(port: MessagePort, bell: Int32Array, host: AsyncScriptHost): void {
  port.on('message', async ({ name, args }: Question) => {
    const act = host[name] as (...args: unknown[]) => unknown;
    let reply: Reply;
    try {
      reply = { value: await act(...args) };
    } catch (error) {
      reply = { error: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(reply);
    Atomics.store(bell, 0, 1);
    Atomics.notify(bell, 0);
  });
}
