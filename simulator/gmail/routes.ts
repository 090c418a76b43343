/** The routes of the Gmail API: their scopes, quota units and parameters (facts: retraction.md section 2). */
import type { GoogleRoute } from '../google-api/call.ts';
import { getProfile, listHistory } from './history.ts';
import { createLabel, deleteLabel, getLabel, listLabels } from './labels.ts';
import {
  batchModify,
  deleteMessage,
  getAttachment,
  getMessage,
  getThread,
  listMessages,
  modifyMessage,
  trashMessage,
  untrashMessage,
} from './messages.ts';

const all = 'https://mail.google.com/';
const reading = [all, 'gmail.modify', 'gmail.readonly', 'gmail.metadata'];
const writing = [all, 'gmail.modify'];
const user = 'gmail/v1/users/*';

type Row = [
  method: string,
  below: string,
  name: GoogleRoute['name'],
  units: number,
  scopes: readonly string[],
  parameters: readonly string[],
  answer: GoogleRoute['answer'],
];

const found = ['q', 'includeSpamTrash', 'labelIds', 'maxResults', 'pageToken'];
const shown = ['format', 'metadataHeaders'];
const history = ['startHistoryId', 'historyTypes', 'labelId', 'maxResults', 'pageToken'];

const rows: readonly Row[] = [
  ['GET', 'profile', 'gmailProfile', 1, reading, [], getProfile],
  ['GET', 'messages', 'gmailList', 5, reading, found, listMessages],
  ['POST', 'messages/batchModify', 'gmailBatchModify', 50, writing, [], batchModify],
  ['GET', 'messages/*', 'gmailGet', 20, reading, shown, getMessage],
  ['GET', 'messages/*/attachments/*', 'gmailAttachment', 20, reading.slice(0, 3), [], getAttachment],
  ['POST', 'messages/*/modify', 'gmailModify', 5, writing, [], modifyMessage],
  ['POST', 'messages/*/trash', 'gmailTrash', 20, writing, [], trashMessage],
  ['POST', 'messages/*/untrash', 'gmailUntrash', 5, writing, [], untrashMessage],
  ['DELETE', 'messages/*', 'gmailDelete', 10, [all], [], deleteMessage],
  ['GET', 'threads/*', 'gmailThread', 40, reading, shown, getThread],
  ['GET', 'labels', 'gmailLabels', 1, [...reading, 'gmail.labels'], [], listLabels],
  ['POST', 'labels', 'gmailCreateLabel', 5, [...writing, 'gmail.labels'], [], createLabel],
  ['GET', 'labels/*', 'gmailLabel', 1, [...reading, 'gmail.labels'], [], getLabel],
  ['DELETE', 'labels/*', 'gmailDeleteLabel', 5, [...writing, 'gmail.labels'], [], deleteLabel],
  ['GET', 'history', 'gmailHistory', 2, reading, history, listHistory],
];

export const gmailRoutes: readonly GoogleRoute[] = rows.map(
  ([method, below, name, units, scopes, parameters, answer]) => ({
    method,
    pattern: `${user}/${below}`,
    name,
    units,
    scopes,
    parameters,
    answer,
  }),
);
