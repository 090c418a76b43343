import { parseSync } from '@swc/core';

/** What the house rules want to know of one source file. */
export interface Source {
  /** From the top folder, with `/`. */
  path: string;
  /** Every module named in it: static, dynamic, re-exported, type-only and `import('…')` types. */
  imports: Import[];
  /** Identifiers as they stand in code: not in comments, not in texts. */
  words: Set<string>;
  /** String literals and the fixed parts of templates. */
  texts: string[];
  hasDefaultExport: boolean;
  /** True when every statement only passes on what another file exports. */
  onlyPassesOn: boolean;
  usesImportMeta: boolean;
  lines: number;
}

export interface Import {
  /** As written; null when it is computed. */
  specifier: string | null;
  /** Names asked for, in the words of the module that has them; [] when it asks for all, or for none. */
  names: string[];
}

type Node = { type: string; [key: string]: unknown };

/** @throws when the text is not TypeScript */
export function readSource(path: string, text: string): Source {
  const source: Source = {
    path,
    imports: [],
    words: new Set(),
    texts: [],
    hasDefaultExport: false,
    onlyPassesOn: false,
    usesImportMeta: false,
    lines: text.replace(/\n$/, '').split('\n').length,
  };
  const module = parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' });
  const body = module.body as unknown as Node[];
  source.onlyPassesOn =
    body.length > 0 &&
    body.every((node) => node.type === 'ExportAllDeclaration' || (node.type.startsWith('ExportNamed') && node.source));
  for (const node of body) visit(node, source);
  return source;
}

function visit(value: unknown, source: Source): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, source);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (typeof node.type === 'string') note(node, source);
  for (const [key, child] of Object.entries(node)) if (key !== 'span') visit(child, source);
}

function note(node: Node, source: Source): void {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (node.source) source.imports.push({ specifier: textOf(node.source), names: namesOf(node.specifiers) });
      break;
    case 'TsImportType':
      source.imports.push({ specifier: textOf(node.argument), names: [] });
      break;
    case 'CallExpression': {
      const callee = node.callee as Node;
      if (callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require')) {
        const [first] = node.arguments as { expression: Node }[];
        source.imports.push({ specifier: textOf(first?.expression), names: [] });
      }
      break;
    }
    case 'ExportDefaultDeclaration':
    case 'ExportDefaultExpression':
      source.hasDefaultExport = true;
      break;
    case 'ExportSpecifier':
      if (((node.exported ?? node.orig) as Node).value === 'default') source.hasDefaultExport = true;
      break;
    case 'MetaProperty':
      if (node.kind === 'import.meta') source.usesImportMeta = true;
      break;
    case 'Identifier':
      source.words.add(String(node.value));
      break;
    case 'StringLiteral':
      source.texts.push(String(node.value));
      break;
    case 'TemplateElement':
      source.texts.push(String(node.raw));
      break;
  }
}

function textOf(node: unknown): string | null {
  const { type, value } = (node ?? {}) as Node;
  return type === 'StringLiteral' ? String(value) : null;
}

function namesOf(specifiers: unknown): string[] {
  return ((specifiers ?? []) as Node[]).map((specifier) => {
    const named = (specifier.imported ?? specifier.orig ?? specifier.local ?? {}) as Node;
    return specifier.type === 'ImportSpecifier' || specifier.type === 'ExportSpecifier' ? String(named.value) : '*';
  });
}
