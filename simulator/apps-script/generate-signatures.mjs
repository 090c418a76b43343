#!/usr/bin/env node
/**
 * Writes signatures.json: every method of the Apps Script services the simulator offers, with the types of its arguments
 * and its answer, read from @types/google-apps-script. Run it again when that package changes (and `biome format`); a test compares.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript-5';

const services = [
  'CacheService',
  'CardService',
  'GmailApp',
  'PropertiesService',
  'ScriptApp',
  'Session',
  'UrlFetchApp',
  'Utilities',
  'console',
];
/** Types of other namespaces are only named: a trigger of a spreadsheet would bring all spreadsheets. */
const expanded = ['Base', 'Cache', 'Card_Service', 'Gmail', 'Properties', 'Script', 'URL_Fetch', 'Utilities'];
/**
 * Stricter than the types, which tell cards and answers, and widgets and sections, not apart: in CardService a thing is
 * taken only for what it is, but for these.
 */
const cardKinds = {
  'Card_Service.Button': ['ImageButton', 'TextButton'],
  'Card_Service.Widget': [
    'ButtonSet',
    'DatePicker',
    'DateTimePicker',
    'DecoratedText',
    'Divider',
    'Grid',
    'Image',
    'KeyValue',
    'SelectionInput',
    'TextInput',
    'TextParagraph',
    'TimePicker',
  ],
};
const prefix = 'GoogleAppsScript.';

/** @param {string} typesDir folder of @types/google-apps-script */
export function signaturesOf(typesDir) {
  const files = readdirSync(typesDir).filter((name) => /^google-apps-script\..*\.d\.ts$/.test(name));
  const program = ts.createProgram(
    files.map((name) => join(typesDir, name)),
    { types: [], lib: ['lib.es2020.d.ts'], skipLibCheck: true, strict: true },
  );
  const checker = program.getTypeChecker();
  const types = {};
  const seen = new Map();
  const globals = {};
  const scope = checker.getSymbolsInScope(program.getSourceFile(join(typesDir, files[0])), ts.SymbolFlags.Variable);
  for (const name of services) {
    const symbol = scope.find((one) => one.name === name);
    if (symbol === undefined) throw new Error(`there is no ${name} in the types`);
    globals[name] = encode(checker.getTypeOfSymbol(symbol)).double;
  }
  return { globals, types: withAcceptance() };

  function nameOf(symbol) {
    return checker.getFullyQualifiedName(symbol).replace(prefix, '').replaceAll('typeof ', '');
  }

  function encode(type) {
    const { flags } = type;
    if (flags & ts.TypeFlags.Any) return 'any';
    if (flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) return 'void';
    if (flags & ts.TypeFlags.Null) return 'null';
    if (flags & ts.TypeFlags.NonPrimitive) return 'object';
    if (type.isUnion()) {
      if (flags & ts.TypeFlags.Boolean) return 'boolean';
      if (flags & ts.TypeFlags.EnumLike) return { enum: nameOf(type.symbol) };
      const union = type.types.map(encode);
      const unique = [...new Map(union.map((one) => [JSON.stringify(one), one])).values()];
      return unique.length === 1 ? unique[0] : { union: unique };
    }
    if (flags & ts.TypeFlags.EnumLike) {
      const own = type.symbol.flags & ts.SymbolFlags.EnumMember ? type.symbol.parent : type.symbol;
      return { enum: nameOf(own) };
    }
    if (type.isStringLiteral() || type.isNumberLiteral()) return { literal: type.value };
    if (flags & ts.TypeFlags.StringLike) return 'string';
    if (flags & ts.TypeFlags.NumberLike) return 'number';
    if (flags & ts.TypeFlags.BooleanLike) return 'boolean';
    if (checker.isArrayType(type)) return { array: encode(checker.getTypeArguments(type)[0]) };
    if (type.symbol?.flags & ts.SymbolFlags.RegularEnum) return { members: enumMembers(type.symbol) };
    return encodeObject(type);
  }

  function encodeObject(type) {
    const name = nameOf(type.symbol);
    if (name === 'Base.Date' || name === 'Date') return 'date';
    const properties = checker.getPropertiesOfType(type);
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index && properties.length === 0) return { record: encode(index) };
    const hasMethods = properties.some((one) => one.flags & ts.SymbolFlags.Method);
    const isNamed = !name.startsWith('__');
    if (isNamed && (hasMethods || properties.length === 0)) {
      if (expanded.includes(name.split('.')[0]) || services.includes(name) || name === 'Console') expand(name, type);
      return { double: name };
    }
    const fields = properties.map((one) => {
      const optional = Boolean(one.flags & ts.SymbolFlags.Optional);
      return [one.name, { type: encode(checker.getTypeOfSymbol(one)), ...(optional && { optional }) }];
    });
    return { fields: Object.fromEntries(fields) };
  }

  function expand(name, type) {
    if (seen.has(name)) return;
    seen.set(name, type);
    const entry = { methods: {}, enums: {} };
    types[name] = entry;
    for (const property of checker.getPropertiesOfType(type)) {
      const own = checker.getTypeOfSymbol(property);
      const calls = own.getCallSignatures();
      if (calls.length > 0) entry.methods[property.name] = calls.map(signature);
      else {
        const encoded = encode(own);
        if (encoded.members) entry.enums[property.name] = encoded.members;
      }
    }
  }

  function signature(call) {
    const parameters = call.getParameters();
    const takes = parameters.map((one) => {
      const type = checker.getTypeOfSymbol(one);
      const rest = Boolean(one.valueDeclaration?.dotDotDotToken);
      const optional = Boolean(one.valueDeclaration?.questionToken);
      const encoded = encode(rest ? checker.getTypeArguments(type)[0] : type);
      return { type: encoded, ...(optional && { optional }), ...(rest && { rest }) };
    });
    return { takes, gives: encode(call.getReturnType()) };
  }

  /** The full name beside the members: an argument is checked against it. */
  function enumMembers(symbol) {
    return { name: nameOf(symbol), of: [...symbol.exports.keys()].map(String) };
  }

  function withAcceptance() {
    for (const [name, type] of seen) {
      const accepts = name.startsWith('Card_Service.')
        ? (cardKinds[name] ?? []).map((kind) => `Card_Service.${kind}`)
        : [...seen].filter(([other, its]) => other !== name && checker.isTypeAssignableTo(its, type)).map(([it]) => it);
      if (accepts.length > 0) types[name].accepts = accepts.sort();
    }
    return Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = signaturesOf(join(here, '../../node_modules/@types/google-apps-script'));
  writeFileSync(join(here, 'signatures.json'), `${JSON.stringify(found)}\n`);
  console.log(`${Object.keys(found.types).length} types`);
}
