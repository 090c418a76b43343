/**
 * The event handler behind "Report phishing". It runs in a hidden page on the web and in a runtime without document,
 * storage and imports on classic Outlook; it has 5 minutes. Whatever happens, it completes the event exactly once:
 * a handler that does not leaves the person before a spinner.
 *
 * A: sent -> the pane opens on the report. B: could not be sent -> the pane opens, signs in and sends it. C: a client
 * before Mailbox 1.15 opens no pane -> a dialog with the answer, or with the honest word that nothing was reported.
 */
import { createNestablePublicClientApplication } from '@azure/msal-browser';
import type { SubmissionView } from '../shared/api.ts';
import { clientWords } from '../shared/i18n/client-words.ts';
import { languageOf } from '../shared/i18n/language.ts';
import type { ReportType } from '../shared/submission.ts';
import type { Trouble } from '../shared/trouble.ts';
import { createApi } from './api.ts';
import { nestedAppAuth } from './auth.ts';
import { readConfiguration } from './configuration.ts';
import { write } from './handover.ts';
import * as office from './office.ts';
import { randomId } from './random-id.ts';
import { collect, type Press, send } from './report.ts';
import { within } from './within.ts';

/** Set by the line the server puts in front of this file. */
declare const REELBACK: unknown;

/** The pane's button in manifest.xml, of which Outlook opens the pane. */
const PANE_CONTROL = 'openVerdictPane';

const WATCHDOG_MS = 90_000;
/** Token and message are read side by side; what is left of the watchdog's time belongs to the upload. */
const TOKEN_MS = 20_000;
const READ_MS = 50_000;
/** Of a dialog the person waits in front of. */
const VERDICT_WAIT_SECONDS = 8;

/** In the order of the radio buttons in manifest.xml; where several are ticked, the gravest counts. */
const OPTIONS: readonly ReportType[] = ['phish', 'spam', 'not_sure'];
const GRAVITY: readonly ReportType[] = ['phish', 'not_sure', 'spam'];

type Outcome = { sent: SubmissionView; known: boolean } | { trouble: Trouble };

office.associate('onSpamReport', (event) => {
  const until = Date.now() + WATCHDOG_MS;
  const press: Press = { key: randomId(), type: chosen(event), comment: said(event), exposure: [] };
  const late: Outcome = { trouble: 'timeout' };
  within(report(press, until), WATCHDOG_MS, late)
    .catch((): Outcome => ({ trouble: 'office_silent' }))
    .then((outcome) => complete(event, press, outcome));
});

async function report(press: Press, until: number): Promise<Outcome> {
  const configuration = readConfiguration(typeof REELBACK === 'undefined' ? null : REELBACK);
  if (!configuration) return { trouble: 'not_configured' };
  const item = office.openItem();
  if (!item) return { trouble: 'no_item' };
  const auth = nestedAppAuth(
    configuration,
    () => Promise.resolve({ createNestablePublicClientApplication }),
    () => office.supports('NestedAppAuth', '1.1'),
  );
  const [token, request] = await Promise.all([
    auth.silent(TOKEN_MS),
    collect(item, press, configuration.maxMessageBytes, READ_MS),
  ]);
  if (!token.ok) return { trouble: token.trouble };
  const api = createApi(configuration.origin, (...given) => fetch(...given), office.displayLanguage());
  const answer = await send(api, request, {
    token: token.token,
    key: press.key,
    // With a pane the person sees the verdict come; only a dialog has to wait for it.
    waitSeconds: opensPane() ? undefined : VERDICT_WAIT_SECONDS,
    ms: Math.max(until - Date.now() - 2_000, 1_000),
  });
  return answer.ok ? { sent: answer.value, known: answer.status === 200 } : { trouble: answer.trouble };
}

/** Never moves the message: the server does, with its own record of where it lay. */
function complete(event: office.SpamReportEvent, press: Press, outcome: Outcome): void {
  const stay = { moveItemTo: 'noMove', onErrorDeleteItem: false };
  try {
    if (opensPane()) {
      const handover =
        'sent' in outcome
          ? { reportId: outcome.sent.id, known: outcome.known }
          : { pending: press, trouble: outcome.trouble };
      event.completed({ ...stay, commandId: PANE_CONTROL, contextData: write(handover) });
    } else {
      event.completed({ ...stay, showPostProcessingDialog: dialog(outcome) });
    }
  } catch {
    // Options a host does not take must not keep the event open.
    event.completed(stay);
  }
}

function dialog(outcome: Outcome): { title: string; description: string } {
  if ('sent' in outcome) {
    const { title, lines, steps = [] } = outcome.sent.pane;
    return { title, description: [...lines, ...steps].join(' ') };
  }
  const words = clientWords(languageOf(office.displayLanguage()));
  return { title: words.notReported, description: words.trouble[outcome.trouble].text };
}

function opensPane(): boolean {
  return office.supports('Mailbox', '1.15');
}

/** Classic Outlook gives an array, web and new Outlook an object with index keys (office-js#4573). */
function chosen({ options }: office.SpamReportEvent): ReportType {
  const ticked = OPTIONS.filter((_, index) => (options as Record<number, unknown> | undefined)?.[index] === true);
  return GRAVITY.find((type) => ticked.includes(type)) ?? 'phish';
}

function said({ freeText }: office.SpamReportEvent): string {
  return typeof freeText === 'string' ? freeText : '';
}
