/** Mail to people in whose mailboxes something changed, where the administrator wants it. */
import { mailWords } from '../../shared/i18n/mail-words.ts';
import type { NotificationSettings } from '../../shared/mail.ts';
import type { RetractionState } from '../../shared/retraction.ts';
import { defangText } from '../message/defang-text.ts';
import type { Db } from '../store/database.ts';
import type { RetractionRow } from '../store/retractions.ts';
import { submissionsOfRetraction } from '../store/submissions.ts';
import type { RetractionWorld } from './world.ts';

/**
 * One mail a person and retraction, however many copies: part of the transaction in which the retraction settles. Who
 * reported the mail knows, and is told by the pane.
 */
export async function tellOwners(
  trx: Db,
  world: Pick<RetractionWorld, 'outbox'>,
  retraction: RetractionRow,
  state: RetractionState,
  settings: NotificationSettings,
): Promise<void> {
  const back = state === 'restored';
  const gone = (state === 'confirming' || state === 'done') && retraction.destination !== 'Inbox';
  if (!world.outbox || retraction.preview || !(back || gone)) return;
  if (back ? !settings.mail_restored : !settings.mail_removed) return;
  const words = mailWords(settings.language);
  const { subject, title, lines } = back ? words.restored : words.removed;
  const reporters = back ? [] : (await submissionsOfRetraction(trx, retraction.id)).map(({ mailbox }) => mailbox);
  await world.outbox.postToOwners(
    trx,
    {
      kind: back ? 'mail_restored' : 'mail_removed',
      subjectId: retraction.id,
      occasion: `${back ? 'restored' : 'removed'} ${retraction.id} ${retraction.generation}`,
      language: settings.language,
      letter: {
        subject,
        title,
        lines,
        facts: [
          { name: words.facts.subject, value: defangText(retraction.subject) || words.noSubject },
          { name: words.facts.receipt, value: retraction.id },
        ],
        listTitle: '',
        list: [],
        footer: words.footer,
      },
    },
    { retractionId: retraction.id, states: back ? ['restored'] : ['retracted'], besides: reporters },
  );
}
