import { DomUtils, parseDocument } from 'htmlparser2';
import type { AddinDefinition, Icons, PaneCommand, PreProcessingDialog, ReportCommand } from './addin-definition.ts';

type Element = NonNullable<ReturnType<typeof DomUtils.findOne>>;
type Resources = Map<string, Element>;

/**
 * Reads an add-in-only manifest as a mail client does: the newest VersionOverrides it knows, strings by language.
 * @param locale BCP 47, such as `de-DE`; an override for `de` serves it too.
 * @throws Error with one line when the text is not a mail add-in's manifest.
 * @see https://learn.microsoft.com/office/dev/add-ins/develop/xml-manifest-overview
 */
export function readManifest(xml: string, locale: string): AddinDefinition {
  const root = firstElement(parseDocument(xml, { xmlMode: true }).children as Element[], 'OfficeApp');
  if (!root || attribute(root, 'xsi:type') !== 'MailApp') throw new Error('not the manifest of a mail add-in');
  const overrides = newestOverrides(root);
  const host = overrides && child(child(overrides, 'Hosts'), 'Host');
  const form = host && child(host, 'DesktopFormFactor');
  const look = resources(overrides);
  const text = (holder: Element | null, name: string) => resource(look, child(holder, name), locale);
  const points = form ? children(form, 'ExtensionPoint') : [];
  const point = (type: string) => points.find((it) => attribute(it, 'xsi:type') === type) ?? null;

  return {
    id: words(child(root, 'Id')),
    version: words(child(root, 'Version')),
    provider: words(child(root, 'ProviderName')),
    displayName: localised(child(root, 'DisplayName'), locale),
    description: localised(child(root, 'Description'), locale),
    iconUrl: localised(child(root, 'IconUrl'), locale) || null,
    permissions: permission(words(child(root, 'Permissions'))),
    supportsSharedFolders: words(child(form, 'SupportsSharedFolders')) === 'true',
    report: reportCommand(child(point('ReportPhishingCommandSurface'), 'ReportPhishingCustomization')),
    panes: buttons(point('MessageReadCommandSurface')).flatMap(paneCommand),
  };

  function reportCommand(surface: Element | null): ReportCommand | null {
    const control = child(surface, 'Control');
    const dialog = child(surface, 'PreProcessingDialog');
    if (!surface || !control || !dialog) return null;
    return {
      ...button(control),
      functionName: words(child(child(control, 'Action'), 'FunctionName')),
      handlerUrl: text(surface, 'SourceLocation'),
      dialog: preProcessing(dialog),
    };
  }

  function preProcessing(dialog: Element): PreProcessingDialog {
    const options = child(dialog, 'ReportingOptions');
    const more = child(dialog, 'MoreInfo');
    return {
      title: text(dialog, 'Title'),
      description: text(dialog, 'Description'),
      neverShowAgain: words(child(dialog, 'NeverShowAgainOption')) === 'true',
      options: options && {
        title: text(options, 'Title'),
        input: attribute(options, 'inputType').toLowerCase() === 'radio' ? 'radio' : 'checkbox',
        labels: children(options, 'Option').map((option) => resource(look, option, locale)),
      },
      freeTextLabel: child(dialog, 'FreeTextLabel') && text(dialog, 'FreeTextLabel'),
      moreInfo: more && { text: text(more, 'MoreInfoText'), url: text(more, 'MoreInfoUrl') },
    };
  }

  function paneCommand(control: Element): PaneCommand[] {
    const action = child(control, 'Action');
    if (!action || attribute(action, 'xsi:type') !== 'ShowTaskpane') return [];
    const pinnable = words(child(action, 'SupportsPinning')) === 'true';
    return [{ ...button(control), url: text(action, 'SourceLocation'), pinnable }];
  }

  function button(control: Element) {
    const tip = child(control, 'Supertip');
    return {
      controlId: attribute(control, 'id'),
      label: text(control, 'Label'),
      tip: text(tip, 'Description'),
      icons: icons(child(control, 'Icon'), look, locale),
    };
  }
}

function buttons(point: Element | null): Element[] {
  return children(point, 'OfficeTab', 'CustomTab')
    .flatMap((tab) => children(tab, 'Group'))
    .flatMap((group) => children(group, 'Control'));
}

/** VersionOverrides are nested: each newer one stands inside the one before. */
function newestOverrides(root: Element): Element | null {
  let newest = child(root, 'VersionOverrides');
  for (let next = newest; next; next = child(next, 'VersionOverrides')) newest = next;
  return newest;
}

function resources(overrides: Element | null): Resources {
  const found: Resources = new Map();
  for (const list of elements(child(overrides, 'Resources'))) {
    for (const entry of elements(list)) found.set(attribute(entry, 'id'), entry);
  }
  return found;
}

function icons(icon: Element | null, look: Resources, locale: string): Icons {
  const found: Icons = {};
  for (const image of children(icon, 'bt:Image')) {
    found[Number(attribute(image, 'size'))] = resource(look, image, locale);
  }
  return found;
}

/** The localised value behind a `resid`; '' when it dangles. */
function resource(look: Resources, element: Element | null, locale: string): string {
  const entry = element && look.get(attribute(element, 'resid'));
  if (!entry) return '';
  return override(entry, locale, 'bt:Override') ?? attribute(entry, 'DefaultValue');
}

/** Top-level strings carry their value and overrides themselves. */
function localised(element: Element | null, locale: string): string {
  if (!element) return '';
  return override(element, locale, 'Override') ?? attribute(element, 'DefaultValue');
}

function override(element: Element, locale: string, name: string): string | undefined {
  const wanted = locale.toLowerCase();
  const all = children(element, name);
  const exact = all.find((it) => attribute(it, 'Locale').toLowerCase() === wanted);
  const related = all.find((it) => language(attribute(it, 'Locale')) === language(wanted));
  const found = exact ?? related;
  return found && attribute(found, 'Value');
}

const language = (locale: string) => locale.toLowerCase().split('-')[0];

function permission(word: string): AddinDefinition['permissions'] {
  return word === 'ReadItem' || word === 'ReadWriteItem' || word === 'ReadWriteMailbox' ? word : 'Restricted';
}

function elements(parent: Element | null): Element[] {
  return parent ? (parent.children.filter((node) => node.type === 'tag') as Element[]) : [];
}

function children(parent: Element | null, ...names: string[]): Element[] {
  return elements(parent).filter((node) => names.includes(node.name));
}

function child(parent: Element | null | undefined, name: string): Element | null {
  return children(parent ?? null, name)[0] ?? null;
}

function firstElement(nodes: Element[], name: string): Element | null {
  return nodes.find((node) => node.type === 'tag' && node.name === name) ?? null;
}

const attribute = (element: Element, name: string): string => element.attribs[name]?.trim() ?? '';

const words = (element: Element | null): string => (element ? DomUtils.textContent(element).trim() : '');
