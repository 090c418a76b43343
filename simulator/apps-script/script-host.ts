/** What lies behind the services of one execution; asked without waiting, because Apps Script knows no promises. */
export interface ScriptHost {
  /** @throws Error in the words of UrlFetchApp */
  fetch(request: FetchRequest): FetchAnswer;
  /** null when the mailbox has no such message. @throws Error in the words of GmailApp */
  message(id: string): StoredMessage | null;
  /** null where the scope is missing. */
  identityToken(): string | null;
  property(key: string): string | null;
  properties(): Record<string, string>;
  /** null removes it. */
  setProperty(key: string, value: string | null): void;
  cached(key: string): string | null;
  setCached(key: string, value: string, seconds: number): void;
  log(line: string): void;
}

/** Fixed for one execution. */
export interface ScriptSetting {
  /** Opens `messageId` to GmailApp; '' outside of a message. */
  accessToken: string;
  messageId: string;
  /** What the person has agreed to. */
  scopes: string[];
  urlFetchWhitelist: string[];
  userLocale: string;
}

export interface FetchRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  contentType: string | null;
  payload: string | null;
  followRedirects: boolean;
}

export interface FetchAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

export interface StoredMessage {
  id: string;
  /** What `getRawContent` hands out: decoded as UTF-8, so other bytes are lost. */
  raw: string;
  messageIdHeader: string;
}
