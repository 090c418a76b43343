/** The face of the Workspace side, and how it is put together: what hangs on `simulator.google`. */
import type { Faults } from './faults.ts';
import { createAdminDoor, createBatchDoor, createGmailDoor } from './google-api/door.ts';
import { Quota } from './google-api/quota.ts';
import { defaultGoogleSettings, type GoogleSettings } from './google-api/settings.ts';
import { createIssuerDoor, createTokenDoor } from './google-identity/door.ts';
import { identityToken } from './google-identity/identity-token.ts';
import { addonAudiences, type ServiceAccountKeyFile, serviceAccountFile } from './google-identity/service-account.ts';
import { delegatedScopes, TokenDesk } from './google-identity/token-desk.ts';
import type { TokenForgery } from './identity/forgery.ts';
import type { RequestLog } from './log.ts';
import type { Handler, Timing } from './simulator.ts';
import type { GmailDelivery, GmailMailbox, GmailMessage } from './workspace/mailbox.ts';
import { Workspace, type WorkspaceUser, type WorkspaceUserOptions } from './workspace/workspace.ts';

/** A copy in Gmail as a test wants to see it. */
export interface GmailCopyView {
  /** 16 hex digits. */
  id: string;
  threadId: string;
  labelIds: string[];
  /** Names of the same labels, in the same order. */
  labels: string[];
  internetMessageId: string;
  subject: string;
  isRead: boolean;
  label: string | null;
}

export interface Google {
  /** Root of the Gmail API, like `https://gmail.googleapis.com`: an origin, paths begin with `/gmail/v1`. */
  readonly gmailUrl: string;
  /** Root of the Admin SDK, like `https://admin.googleapis.com`. */
  readonly adminUrl: string;
  readonly tokenUrl: string;
  /** Stands for `https://accounts.google.com`: `iss` of identity tokens. */
  readonly issuerUrl: string;
  /** Key file of the service account; its key is made when somebody first looks. */
  readonly serviceAccount: ServiceAccountKeyFile;
  /** The administrator to act as for directory and reports. */
  readonly adminAddress: string;
  /** `hd`, and the domain of the mailboxes. */
  readonly domain: string;
  readonly addonAudiences: readonly string[];
  readonly workspace: Workspace;
  readonly settings: GoogleSettings;
  readonly quota: Quota;
  readonly desk: TokenDesk;

  /** What `ScriptApp.getIdentityToken()` returns for a user, good unless a forgery is asked for. */
  identityToken(address: string, forgery?: TokenForgery): string;
  addMailbox(address: string, options?: WorkspaceUserOptions): void;
  /** `user000000@domain` and so on. */
  addMailboxes(count: number, domain?: string): void;
  addGroup(address: string, members: readonly string[], name?: string): void;
  /** Adds the mailbox when there is none. @returns the message id */
  deliver(address: string, eml: Uint8Array | string, delivery?: GmailDelivery): string;
  /** Newest first, TRASH and SPAM included. */
  copies(address: string): GmailCopyView[];
  raw(address: string, which: string): Buffer;

  /** What the owner does. `which`: id, label of the deliverer's, subject, or Message-ID with <>. */
  userReads(address: string, which: string, isRead?: boolean, timing?: Timing): void;
  /** Label names or ids; own ones are made when new. */
  userLabels(address: string, which: string, change: { add?: string[]; remove?: string[] }, timing?: Timing): void;
  userArchives(address: string, which: string, timing?: Timing): void;
  /** To the bin. */
  userDeletes(address: string, which: string, timing?: Timing): void;
  userMarksSpam(address: string, which: string, timing?: Timing): void;
  userDeletesLabel(address: string, label: string): void;
  /** Gone for good, as when the owner empties the bin. */
  remove(address: string, which: string, timing?: Timing): void;
  suspend(address: string, suspended?: boolean): void;

  /**
   * The administrator takes scopes (all unless told) away from the service account: token requests are refused, and
   * tokens handed out are worth nothing any more unless `keepTokens`.
   */
  revokeDelegation(options?: { scopes?: readonly string[]; keepTokens?: boolean }): void;
  grantDelegation(): void;
  /** 403 dailyLimitExceeded until midnight Pacific time, or `restoreDailyQuota`. */
  exhaustDailyQuota(): void;
  restoreDailyQuota(): void;
}

export interface GoogleOptions {
  domain?: string;
  settings?: Partial<GoogleSettings>;
}

interface GoogleParts {
  /** Of the simulator. */
  url: string;
  now: () => number;
  random: () => number;
  faults: Faults;
  log: RequestLog;
  latencyMs: number;
  idSalt?: string;
  options?: GoogleOptions;
}

