/**
 * Doubles of the Apps Script services, as strict as their types: an unknown method, a wrong argument, one too few or too
 * many throws, where the real ones would fail in front of a person.
 */
import type { ServiceType, Signature, Signatures, ValueType } from './signatures.ts';

/** One call on a double, in the order they were made. */
export interface Call {
  method: string;
  args: unknown[];
}

/** What stands behind a double. */
export interface Double {
  type: string;
  calls: Call[];
  /** The behaviour's own. */
  state: unknown;
}

export interface EnumValue {
  enum: string;
  name: string;
}

/** `Gmail.GmailMessage.getSubject` to what it does; a method that only builds needs none. */
export type Behaviours = Record<string, (context: { double: Double; make: Maker }, ...args: never[]) => unknown>;

/** Makes a double of a type with a state. */
export type Maker = (type: string, state?: unknown) => object;

const doubles = new WeakMap<object, Double>();
const enumValues = new WeakMap<object, EnumValue>();

/** What stands behind a value that a script handed over; null when it is no double. */
export function doubleOf(value: unknown): Double | null {
  return typeof value === 'object' && value !== null ? (doubles.get(value) ?? null) : null;
}

export function enumOf(value: unknown): EnumValue | null {
  return typeof value === 'object' && value !== null ? (enumValues.get(value) ?? null) : null;
}

/** The services as globals of a script. */
export function createDoubles(signatures: Signatures, behaviours: Behaviours): Record<string, object> {
  const enums = new Map<string, object>();
  const make: Maker = (type, state = null) => doubleFor(type, { type, calls: [], state });
  const entries = Object.entries(signatures.globals).map(([name, type]) => [name, make(type)] as const);
  return Object.fromEntries(entries);

  function typeNamed(name: string): ServiceType {
    const type = signatures.types[name];
    if (!type) throw new TypeError(`the doubles know no type ${name}`);
    return type;
  }

  function doubleFor(typeName: string, double: Double): object {
    const type = typeNamed(typeName);
    const proxy: object = new Proxy(
      {},
      {
        get(_target, key) {
          // What the language itself asks of any object.
          if (typeof key === 'symbol' || key === 'toJSON') return undefined;
          if (Object.hasOwn(type.methods, key)) return methodOf(key, type.methods[key]!, proxy, double);
          const members = Object.hasOwn(type.enums, key) ? type.enums[key] : undefined;
          if (members) return enumNamed(members);
          if (key === 'toString') return () => typeName;
          throw new TypeError(`${typeName} has no ${key}`);
        },
        set(_target, key) {
          throw new TypeError(`${typeName}.${String(key)} cannot be set`);
        },
      },
    );
    doubles.set(proxy, double);
    return proxy;
  }

  function methodOf(method: string, overloads: Signature[], proxy: object, double: Double) {
    return (...args: unknown[]): unknown => {
      const signature = overloads.find((one) => fits(one, args));
      if (!signature) throw new TypeError(mismatch(`${double.type}.${method}`, overloads, args));
      double.calls.push({ method, args });
      const behaviour = behaviours[`${double.type}.${method}`];
      if (behaviour) return behaviour({ double, make }, ...(args as never[]));
      return plainAnswer(signature.gives, `${double.type}.${method}`, proxy, double);
    };
  }

  function plainAnswer(gives: ValueType, name: string, proxy: object, double: Double): unknown {
    if (gives === 'void') return undefined;
    if (typeof gives === 'object' && 'double' in gives) {
      if (gives.double === double.type) return proxy;
      // What a builder builds remembers the builder.
      return make(gives.double, double);
    }
    throw new Error(`${name} is not simulated`);
  }

  function enumNamed({ name, of }: { name: string; of: string[] }): object {
    const known = enums.get(name);
    if (known) return known;
    const values = new Map(of.map((member) => [member, enumMember(name, member)]));
    const proxy = new Proxy(
      {},
      {
        get(_target, key) {
          if (typeof key === 'symbol') return undefined;
          const value = values.get(key);
          if (!value) throw new TypeError(`${name} has no ${key}`);
          return value;
        },
      },
    );
    enums.set(name, proxy);
    return proxy;
  }

  function enumMember(name: string, member: string): object {
    const value = Object.freeze({ toString: () => member });
    enumValues.set(value, { enum: name, name: member });
    return value;
  }

  function fits({ takes }: Signature, args: unknown[]): boolean {
    const rest = takes.at(-1)?.rest ? takes.at(-1)! : null;
    const fixed = rest ? takes.slice(0, -1) : takes;
    const least = fixed.filter(({ optional }) => !optional).length;
    if (args.length < least || (args.length > fixed.length && !rest)) return false;
    return args.every((arg, at) => isA(arg, (fixed[at] ?? rest)!.type));
  }

  function isA(value: unknown, type: ValueType): boolean {
    if (typeof type === 'string') return isPlain(value, type);
    if ('union' in type) return type.union.some((one) => isA(value, one));
    if ('literal' in type) return value === type.literal;
    if ('enum' in type) return enumOf(value)?.enum === type.enum;
    if ('double' in type) {
      const given = doubleOf(value)?.type;
      if (given === undefined) return false;
      return given === type.double || (signatures.types[type.double]?.accepts?.includes(given) ?? false);
    }
    if ('array' in type) return Array.isArray(value) && value.every((one) => isA(one, type.array));
    if (typeof value !== 'object' || value === null || Array.isArray(value) || doubleOf(value)) return false;
    if ('record' in type) return Object.values(value).every((one) => isA(one, type.record));
    if ('fields' in type) return hasFields(value, type.fields);
    return false;
  }

  function hasFields(value: object, fields: Record<string, { type: ValueType; optional?: boolean }>): boolean {
    const given = Object.entries(value).filter(([, one]) => one !== undefined);
    if (given.some(([key, one]) => !Object.hasOwn(fields, key) || !isA(one, fields[key]!.type))) return false;
    return Object.entries(fields).every(([key, { optional }]) => optional || key in value);
  }
}

function isPlain(value: unknown, type: Extract<ValueType, string>): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'void':
      return value === undefined;
    case 'null':
      return value === null;
    case 'object':
      return typeof value === 'object' && value !== null;
    case 'date':
      // Of the script's realm, so not instanceof.
      return Object.prototype.toString.call(value) === '[object Date]';
    default:
      return typeof value === type;
  }
}

function mismatch(name: string, overloads: Signature[], args: unknown[]): string {
  const given = args.map((arg) => doubleOf(arg)?.type ?? enumOf(arg)?.enum ?? (arg === null ? 'null' : typeof arg));
  const wanted = overloads.map(({ takes }) => `(${takes.map(({ type }) => worded(type)).join(', ')})`);
  return `${name} takes ${wanted.join(' or ')}, not (${given.join(', ')})`;
}

function worded(type: ValueType): string {
  if (typeof type === 'string') return type;
  if ('union' in type) return type.union.map(worded).join(' | ');
  if ('array' in type) return `${worded(type.array)}[]`;
  if ('enum' in type) return type.enum;
  if ('double' in type) return type.double;
  if ('literal' in type) return JSON.stringify(type.literal);
  return '{}';
}
