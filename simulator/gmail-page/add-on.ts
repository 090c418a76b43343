/** The add-on as the administrator has installed it: the built script, run for one person at a time. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AsyncScriptHost } from '../apps-script/ask.ts';
import { execute, type Outcome } from '../apps-script/execute.ts';
import type { FetchAnswer, FetchRequest } from '../apps-script/script-host.ts';
import type { Google } from '../google.ts';
import { headerOf } from '../mime/header.ts';
import type { Press } from './wire.ts';

/** Origin that the built project is written with. */
const PLACEHOLDER = 'https://reelback.example';

export interface AddonOptions {
  /** Built project: Code.js and appsscript.json. */
  projectDir: string;
  /** Address of the server as people know it, such as http://localhost:8080. */
  origin: string;
  /** Where that address is reached from here, when it is elsewhere. */
  reachedAt?: string;
  /** Built from apps-script/script-worker.ts. */
  workerFile: string;
  fetch?: typeof fetch;
}

interface Manifest {
  oauthScopes: string[];
  urlFetchWhitelist: string[];
  addOns: {
    common: { homepageTrigger: { runFunction: string } };
    gmail: { contextualTriggers: { onTriggerFunction: string }[] };
  };
}

/** What one person's script remembers. */
interface Memory {
  properties: Map<string, string>;
  cache: Map<string, { value: string; until: number }>;
}

/** UrlFetchApp gives up after so long. */
const FETCH_MS = 60_000;
const RECENT_LINES = 200;

export function createAddon(google: Google, options: AddonOptions) {
  const memories = new Map<string, Memory>();
  const lines: string[] = [];

  /** Runs what a person has pressed, or a trigger. */
  async function press(given: Press): Promise<Outcome> {
    const [code, manifest] = await Promise.all([file('Code.js'), file('appsscript.json')]);
    const { oauthScopes, urlFetchWhitelist, addOns }: Manifest = JSON.parse(manifest);
    const name = given.trigger ? triggerOf(addOns, given.messageId) : given.function;
    const accessToken = given.messageId ? `open:${given.mailbox}:${given.messageId}` : '';
    const unticked = 'https://www.googleapis.com/auth/gmail.addons.current.message.action';
    const execution = {
      code,
      function: name,
      trigger: given.trigger,
      event: eventOf(given, accessToken),
      setting: {
        accessToken,
        messageId: given.messageId,
        scopes: oauthScopes.filter((scope) => given.fault !== 'consent' || scope !== unticked),
        urlFetchWhitelist,
        userLocale: given.locale,
      },
    };
    return execute(execution, hostFor(given), options.workerFile);
  }

  async function file(name: string): Promise<string> {
    const text = await readFile(join(options.projectDir, name), 'utf8');
    return text.replaceAll(PLACEHOLDER, options.origin);
  }

  function hostFor({ mailbox, fault }: Press): AsyncScriptHost {
    const { properties, cache } = memoryOf(mailbox);
    return {
      fetch: (request) => fetchFor(request, fault),
      message(id) {
        const found = google.workspace.mailbox(mailbox)?.message(id);
        if (!found) return null;
        const messageIdHeader = headerOf(found.eml).messageId ?? '';
        return { id: found.id, raw: found.eml.toString('utf8'), messageIdHeader };
      },
      identityToken: () => google.identityToken(mailbox),
      property: (key) => properties.get(key) ?? null,
      properties: () => Object.fromEntries(properties),
      setProperty: (key, value) => void (value === null ? properties.delete(key) : properties.set(key, value)),
      cached(key) {
        const kept = cache.get(key);
        return kept && kept.until > google.workspace.now() ? kept.value : null;
      },
      setCached: (key, value, seconds) =>
        void cache.set(key, { value, until: google.workspace.now() + seconds * 1000 }),
      log(line) {
        lines.push(line);
        if (lines.length > RECENT_LINES) lines.shift();
      },
    };
  }

  function memoryOf(address: string): Memory {
    const known = memories.get(address) ?? { properties: new Map(), cache: new Map() };
    memories.set(address, known);
    return known;
  }

  async function fetchFor(request: FetchRequest, fault: Press['fault']): Promise<FetchAnswer> {
    if (fault === 'quota') throw new Error('Service invoked too many times for one day: urlfetch.');
    if (fault === 'offline') throw new Error(`Address unavailable: ${request.url}`);
    if (fault === 'silence') throw new Error(`Timeout: ${request.url}`);
    const url = request.url.replace(options.origin, options.reachedAt ?? options.origin);
    const headers: Record<string, string> = { ...request.headers };
    if (request.contentType) headers['content-type'] = request.contentType;
    try {
      const response = await (options.fetch ?? fetch)(url, {
        method: request.method,
        headers,
        body: request.payload ?? undefined,
        redirect: request.followRedirects ? 'follow' : 'manual',
        signal: AbortSignal.timeout(FETCH_MS),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      };
    } catch (error) {
      throw new Error(wordsOfUrlFetch(error, request.url));
    }
  }

  return { press, lines };
}

function triggerOf({ common, gmail }: Manifest['addOns'], messageId: string): string {
  return messageId ? (gmail.contextualTriggers[0]?.onTriggerFunction ?? '') : common.homepageTrigger.runFunction;
}

function eventOf({ messageId, locale, parameters, inputs }: Press, accessToken: string) {
  const formInputs = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, { stringInputs: { value } }]),
  );
  return {
    commonEventObject: {
      userLocale: locale,
      timeZone: { id: Intl.DateTimeFormat().resolvedOptions().timeZone, offset: '0' },
      platform: 'WEB',
      hostApp: 'GMAIL',
      parameters,
      formInputs,
    },
    // As Gmail's own page knows the message.
    ...(messageId && { gmail: { messageId: `msg-f:${BigInt(`0x${messageId}`)}`, threadId: messageId, accessToken } }),
  };
}

function wordsOfUrlFetch(error: unknown, url: string): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === 'TimeoutError') return `Timeout: ${url}`;
  return cause?.code === 'ENOTFOUND' ? `DNS error: ${url}` : `Address unavailable: ${url}`;
}
