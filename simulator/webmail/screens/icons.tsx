/** Line icons of 20 units; decoration only, so hidden from screen readers. */
const paths = {
  inbox: 'M3 11h4l1.5 2.5h3L13 11h4M3 11l2-6.5h10L17 11v5H3z',
  drafts: 'M4 16l1-4 8.5-8.5 3 3L8 15zM12 5l3 3',
  sentitems: 'M3 9.5L17 3l-4.5 14-3-6zM9.5 11L17 3',
  archive: 'M3 4h14v4H3zM4.500 8v8h11V8M8 11h4',
  junkemail: 'M10 3l7 13H3zM10 8v4M10 14v.5',
  deleteditems: 'M4 6h12M8 6V4h4v2M5.500 6l.8 10h7.400l.8-10M8.500 9v4M11.500 9v4',
  folder: 'M3 5h5l1.500 2H17v9H3z',
  hidden:
    'M3 3l14 14M8 5.300A8 8 0 0 1 10 5c4 0 6.500 3.500 7.500 5a12 12 0 0 1-2.200 2.600M12 14.600A7 7 0 0 1 10 15c-4 0-6.500-3.500-7.500-5A12 12 0 0 1 5.500 6.800',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.700 12.700L17 17',
  attachment:
    'M14.500 9.500L9.300 14.700a3 3 0 0 1-4.300-4.300l6-6a2 2 0 0 1 2.900 2.900l-5.700 5.600a1 1 0 0 1-1.400-1.400l5-5',
  flag: 'M5 17V3.500h9l-2 3.500 2 3.500H5',
  close: 'M5 5l10 10M15 5L5 15',
  back: 'M12 4l-6 6 6 6',
  down: 'M5 8l5 5 5-5',
  settings: 'M3 6h6M13 6h4M3 14h3M10 14h7M11 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8 12a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  unread: 'M3 5h14v10H3zM3 5l7 6 7-6',
  forward: 'M11 4l6 5.500-6 5.500v-3.500c-4 0-6.500 1-8 4 0-5 3-8 8-8.500z',
  menu: 'M3 5h14M3 10h14M3 15h14',
  people:
    'M7 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM2.500 16c0-3 2-4.500 4.500-4.500s4.500 1.500 4.500 4.500M13.500 9.500a2 2 0 1 0 0-4M14 11.500c2 .2 3.500 1.600 3.500 4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

const wellKnown = new Set<string>(Object.keys(paths));

export const folderIcon = (name: string | null, hidden: boolean): IconName =>
  hidden ? 'hidden' : name !== null && wellKnown.has(name) ? (name as IconName) : 'folder';
