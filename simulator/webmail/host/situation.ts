import type { AddinDefinition } from '../addin-definition.ts';
import type { MessageDetail } from '../wire.ts';
import type { ThemeName } from './office-theme.ts';

/** Which generation of Outlook the host pretends to be: what it announces as its Mailbox requirement set. */
export type MailboxSet = '1.15' | '1.14' | '1.8';

export interface User {
  address: string;
  displayName: string;
  /** Entra ids, as an ID token shows them. */
  objectId: string;
  tenantId: string;
}

/** Whose mailbox is open, for whom, and on which message: all that an add-in may ask about. */
export interface Situation {
  addin: AddinDefinition;
  user: User;
  mailboxSet: MailboxSet;
  nestedAppAuth: boolean;
  /** BCP 47. */
  locale: string;
  theme: ThemeName;
  message: MessageDetail | null;
}

/** Errors a host reports to office.js. */
export class HostError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the host asks the mail server for on behalf of an add-in. */
export interface HostServices {
  /** RFC 5322 bytes, base64. @throws HostError 5001 or 9049. */
  messageFile(message: MessageDetail): Promise<string>;
  headers(message: MessageDetail): Promise<string>;
  body(message: MessageDetail, kind: 'html' | 'text'): Promise<string>;
  attachment(message: MessageDetail, id: string): Promise<string>;
  token(request: TokenRequest): Promise<TokenAnswer>;
  /** Asks the person whether the add-in may sign in; resolves false when they say no. */
  confirmSignIn(user: User): Promise<boolean>;
}

export interface TokenRequest {
  mailbox: string;
  clientId: string;
  scope: string;
  /** Whether the person has just been asked. */
  interactive: boolean;
}

export type TokenAnswer =
  | { accessToken: string; idToken: string; expiresIn: number; scope: string }
  | { error: { status: string; code: string; description: string } };
