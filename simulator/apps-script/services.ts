/** What the simulated services do, beyond what their types say. */
import { randomUUID } from 'node:crypto';
import type { Behaviours } from './doubles.ts';
import { enumOf } from './doubles.ts';
import { formatDate } from './format-date.ts';
import type { FetchAnswer, ScriptHost, ScriptSetting, StoredMessage } from './script-host.ts';

/** Quotas of Apps Script. */
const PROPERTY_BYTES = 9 * 1024;
const CACHE_BYTES = 100 * 1024;
const LONGEST_CACHE_SECONDS = 21_600;
const POST_BYTES = 50 * 1024 * 1024;

interface FetchOptions {
  method?: string;
  headers?: Record<string, string>;
  contentType?: string;
  payload?: unknown;
  muteHttpExceptions?: boolean;
  followRedirects?: boolean;
}

export function serviceBehaviours(host: ScriptHost, setting: ScriptSetting): Behaviours {
  return {
    ...mailBehaviours(host, setting),
    ...fetchBehaviours(host, setting),
    ...scriptBehaviours(host, setting),
    ...storageBehaviours(host),
    ...utilityBehaviours(),
    ...consoleBehaviours(host),
  };
}

function mailBehaviours(host: ScriptHost, setting: ScriptSetting): Behaviours {
  let current = '';
  const stateOf = ({ double }: { double: { state: unknown } }) => double.state as StoredMessage;
  return {
    'Gmail.GmailApp.setCurrentMessageAccessToken': (_context, token: string) => {
      current = token;
    },
    'Gmail.GmailApp.getMessageById': ({ make }, id: string) => {
      if (current === '') throw new Error('Access denied: : Missing access token for authorization.');
      // The token of a message opens that message.
      if (current !== setting.accessToken) throw new Error('Access denied: : Invalid access token.');
      const message = host.message(id);
      if (!message) throw new Error('Requested entity was not found.');
      if (id !== setting.messageId) throw new Error('Access denied: : The access token is for another message.');
      return make('Gmail.GmailMessage', message);
    },
    'Gmail.GmailMessage.getId': (context) => stateOf(context).id,
    'Gmail.GmailMessage.getRawContent': (context) => stateOf(context).raw,
    'Gmail.GmailMessage.getHeader': (context, name: string) =>
      name.toLowerCase() === 'message-id' ? stateOf(context).messageIdHeader : '',
  };
}

function fetchBehaviours(host: ScriptHost, setting: ScriptSetting): Behaviours {
  const answerOf = ({ double }: { double: { state: unknown } }) => double.state as FetchAnswer;
  return {
    'URL_Fetch.UrlFetchApp.fetch': ({ make }, url: string, options: FetchOptions = {}) => {
      if (!setting.scopes.includes('https://www.googleapis.com/auth/script.external_request')) {
        throw new Error('You do not have permission to call UrlFetchApp.fetch.');
      }
      if (!setting.urlFetchWhitelist.some((prefix) => url.startsWith(prefix))) {
        throw new Error(`The request to ${url} is not in the manifest's whitelist of URLs.`);
      }
      const { payload = null } = options;
      if (payload !== null && typeof payload !== 'string') throw new Error('only text payloads are simulated');
      if (payload !== null && Buffer.byteLength(payload) > POST_BYTES) {
        throw new Error('Limit Exceeded: URLFetch POST Size.');
      }
      const answer = host.fetch({
        url,
        payload,
        method: (options.method ?? 'get').toUpperCase(),
        headers: options.headers ?? {},
        contentType: options.contentType ?? null,
        followRedirects: options.followRedirects ?? true,
      });
      if (answer.status >= 400 && !options.muteHttpExceptions) {
        throw new Error(`Request failed for ${new URL(url).origin} returned code ${answer.status}.`);
      }
      return make('URL_Fetch.HTTPResponse', answer);
    },
    'URL_Fetch.HTTPResponse.getResponseCode': (context) => answerOf(context).status,
    'URL_Fetch.HTTPResponse.getContentText': (context) => answerOf(context).text,
    'URL_Fetch.HTTPResponse.getHeaders': (context) => ({ ...answerOf(context).headers }),
  };
}

function scriptBehaviours(host: ScriptHost, setting: ScriptSetting): Behaviours {
  return {
    'Script.ScriptApp.requireScopes': (_context, _mode: object, scopes: string[]) => {
      const missing = scopes.filter((scope) => !setting.scopes.includes(scope));
      if (missing.length > 0) throw new Error(`Authorization is required to perform that action: ${missing.join(' ')}`);
    },
    'Script.ScriptApp.getIdentityToken': () => (setting.scopes.includes('openid') ? host.identityToken() : null),
    'Base.Session.getActiveUserLocale': () => setting.userLocale.split('-')[0],
  };
}

function storageBehaviours(host: ScriptHost): Behaviours {
  const bounded = (value: string, limit: number) => {
    if (Buffer.byteLength(value) > limit) throw new Error('Argument too large: value');
    return value;
  };
  return {
    'Properties.Properties.getProperty': (_context, key: string) => host.property(key),
    'Properties.Properties.getKeys': () => Object.keys(host.properties()),
    'Properties.Properties.getProperties': () => host.properties(),
    'Properties.Properties.setProperty': (_context, key: string, value: string) =>
      host.setProperty(key, bounded(value, PROPERTY_BYTES)),
    'Properties.Properties.deleteProperty': (_context, key: string) => host.setProperty(key, null),
    'Cache.Cache.get': (_context, key: string) => host.cached(key),
    'Cache.Cache.put': (_context, key: string, value: string, seconds = 600) =>
      host.setCached(key, bounded(value, CACHE_BYTES), Math.min(seconds, LONGEST_CACHE_SECONDS)),
  };
}

function utilityBehaviours(): Behaviours {
  const encoded = (data: string | number[]) =>
    typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data);
  return {
    'Utilities.Utilities.getUuid': () => randomUUID(),
    'Utilities.Utilities.formatDate': (_context, date: Date, timeZone: string, pattern: string) =>
      formatDate(date.getTime(), timeZone, pattern),
    'Utilities.Utilities.base64Encode': (_context, data: string | number[], charset?: object) => {
      // Without a charset Apps Script takes one nobody expects.
      if (typeof data === 'string' && enumOf(charset)?.name !== 'UTF_8') throw new Error('say the charset');
      return encoded(data).toString('base64');
    },
    'Utilities.Utilities.base64DecodeWebSafe': (_context, text: string) =>
      // Bytes are signed there, as in Java.
      [...Buffer.from(text, 'base64url')].map((byte) => (byte > 127 ? byte - 256 : byte)),
    'Utilities.Utilities.newBlob': ({ make }, data: number[] | string) => make('Base.Blob', encoded(data)),
    'Base.Blob.getDataAsString': ({ double }) => (double.state as Buffer).toString('utf8'),
  };
}

function consoleBehaviours(host: ScriptHost): Behaviours {
  const say =
    (level: string) =>
    (_context: unknown, ...values: unknown[]) =>
      host.log([level, ...values.map(String)].join(' '));
  return {
    'Console.log': say('log'),
    'Console.info': say('info'),
    'Console.warn': say('warn'),
    'Console.error': say('error'),
  };
}
