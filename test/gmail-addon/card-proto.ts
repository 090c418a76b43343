/** Holds JSON against Google's own descriptions of cards and add-on manifests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Enum, type Field, Root, Type } from 'protobufjs';

const protos = join(process.cwd(), 'node_modules/google-proto-files');
const own = join(process.cwd(), 'node_modules/protobufjs');

const files = {
  card: 'google/apps/card/v1/card.proto',
  addOns: 'google/cloud/gsuiteaddons/v1/gsuiteaddons.proto',
};
const messages = { card: 'google.apps.card.v1.Card', addOns: 'google.cloud.gsuiteaddons.v1.AddOns' };

/** Not in the public proto, but in the documentation of the Apps Script manifest. */
const documented = ['composeTrigger.selectActions'];

export type Described = keyof typeof files;

export function describedBy(which: Described): Type {
  const root = new Root();
  root.resolvePath = (_origin, target) => {
    const place = [protos, own].map((folder) => join(folder, target)).find(existsSync);
    if (!place) throw new Error(`${target} is nowhere`);
    return place;
  };
  root.loadSync(files[which], { keepCase: false });
  return root.lookupType(messages[which]);
}

/** What in the value the description does not allow, as `path: what`; [] when all is well. */
export function breachesOf(value: unknown, type: Type, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no ${type.name}`];
  const taken = new Map<string, string>();
  return Object.entries(value).flatMap(([name, one]) => {
    const here = path === '' ? name : `${path}.${name}`;
    const field = type.fields[name];
    if (!field) return documented.some((known) => here.endsWith(known)) ? [] : [`${here}: unknown to ${type.name}`];
    const group = field.partOf && !field.partOf.name.startsWith('_') ? field.partOf.name : null;
    const other = group === null ? undefined : taken.get(group);
    if (group !== null) taken.set(group, name);
    return [
      ...(other === undefined ? [] : [`${here}: beside ${other}, and only one of them may be`]),
      ...ofField(one, field.resolve(), here),
    ];
  });
}

function ofField(value: unknown, field: Field, path: string): string[] {
  if (field.repeated) {
    if (!Array.isArray(value)) return [`${path}: no list`];
    return value.flatMap((one, at) => ofSingle(one, field, `${path}[${at}]`));
  }
  return ofSingle(value, field, path);
}

/** Wrappers stand for their plain values in JSON. */
const wrappers: Record<string, string> = { BoolValue: 'boolean', StringValue: 'string', Int32Value: 'number' };

function ofSingle(value: unknown, field: Field, path: string): string[] {
  const { resolvedType } = field;
  if (resolvedType instanceof Enum) {
    return typeof value === 'string' && value in resolvedType.values ? [] : [`${path}: no ${resolvedType.name}`];
  }
  if (resolvedType instanceof Type) {
    const plain = wrappers[resolvedType.name];
    if (plain !== undefined) return typeof value === plain ? [] : [`${path}: no ${plain}`];
    if (['Struct', 'ListValue', 'Value'].includes(resolvedType.name)) return [];
    return breachesOf(value, resolvedType, path);
  }
  const wanted = field.type === 'string' ? 'string' : field.type === 'bool' ? 'boolean' : 'number';
  return typeof value === wanted ? [] : [`${path}: no ${wanted}`];
}
