/** The pane: wires the session to Outlook, the server and the document. */
import { render } from 'preact';
import { languageOf } from '../shared/i18n/language.ts';
import { createApi } from './api.ts';
import { App } from './app.tsx';
import { nestedAppAuth } from './auth.ts';
import { readConfiguration } from './configuration.ts';
import * as office from './office.ts';
import { createOutbox } from './outbox.ts';
import { randomId } from './random-id.ts';
import { collect, send } from './report.ts';
import { createSession } from './session.ts';
import { themeOf } from './theme.ts';

/** office.js loads scripts of its own before it answers. */
const READY_MS = 15_000;
const READ_MS = 60_000;
/** Between tries of what waits. */
const OUTBOX_MS = 20_000;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function open(): Promise<void> {
  const state = await office.ready(READY_MS);
  const meta = document.querySelector<HTMLMetaElement>('meta[name="reelback-configuration"]');
  const configuration = readConfiguration(meta?.content ?? '');
  const tag = office.displayLanguage();
  const language = languageOf(tag);
  document.documentElement.lang = language;

  const { origin, maxMessageBytes } = configuration ?? { origin: location.origin, maxMessageBytes: 0 };
  const api = createApi(origin, (...given) => fetch(...given), tag);
  const session = createSession({
    api,
    auth: configuration
      ? nestedAppAuth(
          configuration,
          () => import('@azure/msal-browser'),
          () => office.supports('NestedAppAuth', '1.1'),
        )
      : {
          silent: () => Promise.resolve({ ok: false, trouble: 'not_configured' }),
          interactive: () => Promise.resolve({ ok: false, trouble: 'not_configured' }),
        },
    outbox: createOutbox([() => window.localStorage, office.roamingStore], Date.now),
    openItem: office.openItem,
    user: office.userAddress,
    collect: (item, press) => collect(item, press, maxMessageBytes, READ_MS),
    send: (request, options) => send(api, request, options),
    randomId,
    now: Date.now,
    wait,
  });

  const main = document.getElementById('pane');
  if (main) render(<App session={session} language={language} host={new URL(origin).host} />, main);
  if (state !== 'outlook') return session.fail(state === 'other' ? 'not_outlook' : 'office_silent');
  if (!configuration) return session.fail('not_configured');

  const dress = () => {
    const theme = themeOf(office.bodyBackground());
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  dress();
  office.onThemeChanged(dress);
  // The handler belongs to the message, so each message needs its own.
  const listen = () => office.onContextChanged((context) => session.start(context));
  office.onItemChanged(() => {
    listen();
    // Without the old message's context: it says nothing about this one.
    session.start('');
  });
  listen();
  session.start(await office.initializationContext());
  window.addEventListener('online', () => session.sendWaiting());
  // Not at once: the report of this moment goes first.
  for (;;) {
    await wait(OUTBOX_MS);
    await session.sendWaiting();
  }
}

open();
