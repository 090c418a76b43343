import type { ComponentChildren } from 'preact';

type Node = { tag: string; attributes: Record<string, string>; children: (Node | string)[] };

/** Tags that Gmail reads in the text of a card; every other one is shown as it is written. */
const KNOWN = ['b', 'i', 'u', 's', 'strike', 'font', 'a', 'br'];
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };

/** Text of a card with its few tags, as elements. Never as HTML: a mistake of the add-on must be seen, not run. */
export function Markup({ text }: { text: string }) {
  return <>{parse(text).map(draw)}</>;
}

function parse(text: string): (Node | string)[] {
  const root: Node = { tag: '', attributes: {}, children: [] };
  const open = [root];
  for (const piece of text.split(/(<\/?[a-z]+(?:\s+[a-z]+="[^"]*")*\s*\/?>)/i)) {
    const tag = /^<(\/?)([a-z]+)(.*?)\/?>$/is.exec(piece);
    const name = tag?.[2]?.toLowerCase() ?? '';
    const top = open.at(-1)!;
    if (!tag || !KNOWN.includes(name)) {
      if (piece) top.children.push(decoded(piece));
    } else if (tag[1]) {
      if (top.tag === name) open.pop();
    } else {
      const attributes = Object.fromEntries(
        [...(tag[3] ?? '').matchAll(/([a-z]+)="([^"]*)"/gi)].map(([, key, value]) => [key!, decoded(value!)]),
      );
      const node: Node = { tag: name, attributes, children: [] };
      top.children.push(node);
      if (name !== 'br') open.push(node);
    }
  }
  return root.children;
}

function decoded(text: string): string {
  return text.replace(/&([a-z]+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

function draw(node: Node | string): ComponentChildren {
  if (typeof node === 'string') return node;
  const inside = node.children.map(draw);
  switch (node.tag) {
    case 'b':
      return <strong>{inside}</strong>;
    case 'i':
      return <em>{inside}</em>;
    case 'br':
      return <br />;
    case 'font':
      return <span style={{ color: colourOf(node.attributes.color) }}>{inside}</span>;
    case 'a':
      return (
        <a href={linkOf(node.attributes.href)} target="_blank" rel="noopener noreferrer">
          {inside}
        </a>
      );
    default:
      return <span>{inside}</span>;
  }
}

const colourOf = (value = '') => (/^#[0-9a-f]{6}$/i.test(value) ? value : undefined);
const linkOf = (value = '') => (/^https?:\/\//i.test(value) ? value : undefined);
