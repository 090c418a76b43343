/** Layer D: what no schema says, but Outlook needs. */
import { GRAMMAR, type ResourceKind } from './grammar.ts';
import { type Element, find, pathOf, walk } from './xml.ts';

/** What lies beside the manifest. */
export interface Deployment {
  origin: string;
  /** Pixels of a PNG below /addins/outlook/, null when there is no such file. */
  pixels: (path: string) => { width: number; height: number; bytes: number } | null;
  /** Whether a page or script is served below /addins/outlook/. */
  exists: (path: string) => boolean;
  /** Names the event bundle associates. */
  associated: readonly string[];
  /** The control of which the handler opens the pane. */
  paneControl: string;
}

const LISTS: Record<ResourceKind, string> = {
  image: 'bt:Images',
  url: 'bt:Urls',
  short: 'bt:ShortStrings',
  long: 'bt:LongStrings',
};

/** Kind of resource by the element that refers to it. */
const KINDS = new Map(Object.entries(GRAMMAR).flatMap(([name, { resid }]) => (resid ? [[name, resid] as const] : [])));
const ALIASES: Record<string, ResourceKind> = {
  Option: 'short',
  FreeTextLabel: 'short',
  MoreInfoText: 'short',
  MoreInfoUrl: 'url',
  'bt:Image': 'image',
  Override: 'url',
};

export function lintFaults(root: Element, deployment: Deployment): string[] {
  const overrides = find(root, 'VersionOverrides');
  return [
    ...overrides.flatMap((scope) => resourceFaults(scope)),
    ...fileFaults(root, deployment),
    ...iconFaults(root, deployment),
    ...overrides.flatMap((scope) => idFaults(scope)),
    ...reportFaults(root, deployment),
  ];
}

/** Elements of one VersionOverrides without those of the one inside it: each has resources of its own. */
function own(scope: Element): Element[] {
  const inner = new Set(scope.children.filter(({ name }) => name === 'VersionOverrides').flatMap(walk));
  return walk(scope).filter((element) => !inner.has(element));
}

function resourceFaults(scope: Element): string[] {
  const faults: string[] = [];
  const elements = own(scope);
  for (const element of elements) {
    const { resid } = element.attributes;
    if (!resid) continue;
    const kind = ALIASES[element.name] ?? KINDS.get(element.name);
    const list = elements.find(({ name }) => kind && name === LISTS[kind]);
    const found = list?.children.filter(({ attributes }) => attributes.id === resid) ?? [];
    if (found.length !== 1) faults.push(`${pathOf(element)}: ${found.length} ${kind} resources "${resid}"`);
  }
  const used = new Set(elements.map(({ attributes }) => attributes.resid));
  for (const list of elements.filter(({ name }) => Object.values(LISTS).includes(name))) {
    for (const { attributes } of list.children) {
      if (!used.has(attributes.id)) faults.push(`resource "${attributes.id}" is not used`);
      if ((attributes.id ?? '').length > 32) faults.push(`resource "${attributes.id}" has too long an id`);
    }
    if (list.name.endsWith('Strings')) {
      for (const one of list.children) {
        const german = one.children.some(({ attributes }) => attributes.Locale === 'de-DE');
        if (!german) faults.push(`string "${one.attributes.id}" has no German`);
      }
    }
  }
  return faults;
}

function urls(root: Element): string[] {
  return walk(root)
    .flatMap(({ attributes }) => [attributes.DefaultValue ?? '', attributes.Value ?? ''])
    .filter((value) => /^https?:/.test(value));
}

function fileFaults(root: Element, { origin, exists, pixels }: Deployment): string[] {
  const base = `${origin}/addins/outlook/`;
  return urls(root).flatMap((url) => {
    if (!url.startsWith(base)) return [`${url} lies outside of ${base}`];
    const path = url.slice(base.length);
    const there = path.endsWith('.png') ? pixels(path) !== null : exists(path);
    return there ? [] : [`${url} is not served`];
  });
}

function iconFaults(root: Element, { origin, pixels }: Deployment): string[] {
  const faults: string[] = [];
  const check = (url: string, size: number) => {
    const file = pixels(url.slice(`${origin}/addins/outlook/`.length));
    if (!file) return;
    if (file.width !== size || file.height !== size) faults.push(`${url} is ${file.width} px, not ${size}`);
    if (file.bytes >= 100_000) faults.push(`${url} has ${file.bytes} bytes`);
  };
  check(find(root, 'IconUrl')[0]?.attributes.DefaultValue ?? '', 64);
  check(find(root, 'HighResolutionIconUrl')[0]?.attributes.DefaultValue ?? '', 128);
  for (const scope of find(root, 'VersionOverrides')) {
    const images = new Map(
      (own(scope).find(({ name }) => name === 'bt:Images')?.children ?? []).map(({ attributes }) => [
        attributes.id,
        attributes.DefaultValue ?? '',
      ]),
    );
    for (const icon of own(scope).filter(({ name }) => name === 'Icon')) {
      const sizes = icon.children.map(({ attributes }) => `${attributes.size}@${attributes.scale ?? 1}`);
      const mobile = icon.attributes['xsi:type'] === 'bt:MobileIconList';
      const needed = mobile
        ? ['25', '32', '48'].flatMap((size) => [1, 2, 3].map((scale) => `${size}@${scale}`))
        : ['16@1', '32@1', '80@1'];
      for (const size of needed) if (!sizes.includes(size)) faults.push(`${pathOf(icon)}: no icon ${size}`);
      for (const { attributes } of icon.children) {
        const size = Number(attributes.size) * Number(attributes.scale ?? 1);
        check(images.get(attributes.resid) ?? '', size);
      }
    }
  }
  return faults;
}

function idFaults(scope: Element): string[] {
  const ids = own(scope)
    .filter(({ name }) => name === 'Group' || name === 'Control')
    .map(({ attributes }) => attributes.id ?? '');
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id "${id}" twice`);
}

function reportFaults(root: Element, { associated, paneControl }: Deployment): string[] {
  const faults: string[] = [];
  const [runtime] = find(root, 'Runtime');
  const [customization] = find(root, 'ReportPhishingCustomization');
  if (!runtime || !customization) return ['no report surface with a runtime'];
  const source = customization.children.find(({ name }) => name === 'SourceLocation')?.attributes.resid;
  if (source !== runtime.attributes.resid) faults.push(`SourceLocation "${source}" is not the runtime's`);
  for (const { text } of find(root, 'FunctionName')) {
    if (!associated.includes(text.trim())) faults.push(`function "${text.trim()}" is not associated`);
  }
  const pane = find(root, 'Control', 'Button').find(({ attributes }) => attributes.id === paneControl);
  if (!pane || find(pane, 'Action', 'ShowTaskpane').length !== 1) faults.push(`"${paneControl}" opens no pane`);
  const icons = find(customization, 'Icon')[0]?.children.length ?? 0;
  // The unified schema allows a fixed control exactly three.
  if (icons > 3) faults.push(`the report button has ${icons} icons`);
  return faults;
}
