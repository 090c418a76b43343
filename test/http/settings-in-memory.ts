/** Settings and lists in memory. */
import type { Lists, SettingName, Settings, SettingValues } from '../../server/policies/face.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { ListEntry, ListEntryChange, NewListEntry } from '../../shared/list-entry.ts';

export class SettingsInMemory implements Settings {
  readonly values: SettingValues = {
    psr: { mode: 'preview', scope: 'message', dispositions: ['MALICIOUS'] },
    retraction: {
      destinations: {
        MALICIOUS: 'Quarantine',
        SUSPICIOUS: 'NoAction',
        SPOOF: 'NoAction',
        SPAM: 'NoAction',
        BULK: 'NoAction',
      },
      paused: false,
    },
    guard: { max_mailboxes: 500, max_share: 0.05, canary_mailbox: null },
    shared_mailboxes: { mailboxes: [] },
    lures: { mode: 'off' },
    pdr: { mode: 'preview' },
    watch: { mailboxes: [], every_seconds: 60, look_back_hours: 0 },
    learning: { promotion: 'propose' },
    notifications: {
      from_name: '',
      language: 'en',
      team_verdict: true,
      user_verdicts: { MALICIOUS: false, SUSPICIOUS: false, SPOOF: false, SPAM: false, BULK: false, NONE: false },
      mail_removed: false,
      mail_restored: false,
      invalid_submission: false,
    },
    intake: { team_members: [] },
    branding: {
      organisation: '',
      colour: null,
      logo: null,
      texts: { en: { contact: '', thanks: '' }, de: { contact: '', thanks: '' } },
    },
    privacy: { clean_body_hours: null, body_days: 365, metadata_days: 365, detection_days: 365 },
  };
  async get<N extends SettingName>(name: N) {
    return this.values[name];
  }
  async put<N extends SettingName>(name: N, value: SettingValues[N]) {
    this.values[name] = value;
    return value;
  }
}

/** One list for all names, which refuses `nonsense`. */
export class ListsInMemory implements Lists {
  readonly all: ListEntry[] = [];
  async entries() {
    return this.all;
  }
  async add(_list: string, { value, comment, ...options }: NewListEntry, actor: string) {
    if (value === 'nonsense') throw new PermanentError('invalid_entry', 'An entry is an address or a domain.');
    if (this.all.some((entry) => entry.value === value))
      throw new PermanentError('already_listed', `${value} is there.`);
    const created_at = '2026-08-01T09:00:00Z';
    const id = `lst_${this.all.length + 1}`;
    const entry: ListEntry = { id, value, comment: comment ?? '', created_by: actor, created_at, ...options };
    this.all.push(entry);
    return entry;
  }
  async change(_list: string, id: string, change: ListEntryChange) {
    const entry = this.all.find((one) => one.id === id);
    return entry ? Object.assign(entry, change) : null;
  }
  async importCsv(_list: string, csv: string) {
    if (csv === 'nonsense') throw new PermanentError('invalid_csv', 'The first line names the columns.');
    return { added: 1, changed: 0, unchanged: 0 };
  }
  async exportCsv() {
    return 'value,comment\r\n';
  }
  async remove(_list: string, id: string) {
    const at = this.all.findIndex((entry) => entry.id === id);
    return at !== -1 && this.all.splice(at, 1).length === 1;
  }
}
