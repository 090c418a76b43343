/** Response headers that browsers enforce, a set for each kind of page. Every policy starts from 'none'. */
import helmet from '@fastify/helmet';
import type { App } from './app.ts';
import type { HttpOptions, OutlookOptions } from './options.ts';

/** Microsoft's content network, and the two hosts its office.js loads from. */
export const OFFICE_JS_URL = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';
const OFFICE_SCRIPT_ORIGINS = ['https://ajax.aspnetcdn.com'];
/** Our own list: Microsoft documents none. */
const OUTLOOK_ORIGINS = [
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook.live.com',
  'https://outlook.cloud.microsoft',
];

type Directives = Record<string, string[]>;

const API: Directives = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

const DASHBOARD: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'connect-src': ["'self'"],
  // The preview of a mail, which carries a policy of its own.
  'frame-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The add-in's pages live in a frame of Outlook and load office.js from Microsoft. */
export function outlookDirectives(outlook: OutlookOptions): Directives {
  const officeJs = new URL(outlook.officeJsUrl ?? OFFICE_JS_URL).origin;
  const scripts = outlook.scriptOrigins ?? OFFICE_SCRIPT_ORIGINS;
  return {
    'default-src': ["'none'"],
    'script-src': [...new Set(["'self'", officeJs, ...scripts])],
    'connect-src': [...new Set(["'self'", new URL(outlook.authority).origin])],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': [...(outlook.frameAncestors ?? OUTLOOK_ORIGINS)],
  };
}

/** Registers the headers for the routes of this scope. */
export async function protectPages(
  scope: App,
  kind: 'api' | 'dashboard' | 'gmail' | { outlook: OutlookOptions },
  options: HttpOptions,
): Promise<void> {
  const framed = typeof kind === 'object';
  const directives = framed ? outlookDirectives(kind.outlook) : kind === 'api' ? API : DASHBOARD;
  await scope.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives },
    // Promised for https only, where the promise can be kept; not for the subdomains, which are not ours.
    strictTransportSecurity: options.publicUrl.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
    // Outlook shows icons and pages from its own origin, and its dialogs keep their opener.
    xFrameOptions: framed ? false : { action: 'deny' },
    // Gmail shows the logo.
    crossOriginResourcePolicy: { policy: framed || kind === 'gmail' ? 'cross-origin' : 'same-origin' },
    crossOriginOpenerPolicy: framed ? false : { policy: 'same-origin' },
    referrerPolicy: { policy: framed ? 'strict-origin-when-cross-origin' : 'no-referrer' },
    originAgentCluster: !framed,
  });
}
