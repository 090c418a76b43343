import { Parser } from 'htmlparser2';

export interface Element {
  /** As written, prefix included. */
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
  parent: Element | null;
}

/** The root element. @throws Error when an element is not closed by its own tag, or there is not exactly one root. */
export function parseXml(source: string): Element {
  const roots: Element[] = [];
  let open: Element | null = null;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element: Element = { name, attributes, children: [], text: '', parent: open };
        (open ? open.children : roots).push(element);
        open = element;
      },
      ontext(text) {
        if (open) open.text += text;
      },
      onclosetag(name, implied) {
        // `<a/>` is implied as well, but has had nothing inside and ends where it began.
        if (!open || open.name !== name) throw new Error(`</${name}> closes nothing`);
        if (implied && !source.slice(0, parser.endIndex + 1).endsWith('/>')) throw new Error(`<${name}> is not closed`);
        open = open.parent;
      },
    },
    { xmlMode: true },
  );
  parser.end(source);
  if (roots.length !== 1) throw new Error(`${roots.length} roots`);
  return roots[0]!;
}

/** Every element below, in order, the element itself first. */
export function walk(element: Element): Element[] {
  return [element, ...element.children.flatMap(walk)];
}

export function find(element: Element, name: string, type?: string): Element[] {
  return walk(element).filter((one) => one.name === name && (!type || one.attributes['xsi:type'] === type));
}

export function pathOf(element: Element): string {
  const type = element.attributes['xsi:type'];
  const here = type ? `${element.name}(${type})` : element.name;
  return element.parent ? `${pathOf(element.parent)}/${here}` : here;
}
