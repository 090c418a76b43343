import { useState } from 'preact/hooks';
import type { PaneCommand } from './addin-definition.ts';
import type { HostServices, Situation } from './host/situation.ts';
import { type ReportChoice, type ReportOutcome, runSpamReport } from './host/spam-report.ts';
import type { Words } from './words.ts';

/** From the ribbon's button through the dialog and the handler to what its completion asks for. */
export function useReport({
  situation,
  services,
  words,
  openPane,
  move,
}: {
  situation: Situation | null;
  services: HostServices;
  words: Words;
  openPane: (command: PaneCommand, contextData: string) => void;
  move: (id: string, folder: string, create: boolean) => void;
}) {
  const [asking, setAsking] = useState(false);
  const [running, setRunning] = useState(false);
  const [message, setMessage] = useState<{ title: string; text: string } | null>(null);

  const run = async (choice: ReportChoice) => {
    setAsking(false);
    if (situation?.message == null) return;
    setRunning(true);
    const outcome = await runSpamReport(choice, situation, services);
    setRunning(false);
    obey(outcome, situation, situation.message.id);
  };

  const obey = (outcome: ReportOutcome, at: Situation, messageId: string) => {
    if (outcome.state === 'timed_out') {
      return setMessage({ title: words.reportTimedOut, text: words.reportTimedOutHint });
    }
    if (outcome.state === 'no_such_function') {
      return setMessage({ title: words.reportBroken, text: words.reportBrokenHint });
    }
    if (outcome.postProcessing) {
      setMessage({ title: outcome.postProcessing.title, text: outcome.postProcessing.description });
    }
    if (outcome.moveItemTo === 'junkFolder') move(messageId, 'junkemail', false);
    if (outcome.moveItemTo === 'deletedItemsFolder') move(messageId, 'deleteditems', false);
    // Outlook: a custom folder is made when absent, and without a name the mail goes to Junk.
    if (outcome.moveItemTo === 'customFolder') move(messageId, outcome.folderName || 'junkemail', true);
    const wanted = outcome.pane;
    const command = wanted && at.addin.panes.find((it) => it.controlId === wanted.commandId);
    if (wanted && command) openPane(command, wanted.contextData);
  };

  return {
    asking,
    running,
    message,
    run: (choice: ReportChoice) => void run(choice),
    ask: () => setAsking(true),
    cancel: () => setAsking(false),
    dismiss: () => setMessage(null),
  };
}