export function createGoogle(parts: GoogleParts): { google: Google; mounts: { prefix: string; handler: Handler }[] } {
  const { url, now, random, faults, log, options = {} } = parts;
  const domain = options.domain ?? 'lab.example.org';
  const settings: GoogleSettings = { ...defaultGoogleSettings, latencyMs: parts.latencyMs, ...options.settings };
  const workspace = new Workspace({
    domain,
    now,
    idSalt: parts.idSalt,
    keepDiscardedDays: () => settings.keepDiscardedDays,
  });
  // Google's client resolves its paths against the root URL and loses whatever path that has: both are origins.
  const [gmailUrl, adminUrl, issuerUrl] = [url, url, `${url}/google-accounts`];
  const tokenUrl = `${url}/google-oauth2/token`;
  const desk = new TokenDesk({ workspace, tokenUrl, now });
  const quota = new Quota();
  const world = { workspace, settings, faults, log, desk, quota, random };
  const login = { desk, faults, log, now, latencyMs: () => settings.latencyMs, issuerUrl, tokenUrl };
  const adminAddress = `admin@${domain}`;

  const userOf = (address: string): WorkspaceUser => {
    const user = workspace.user(address);
    if (!user) throw new Error(`nobody is called ${address} in the pretend Workspace`);
    return user;
  };
  function act(
    address: string,
    which: string,
    timing: Timing | undefined,
    action: (mailbox: GmailMailbox, message: GmailMessage) => void,
  ): void {
    const mailbox = workspace.mailboxOrThrow(address);
    if (timing?.after === undefined) action(mailbox, findMessage(mailbox, which));
    else faults.after(mailbox.address, timing.after, () => action(mailbox, findMessage(mailbox, which)));
  }
  const changes = (add: string[], remove: string[]) => (mailbox: GmailMailbox, message: GmailMessage) => {
    const idOf = (name: string) => (mailbox.label(name) ?? mailbox.createLabel(name)).id;
    mailbox.change(message, add.map(idOf), remove.map(idOf));
  };

  const google: Google = {
    gmailUrl,
    adminUrl,
    tokenUrl,
    issuerUrl,
    get serviceAccount() {
      return serviceAccountFile(tokenUrl, issuerUrl);
    },
    adminAddress,
    domain,
    addonAudiences,
    workspace,
    settings,
    quota,
    desk,
    identityToken: (address, forgery) =>
      identityToken(userOf(address), { issuerUrl, audience: addonAudiences[0]!, domain, now: now() }, forgery),
    addMailbox: (address, more) => void workspace.addUser(address, more),
    addMailboxes(count, at = domain) {
      for (let i = 0; i < count; i++) workspace.addUser(`user${String(i).padStart(6, '0')}@${at}`);
    },
    addGroup: (address, members, name = address) => void workspace.addGroup(address, name, members),
    deliver(address, eml, delivery) {
      if (!workspace.user(address)) workspace.addUser(address);
      const bytes = typeof eml === 'string' ? Buffer.from(eml) : Buffer.isBuffer(eml) ? eml : Buffer.from(eml);
      return workspace.deliver(address, bytes, delivery).id;
    },
    copies(address) {
      const mailbox = workspace.mailboxOrThrow(address);
      return mailbox.list().map(({ id, threadId, labelIds, internetMessageId, subject, label }) => ({
        id,
        threadId,
        labelIds: [...labelIds],
        labels: [...labelIds].map((one) => mailbox.label(one)?.name ?? one),
        internetMessageId,
        subject,
        isRead: !labelIds.has('UNREAD'),
        label,
      }));
    },
    raw: (address, which) => findMessage(workspace.mailboxOrThrow(address), which).eml,
    userReads: (address, which, isRead = true, timing) =>
      act(address, which, timing, isRead ? changes([], ['UNREAD']) : changes(['UNREAD'], [])),
    userLabels: (address, which, { add = [], remove = [] }, timing) =>
      act(address, which, timing, changes(add, remove)),
    userArchives: (address, which, timing) => act(address, which, timing, changes([], ['INBOX'])),
    userDeletes: (address, which, timing) => act(address, which, timing, changes(['TRASH'], ['INBOX', 'SPAM'])),
    userMarksSpam: (address, which, timing) => act(address, which, timing, changes(['SPAM'], ['INBOX'])),
    userDeletesLabel(address, label) {
      const mailbox = workspace.mailboxOrThrow(address);
      const found = mailbox.label(label);
      if (!found) throw new Error(`${address} has no label ${label}`);
      mailbox.deleteLabel(found.id);
    },
    remove: (address, which, timing) => act(address, which, timing, (mailbox, message) => mailbox.remove(message)),
    suspend(address, suspended = true) {
      userOf(address).suspended = suspended;
    },
    revokeDelegation({ scopes = delegatedScopes, keepTokens = false } = {}) {
      for (const scope of scopes) desk.delegated.delete(scope);
      if (!keepTokens) desk.forget();
    },
    grantDelegation() {
      for (const scope of delegatedScopes) desk.delegated.add(scope);
    },
    exhaustDailyQuota: () => quota.exhaustDay(now()),
    restoreDailyQuota: () => quota.reset(),
  };
  const at = (service: string) => new URL(service).pathname;
  workspace.addUser(adminAddress, { displayName: 'Workspace Administrator', isAdmin: true, mailbox: false });
  return {
    google,
    mounts: [
      { prefix: '/gmail/v1', handler: createGmailDoor(world) },
      { prefix: '/batch/gmail/v1', handler: createBatchDoor(world) },
      { prefix: '/admin/directory/v1', handler: createAdminDoor(world) },
      { prefix: '/admin/reports/v1', handler: createAdminDoor(world) },
      { prefix: at(issuerUrl), handler: createIssuerDoor(login) },
      { prefix: at(tokenUrl), handler: createTokenDoor(login) },
    ],
  };
}

/** Nobody but the administrator, no mail, every scope granted, nothing spent. */
export function resetGoogle(google: Google): void {
  google.workspace.clear();
  google.quota.reset();
  google.desk.forget();
  google.grantDelegation();
  google.addMailbox(google.adminAddress, { displayName: 'Workspace Administrator', isAdmin: true, mailbox: false });
}

/** By id, label, Message-ID or subject; the newest when several fit. @throws Error when none does */
export function findMessage(mailbox: GmailMailbox, which: string): GmailMessage {
  const messages = mailbox.list();
  const message =
    mailbox.message(which) ??
    messages.find((one) => one.label === which) ??
    messages.find((one) => one.internetMessageId === which) ??
    messages.find((one) => one.subject === which);
  if (!message) throw new Error(`${mailbox.address} has no message ${which}`);
  return message;
}
