/** What the Gmail page and its routes say to each other. */
import type { Json } from '../apps-script/card-json.ts';

export interface MailboxEntry {
  address: string;
  displayName: string;
  title: string | null;
  language: 'en' | 'de';
  unread: number;
}

export interface Company {
  name: string;
  mailboxes: MailboxEntry[];
  /** False: no add-on is installed. */
  addon: boolean;
  /** Page of those who have Outlook. */
  outlookHref?: string;
}

/** Labels that the page shows as places, in their order. */
export const PLACES = ['INBOX', 'STARRED', 'SENT', 'SPAM', 'TRASH'] as const;
export type Place = (typeof PLACES)[number];

export interface Row {
  id: string;
  labelIds: string[];
  from: { name: string; address: string };
  subject: string;
  preview: string;
  receivedAt: string;
  isRead: boolean;
}

export interface MailboxView {
  rows: Row[];
  /** Own labels that the owner sees: id to name. */
  labels: Record<string, string>;
}

export interface Letter extends Row {
  to: { name: string; address: string }[];
}

/** What goes wrong at Google or on the way, for people who want to see the panel's answer to it. */
export const FAULTS = ['none', 'consent', 'offline', 'silence', 'quota'] as const;
export type Fault = (typeof FAULTS)[number];

export interface Press {
  mailbox: string;
  /** '' on the homepage. */
  messageId: string;
  function: string;
  trigger: boolean;
  parameters: Record<string, string>;
  inputs: Record<string, string[]>;
  locale: string;
  fault: Fault;
}

export type PanelAnswer = { answer: { [key: string]: Json } } | { error: string };
