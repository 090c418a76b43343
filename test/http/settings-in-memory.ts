/** Settings and lists in memory. */
import type { Lists, SettingName, Settings, SettingValues } from '../../server/policies/face.ts';
import { DEFAULT_SETTINGS } from '../../server/policies/settings.ts';
import { PermanentError } from '../../shared/errors.ts';
import type { ListEntry, ListEntryChange, NewListEntry } from '../../shared/list-entry.ts';

export class SettingsInMemory implements Settings {
  readonly values: SettingValues = structuredClone(DEFAULT_SETTINGS);

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
