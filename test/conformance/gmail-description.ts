/** Holds what our client sends against Google's discovery documents. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';

export interface SentToGoogle {
  method: string;
  /** Below the root, with the query. */
  path: string;
  /** Of the token it carried; [] when there was none. */
  scopes: string[];
  body: unknown;
}

type Json = Record<string, unknown>;
interface Parameter {
  type: string;
  enum?: string[];
  repeated?: boolean;
  required?: boolean;
  location: 'query' | 'path';
}
interface Method {
  id: string;
  path: string;
  httpMethod: string;
  parameters?: Record<string, Parameter>;
  request?: { $ref: string };
  scopes?: string[];
}
interface Discovery {
  schemas: Record<string, Json>;
  parameters: Record<string, Parameter>;
  methods?: Record<string, Method>;
  resources?: Record<string, Discovery>;
}

const FILES = ['gmail-v1-discovery.json', 'admin-directory-v1-discovery.json', 'admin-reports-v1-discovery.json'];

/** null where the documents are not at hand. */
export function readDiscovery(root: string): GmailDescription | null {
  const paths = FILES.map((file) => join(root, '../shared/api-descriptions', file));
  if (!paths.every((path) => existsSync(path))) return null;
  return new GmailDescription(paths.map((path) => JSON.parse(readFileSync(path, 'utf8'))));
}

export class GmailDescription {
  readonly #methods: { pattern: RegExp; method: Method; common: Record<string, Parameter>; ajv: Ajv }[] = [];

  constructor(documents: Discovery[]) {
    for (const document of documents) {
      const ajv = new Ajv({ strict: false, allErrors: true });
      const schemas = Object.fromEntries(
        Object.entries(document.schemas).map(([name, schema]) => [name, strict(schema)]),
      );
      ajv.addSchema({ $id: 'disc', schemas });
      for (const method of methodsOf(document)) {
        const pattern = new RegExp(`^/${method.path.replace(/\{[^}]+\}/g, '[^/?]+')}$`);
        this.#methods.push({ pattern, method, common: document.parameters, ajv });
      }
    }
    // More literal paths first: `{+name}` of the directory would take any.
    const gaps = ({ method }: { method: Method }) => method.path.split('{').length * 2 + method.path.split('{+').length;
    this.#methods.sort((a, b) => gaps(a) - gaps(b));
  }

  /** Discovery's name of the method, such as `gmail.users.messages.list`; null when there is none. */
  idOf(sent: SentToGoogle): string | null {
    return this.#found(sent)?.method.id ?? null;
  }

  /** What is wrong with a request; [] when nothing is. */
  faultsOf(sent: SentToGoogle): string[] {
    const said = (fault: string) => `${sent.method} ${sent.path}: ${fault}`;
    const found = this.#found(sent);
    if (!found) return [said('no such method')];
    const { method, common, ajv } = found;
    const faults: string[] = [];
    const parameters = { ...common, ...method.parameters };
    // The published document is older than the log of Gmail: its list of applications lacks it.
    if (method.id === 'reports.activities.list') parameters.applicationName = { type: 'string', location: 'path' };
    const query = new URLSearchParams(sent.path.split('?')[1] ?? '');
    for (const [name, value] of query) {
      const parameter = parameters[name];
      if (parameter?.location !== 'query') faults.push(`unknown ${name}`);
      else faults.push(...valueFaults(name, value, parameter));
    }
    for (const name of new Set(query.keys()))
      if (query.getAll(name).length > 1 && !parameters[name]?.repeated) faults.push(`${name} more than once`);
    for (const [name, { required, location }] of Object.entries(method.parameters ?? {}))
      if (required && location === 'query' && !query.has(name)) faults.push(`${name} is missing`);
    if (!sent.scopes.some((scope) => method.scopes?.includes(scope))) faults.push(`scope ${sent.scopes.join()}`);
    if (sent.body !== undefined && !method.request) faults.push('a body where none belongs');
    if (method.request) {
      const validate = ajv.compile({ $ref: `disc#/schemas/${method.request.$ref}` });
      if (!validate(sent.body)) faults.push(ajv.errorsText(validate.errors));
    }
    return faults.map(said);
  }

  #found(sent: SentToGoogle) {
    const path = sent.path.split('?')[0] ?? '';
    return this.#methods.find(({ pattern, method }) => method.httpMethod === sent.method && pattern.test(path));
  }
}

function valueFaults(name: string, value: string, { type, enum: words }: Parameter): string[] {
  if (words && !words.includes(value)) return [`${name} is ${value}`];
  if (type === 'integer' && !/^\d+$/.test(value)) return [`${name} is no number`];
  if (type === 'boolean' && !/^(true|false)$/.test(value)) return [`${name} is no boolean`];
  return [];
}

function methodsOf(node: Discovery | { methods?: Discovery['methods']; resources?: Discovery['resources'] }): Method[] {
  const inner = Object.values(node.resources ?? {}).flatMap(methodsOf);
  return [...Object.values(node.methods ?? {}), ...inner];
}

/** An unknown property is a fault; `required`, `format` and the like only describe. */
function strict(schema: Json): Json {
  if (typeof schema.$ref === 'string') return { $ref: `disc#/schemas/${schema.$ref}` };
  const out: Json = {};
  if (schema.type && schema.type !== 'any') out.type = schema.type;
  if (schema.enum) out.enum = schema.enum;
  if (schema.items) out.items = strict(schema.items as Json);
  if (schema.properties) {
    const entries = Object.entries(schema.properties as Record<string, Json>);
    out.properties = Object.fromEntries(entries.map(([name, value]) => [name, strict(value)]));
    out.additionalProperties = false;
  }
  return out;
}
