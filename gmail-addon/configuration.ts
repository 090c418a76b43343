/** The placeholder is replaced by the deployment's own origin, here as in appsscript.json. */
export const ORIGIN = 'https://reelback.example';

/** Told to the server with every report. */
export const VERSION = '1.0.0';

/** Larger mail is reported by its ids: reading and encoding it would not fit the 30 s of an execution. */
export const MAX_MESSAGE_BYTES = 30 * 1024 * 1024;

/** Seconds the server may hold its answer for the verdict; an execution ends after 30 s. */
export const WAIT_SECONDS = 8;

/** What a callback needs beside the scopes of the trigger; a person may have unticked some. */
export const SCOPES: readonly string[] = [
  'openid',
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/script.external_request',
  'https://www.googleapis.com/auth/gmail.addons.current.message.action',
];
