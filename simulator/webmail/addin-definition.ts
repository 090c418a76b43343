/** What a mail client needs to know of an installed add-in, in one language: the manifest, resolved. */
export interface AddinDefinition {
  id: string;
  version: string;
  provider: string;
  displayName: string;
  description: string;
  iconUrl: string | null;
  permissions: 'ReadItem' | 'ReadWriteItem' | 'ReadWriteMailbox' | 'Restricted';
  supportsSharedFolders: boolean;
  /** ReportPhishingCommandSurface, where the manifest has one. */
  report: ReportCommand | null;
  /** Ordinary task pane buttons of a message that is read, in manifest order. */
  panes: PaneCommand[];
}

/** Pixel size to address. */
export type Icons = Record<number, string>;

export interface ReportCommand {
  controlId: string;
  label: string;
  tip: string;
  icons: Icons;
  functionName: string;
  /** The page that runs the event handler, in a hidden frame. */
  handlerUrl: string;
  dialog: PreProcessingDialog;
}

export interface PreProcessingDialog {
  title: string;
  description: string;
  neverShowAgain: boolean;
  options: { title: string; input: 'checkbox' | 'radio'; labels: string[] } | null;
  freeTextLabel: string | null;
  moreInfo: { text: string; url: string } | null;
}

export interface PaneCommand {
  controlId: string;
  label: string;
  tip: string;
  icons: Icons;
  url: string;
  pinnable: boolean;
}
