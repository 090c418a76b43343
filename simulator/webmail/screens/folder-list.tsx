import type { FolderEntry } from '../wire.ts';
import type { Words } from '../words.ts';
import { folderIcon, Icon } from './icons.tsx';

/** The folders with what is unread in them; hidden ones only when the visitor looks with the administrator's eyes. */
export function FolderList({
  folders,
  current,
  adminView,
  words,
  onOpen,
  onAdminView,
}: {
  folders: FolderEntry[];
  current: string;
  adminView: boolean;
  words: Words;
  onOpen: (id: string) => void;
  onAdminView: (on: boolean) => void;
}) {
  return (
    <nav class="folders" aria-label={words.folders}>
      <ul>
        {folders.map((folder) => (
          <li key={folder.id}>
            <button
              type="button"
              class={folder.hidden ? 'folder hidden-folder' : 'folder'}
              aria-current={folder.id === current ? 'true' : undefined}
              data-folder={folder.wellKnown ?? folder.name}
              onClick={() => onOpen(folder.id)}
            >
              <Icon name={folderIcon(folder.wellKnown, folder.hidden)} />
              <span class="folder-name">{folder.name}</span>
              {folder.hidden && folder.unread === 0 && folder.total > 0 && <small>{folder.total}</small>}
              {folder.unread > 0 && (
                <small class="folder-unread">
                  {folder.unread}
                  <span class="sr-only"> {words.unread}</span>
                </small>
              )}
            </button>
          </li>
        ))}
      </ul>
      <label class="admin-view" title={words.adminViewHint}>
        <input
          type="checkbox"
          role="switch"
          checked={adminView}
          aria-checked={adminView}
          onChange={(event) => onAdminView(event.currentTarget.checked)}
        />
        <span>
          {words.adminView}
          <small>{words.adminViewHint}</small>
        </span>
      </label>
    </nav>
  );
}
