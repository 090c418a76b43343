import { AddinFrame, type CommandCompletion } from './addin-frame.ts';
import type { HostServices, Situation } from './situation.ts';

/** An activation has five minutes; then the host says so itself. */
export const ACTIVATION_MS = 5 * 60_000;

export interface ReportChoice {
  /** One per option of the manifest, in order. */
  options: boolean[];
  freeText: string;
}

/** What `event.completed` asked the host to do. */
export interface ReportOutcome {
  state: 'completed' | 'timed_out' | 'no_such_function';
  moveItemTo: 'noMove' | 'junkFolder' | 'deletedItemsFolder' | 'customFolder';
  folderName?: string;
  postProcessing?: { title: string; description: string };
  /** 1.15: the pane to open, and what to hand it. */
  pane?: { commandId: string; contextData: string };
}

/**
 * Runs the add-in's spam-report handler in a hidden frame until it calls `event.completed`, and says what that asked for.
 * @param timeoutMs how long the host waits, five minutes in Outlook.
 */
export function runSpamReport(
  choice: ReportChoice,
  situation: Situation,
  services: HostServices,
  timeoutMs = ACTIVATION_MS,
): Promise<ReportOutcome> {
  const report = situation.addin.report;
  if (!report) throw new Error('the add-in has no report command');
  return new Promise((resolve) => {
    const finish = (outcome: ReportOutcome) => {
      clearTimeout(timer);
      // The library still expects the answer to its own call: the frame goes a moment later.
      setTimeout(() => frame.dispose(), 250);
      resolve(outcome);
    };
    const timer = setTimeout(() => finish({ state: 'timed_out', moveItemTo: 'noMove' }), timeoutMs);
    const frame = new AddinFrame({
      url: report.handlerUrl,
      situation,
      services,
      title: report.label,
      onCommandsReady: () =>
        frame.invokeCommand(crypto.randomUUID(), report.functionName, {
          type: 'SpamReporting',
          source: { id: report.controlId },
          options: choice.options,
          freeText: choice.freeText,
        }),
      onCompleted: (completion) => finish(outcomeOf(completion, situation)),
    });
    frame.element.hidden = true;
    frame.element.setAttribute('aria-hidden', 'true');
    document.body.append(frame.element);
  });
}

const moves = ['noMove', 'junkFolder', 'deletedItemsFolder', 'customFolder'] as const;

function outcomeOf(completion: CommandCompletion, situation: Situation): ReportOutcome {
  if (completion.status !== 0) return { state: 'no_such_function', moveItemTo: 'noMove' };
  const { context } = completion;
  const outcome: ReportOutcome = {
    state: 'completed',
    moveItemTo: moves.find((it) => it === context.moveItemTo) ?? 'noMove',
    folderName: typeof context.folderName === 'string' ? context.folderName : undefined,
  };
  // Mailbox 1.15: a pane wins over the dialog, but any move keeps it closed. Older hosts know nothing of commandId.
  if (situation.mailboxSet === '1.15' && typeof context.commandId === 'string') {
    if (outcome.moveItemTo === 'noMove') {
      const contextData = typeof context.contextData === 'string' ? context.contextData : '';
      outcome.pane = { commandId: context.commandId, contextData };
    }
    return outcome;
  }
  const dialog = context.showPostProcessingDialog as { title?: unknown; description?: unknown } | undefined;
  if (dialog) {
    outcome.postProcessing = { title: String(dialog.title ?? ''), description: String(dialog.description ?? '') };
  }
  return outcome;
}
