import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PaneCommand } from '../addin-definition.ts';
import type { Situation, User } from '../host/situation.ts';
import { hostServices } from '../host-services.ts';
import { forwardMessage, loadMessage, loadTenant, markMessage, moveMessage } from '../mail-client.ts';
import type { Preferences } from '../preferences.ts';
import { useAddin } from '../use-addin.ts';
import { useMailbox } from '../use-mailbox.ts';
import { useReport } from '../use-report.ts';
import type { MessageDetail, Tenant } from '../wire.ts';
import { wordsIn } from '../words.ts';
import { CopiesStrip } from './copies-strip.tsx';
import { FolderList } from './folder-list.tsx';
import { MailboxPicker } from './mailbox-picker.tsx';
import { MessageDialog, SignInDialog } from './message-dialog.tsx';
import { MessageList } from './message-list.tsx';
import { Nothing } from './nothing.tsx';
import { ReadingPane } from './reading-pane.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { Ribbon } from './ribbon.tsx';
import { type OpenPane, TaskPane } from './task-pane.tsx';
import { Toasts, useToasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';

const LOCALES = { en: 'en-US', de: 'de-DE' } as const;

/** The whole mail client at one mailbox, with the add-in where Outlook has it. */
export function MailScreen({
  tenant,
  address,
  preferences,
  theme,
  onPreferences,
  onTenant,
  onAddress,
}: {
  tenant: Tenant;
  address: string;
  preferences: Preferences;
  theme: 'light' | 'dark';
  onPreferences: (change: Partial<Preferences>) => void;
  onTenant: (tenant: Tenant) => void;
  onAddress: (address: string) => void;
}) {
  const { language, adminView, mailboxSet } = preferences;
  const words = wordsIn(language);
  const locale = LOCALES[language];
  const addin = useAddin(locale);
  const toasts = useToasts();
  const mailbox = useMailbox(address, adminView, (row) => toasts.show(`${words.leftFolder} “${row.subject}”`));
  const [folderId, setFolderId] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  const [detail, setDetail] = useState<MessageDetail | null>(null);
  const [picking, setPicking] = useState(false);
  const [pane, setPane] = useState<OpenPane | null>(null);
  const [asking, setAsking] = useState<{ user: User; answer: (agreed: boolean) => void } | null>(null);
  const [place, setPlace] = useState<'folders' | 'list' | 'reading'>('list');
  const latest = useRef(preferences);
  latest.current = preferences;
  const services = useMemo(
    () =>
      hostServices(
        () => latest.current,
        (user) => new Promise((resolve) => setAsking({ user, answer: resolve })),
      ),
    [],
  );

  // Another mailbox is another session: nothing of the last one stays open.
  useEffect(() => {
    setOpenId(null);
    setPane(null);
    setPlace('list');
    setFolderId('');
    toasts.clear();
  }, [address]);
  useEffect(() => {
    setDetail(null);
    if (openId === null) return undefined;
    let current = true;
    loadMessage(address, openId).then(
      (found) => current && setDetail(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [address, openId]);

  const folders = mailbox.view?.folders ?? [];
  const folder = folders.find((it) => it.id === folderId) ?? folders.find((it) => it.wellKnown === 'inbox') ?? null;
  const rows = (mailbox.view?.messages ?? []).filter((row) => row.folderId === folder?.id);
  const openRow = rows.find((row) => row.id === openId);
  const gone = detail !== null && mailbox.view !== null && (!openRow || mailbox.leaving.has(detail.id));
  const entry = tenant.mailboxes.find((it) => it.address === address) ?? null;

  // A shared mailbox has nobody of its own: whoever sat here last looks into it.
  const person = useRef(entry?.kind === 'user' ? entry : (tenant.mailboxes.find((it) => it.kind === 'user') ?? null));
  if (entry?.kind === 'user') person.current = entry;

  const situation: Situation | null =
    addin && person.current
      ? {
          addin,
          user: {
            address: person.current.address,
            displayName: person.current.displayName,
            objectId: person.current.objectId,
            tenantId: tenant.tenantId,
          },
          mailboxSet,
          nestedAppAuth: true,
          locale,
          theme,
          message: detail,
        }
      : null;

  const openings = useRef(0);
  const showPane = (command: PaneCommand, contextData = '') =>
    setPane({ command, contextData, opening: ++openings.current });
  const move = (id: string, target: string, create = false) => {
    mailbox.expect(id);
    if (id === openId) setOpenId(null);
    void moveMessage(address, id, target, create).catch(() => mailbox.refresh());
  };
  const report = useReport({ situation, services, words, openPane: showPane, move });

  const open = (id: string) => {
    if (id !== openId && pane && !pane.command.pinnable) setPane(null);
    setOpenId(id);
    setPlace('reading');
    const row = rows.find((it) => it.id === id);
    if (row && !row.isRead) void markMessage(address, id, { isRead: true }).catch(() => undefined);
  };
  const pick = () => {
    setPicking(true);
    void loadTenant().then(onTenant, () => undefined);
  };

  const copies = detail && (
    <CopiesStrip mailbox={address} messageId={detail.id} version={mailbox.version} words={words} onOpen={onAddress} />
  );

  return (
    <div class={pane ? 'mail with-pane' : 'mail'} data-place={place}>
      <TopBar
        tenant={tenant}
        entry={entry}
        preferences={preferences}
        words={words}
        place={place}
        onPlace={setPlace}
        onPick={pick}
        onPreferences={onPreferences}
      />
      <FolderList
        folders={folders}
        current={folder?.id ?? ''}
        adminView={adminView}
        words={words}
        onOpen={(id) => {
          setFolderId(id);
          setOpenId(null);
          setPlace('list');
        }}
        onAdminView={(on) => onPreferences({ adminView: on })}
      />
      <MessageList
        title={folder?.name ?? ''}
        messages={rows}
        leaving={mailbox.leaving}
        openId={openId}
        language={language}
        words={words}
        onOpen={open}
        onDelete={(id) => move(id, 'deleteditems')}
      />
      {detail && !gone ? (
        <ReadingPane
          message={detail}
          theme={theme}
          language={language}
          words={words}
          onLink={(target) => toasts.show(`${words.linkLeads} ${target}`)}
          ribbon={
            <Ribbon
              message={{ ...detail, isRead: openRow?.isRead ?? true }}
              folder={folder?.wellKnown ?? null}
              addin={addin}
              canReport={mailboxSet !== '1.8'}
              reporting={report.running}
              paneOpen={pane?.command.controlId ?? null}
              words={words}
              onReport={report.ask}
              onPane={(command) => (pane?.command.controlId === command.controlId ? setPane(null) : showPane(command))}
              onDelete={() => move(detail.id, 'deleteditems')}
              onMove={(target) => move(detail.id, target)}
              onForward={
                tenant.reportsTo && entry?.kind === 'user'
                  ? () =>
                      void forwardMessage(address, detail.id).then(
                        () => toasts.show(words.forwarded(tenant.reportsTo ?? '')),
                        () => toasts.show(words.notForwarded),
                      )
                  : null
              }
              onUnread={() => void markMessage(address, detail.id, { isRead: false }).catch(() => undefined)}
            />
          }
          footer={copies}
        />
      ) : (
        <Nothing gone={gone} words={words}>
          {gone && copies}
        </Nothing>
      )}
      {pane && situation && (
        <TaskPane pane={pane} situation={situation} services={services} words={words} onClose={() => setPane(null)} />
      )}
      <Toasts toasts={toasts} busy={report.running ? words.reporting : null} />
      {report.asking && addin?.report && (
        <ReportDialog
          addin={addin}
          report={addin.report}
          words={words}
          onReport={report.run}
          onCancel={report.cancel}
        />
      )}
      {report.message && <MessageDialog {...report.message} words={words} onClose={report.dismiss} />}
      {asking && addin && (
        <SignInDialog
          addinName={addin.displayName}
          name={asking.user.displayName}
          address={asking.user.address}
          words={words}
          onAnswer={(agreed) => {
            setAsking(null);
            asking.answer(agreed);
          }}
        />
      )}
      {picking && (
        <MailboxPicker
          mailboxes={tenant.mailboxes}
          current={address}
          words={words}
          onCancel={() => setPicking(false)}
          onPick={(next) => {
            setPicking(false);
            onAddress(next);
          }}
        />
      )}
    </div>
  );
}
