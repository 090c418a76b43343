/** Gmail's labels: the system ones, and those people and programs make. */

export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
  messageListVisibility?: 'show' | 'hide';
  labelListVisibility?: 'labelShow' | 'labelShowIfUnread' | 'labelHide';
  color?: { textColor: string; backgroundColor: string };
}

const hidden = { messageListVisibility: 'hide', labelListVisibility: 'labelHide' } as const;

/** In the order in which `labels.list` names them. */
export const systemLabels: readonly Label[] = [
  { id: 'CHAT', name: 'CHAT', type: 'system', ...hidden },
  { id: 'SENT', name: 'SENT', type: 'system' },
  { id: 'INBOX', name: 'INBOX', type: 'system' },
  { id: 'IMPORTANT', name: 'IMPORTANT', type: 'system', ...hidden },
  { id: 'TRASH', name: 'TRASH', type: 'system', ...hidden },
  { id: 'DRAFT', name: 'DRAFT', type: 'system' },
  { id: 'SPAM', name: 'SPAM', type: 'system', ...hidden },
  { id: 'CATEGORY_FORUMS', name: 'CATEGORY_FORUMS', type: 'system', ...hidden },
  { id: 'CATEGORY_UPDATES', name: 'CATEGORY_UPDATES', type: 'system', ...hidden },
  { id: 'CATEGORY_PERSONAL', name: 'CATEGORY_PERSONAL', type: 'system', ...hidden },
  { id: 'CATEGORY_PROMOTIONS', name: 'CATEGORY_PROMOTIONS', type: 'system', ...hidden },
  { id: 'CATEGORY_SOCIAL', name: 'CATEGORY_SOCIAL', type: 'system', ...hidden },
  { id: 'STARRED', name: 'STARRED', type: 'system' },
  { id: 'UNREAD', name: 'UNREAD', type: 'system' },
];

const byId = new Map(systemLabels.map((label) => [label.id, label]));

export function systemLabel(id: string): Label | undefined {
  return byId.get(id);
}

/** Only Gmail itself applies and removes them. */
export const gmailsOwn: ReadonlySet<string> = new Set(['SENT', 'DRAFT', 'CHAT']);

/** What `list` leaves out unless asked for; purged after 30 days. */
export function isDiscarded(labelIds: ReadonlySet<string>): boolean {
  return labelIds.has('TRASH') || labelIds.has('SPAM');
}
