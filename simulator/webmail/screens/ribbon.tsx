import type { AddinDefinition, Icons, PaneCommand } from '../addin-definition.ts';
import type { MessageDetail } from '../wire.ts';
import type { Words } from '../words.ts';
import { Icon, type IconName } from './icons.tsx';

/** What can be done with the open message: the add-in's commands first, then the mail client's own. */
export function Ribbon({
  message,
  folder,
  addin,
  canReport,
  reporting,
  paneOpen,
  words,
  onReport,
  onPane,
  onDelete,
  onMove,
  onUnread,
  onForward,
}: {
  message: MessageDetail;
  folder: string | null;
  addin: AddinDefinition | null;
  canReport: boolean;
  reporting: boolean;
  paneOpen: string | null;
  words: Words;
  onReport: () => void;
  onPane: (command: PaneCommand) => void;
  onDelete: () => void;
  onMove: (folder: string) => void;
  onUnread: () => void;
  /** null: nobody takes reports by mail. */
  onForward: (() => void) | null;
}) {
  const inJunk = folder === 'junkemail' || folder === 'deleteditems';
  return (
    <div class="ribbon" role="toolbar" aria-label={words.mailActions} onKeyDown={walk}>
      {addin?.report && canReport && (
        <button type="button" class="report-button" title={addin.report.tip} disabled={reporting} onClick={onReport}>
          <CommandIcon icons={addin.report.icons} />
          <span>{addin.report.label}</span>
        </button>
      )}
      {addin?.panes.map((command) => (
        <button
          key={command.controlId}
          type="button"
          title={command.tip}
          data-control={command.controlId}
          aria-pressed={paneOpen === command.controlId}
          onClick={() => onPane(command)}
        >
          <CommandIcon icons={command.icons} />
          <span>{command.label}</span>
        </button>
      ))}
      {addin === null && (
        <span class="no-addin" title={words.noAddinHint}>
          {words.noAddin}
        </span>
      )}
      <span class="ribbon-gap" />
      {onForward && <OwnCommand icon="forward" label={words.forward} onClick={onForward} />}
      <OwnCommand icon="deleteditems" label={words.remove} onClick={onDelete} />
      {inJunk ? (
        <OwnCommand icon="inbox" label={words.notJunk} onClick={() => onMove('inbox')} />
      ) : (
        <OwnCommand icon="junkemail" label={words.junk} onClick={() => onMove('junkemail')} />
      )}
      {message.isRead && <OwnCommand icon="unread" label={words.markUnread} onClick={onUnread} />}
    </div>
  );
}

function OwnCommand({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="own" title={label} aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** The 16 px picture and its double, for screens with two pixels a point. */
function CommandIcon({ icons }: { icons: Icons }) {
  const sharp = icons[32] ? `${icons[32]} 2x` : undefined;
  return <img src={icons[16] ?? icons[32]} srcset={sharp} width="16" height="16" alt="" />;
}

function walk(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLButtonElement>('button:enabled')];
  buttons[buttons.indexOf(event.target as HTMLButtonElement) + step]?.focus();
}
