/** Holds what our client sends against the official description of Graph's mail routes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

export interface SentRequest {
  method: string;
  /** Below `/v1.0`, as sent, with the query. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: unknown;
}

type Json = Record<string, unknown>;
interface Operation {
  parameters?: Json[];
  requestBody?: Json;
  responses: Json;
}

/** Documented in v1.0, but outside of the mail subset that the description covers. */
const BESIDE_THE_SUBSET: Record<string, string[]> = {
  'GET /groups': ['$filter', '$select', '$top'],
  'POST /users/{}/checkMemberGroups': [],
};
/** Part of nextLinks and deltaLinks, which the service writes and we follow unchanged. */
const SERVICE_WRITTEN = new Set(['$skiptoken', '$skip', '$deltatoken']);
const FORMATS = ['base64url', 'int32', 'int64', 'binary', 'decimal', 'double', 'float', 'duration'];

/** null where the descriptions are not at hand. */
export function readDescription(root: string): GraphDescription | null {
  const file = join(root, '../shared/api-descriptions/graph-mail-openapi.json');
  return existsSync(file) ? new GraphDescription(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export class GraphDescription {
  readonly #ajv = new Ajv({ strict: false, allErrors: true });
  readonly #paths: [pattern: RegExp, path: string, operations: Record<string, Operation>][];

  constructor(private readonly document: { paths: Record<string, Record<string, Operation>>; components: Json }) {
    addFormats(this.#ajv);
    for (const format of FORMATS) this.#ajv.addFormat(format, true);
    this.#ajv.addSchema({ $id: 'graph', ...(toSchema({ components: document.components }) as Json) });
    // More literal paths first, so that `delta()` is no message id.
    this.#paths = Object.entries(document.paths)
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)
      .map(([path, operations]) => [patternOf(path), path, operations]);
  }

  /** What is wrong with a request and, for a $batch, with its items; [] when nothing is. */
  faultsOf(sent: SentRequest): string[] {
    const [path = '', query = ''] = sent.url.split('?');
    const said = (fault: string) => `${sent.method} ${path}: ${fault}`;
    const faults = this.#queryFaults(query).map(said);
    const names = [...new URLSearchParams(query).keys()];
    const beside = BESIDE_THE_SUBSET[`${sent.method} ${path.replace(/^\/users\/[^/]+\//, '/users/{}/')}`];
    if (beside)
      return [...faults, ...names.filter((name) => !beside.includes(name)).map((name) => said(`unknown ${name}`))];
    const operation = this.#operation(sent.method, path);
    if (!operation) return [said('no such route')];
    const known = (operation.parameters ?? []).map((parameter) => String(this.#resolved(parameter).name));
    for (const name of names)
      if (!known.includes(name) && !SERVICE_WRITTEN.has(name)) faults.push(said(`unknown ${name}`));
    faults.push(...this.#selectFaults(operation, new URLSearchParams(query).get('$select')).map(said));
    faults.push(...this.#bodyFaults(operation, sent).map(said));
    if (path === '/$batch') faults.push(...this.#itemFaults(sent.body));
    return faults;
  }

  #operation(method: string, path: string): Operation | undefined {
    return this.#paths.find(([pattern, , operations]) => pattern.test(path) && operations[method.toLowerCase()])?.[2][
      method.toLowerCase()
    ];
  }

  #queryFaults(query: string): string[] {
    const faults: string[] = [];
    // Graph decodes `+` to a space: whoever means a plus has to write %2B.
    if (query.includes('+')) faults.push('a bare + in the query');
    if (/[^\x21-\x7e]/.test(query)) faults.push('a raw space or non-ASCII character in the query');
    for (const part of query.split('&')) {
      const value = part.slice(part.indexOf('=') + 1);
      if (part.startsWith('$filter=') && (value.match(/'/g)?.length ?? 0) % 2 !== 0)
        faults.push('an odd number of quotes');
      if (part.startsWith('$top=') && !/^[1-9]\d{0,3}$/.test(value)) faults.push(`$top=${value}`);
    }
    return faults;
  }

  #selectFaults(operation: Operation, select: string | null): string[] {
    if (!select) return [];
    const known = this.#propertiesOf(this.#schemaOf(operation.responses['2XX'] as Json));
    return select.split(',').flatMap((name) => (known.has(name) ? [] : [`$select of unknown ${name}`]));
  }

  #bodyFaults(operation: Operation, { body, headers }: SentRequest): string[] {
    if (!operation.requestBody) return body === undefined ? [] : ['a body that is not expected'];
    if (typeof body !== 'object' || body === null) return ['no body'];
    const faults = headers['content-type']?.startsWith('application/json') ? [] : ['no JSON content type'];
    const schema = this.#schemaOf(operation.requestBody);
    const spelled = new Map([...this.#propertiesOf(schema)].map((name) => [name.toLowerCase(), name]));
    // The description spells actions' parameters in PascalCase, the service takes either.
    const entries = Object.entries(body).map(([name, value]) => {
      const official = spelled.get(name.toLowerCase());
      if (!official) faults.push(`unknown property ${name}`);
      return [official ?? name, value] as const;
    });
    const valid = this.#ajv.compile(toSchema(pointed(schema)) as Json);
    if (!valid(Object.fromEntries(entries))) faults.push(this.#ajv.errorsText(valid.errors));
    return faults;
  }

  #itemFaults(body: unknown): string[] {
    const items = (body as { requests: (SentRequest & { id: string })[] }).requests;
    const faults = new Set(items.map(({ id }) => id)).size === items.length ? [] : ['$batch: an id twice'];
    return [
      ...faults,
      ...items.flatMap((item) => {
        const headers = Object.fromEntries(
          Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
        );
        return this.faultsOf({ ...item, headers });
      }),
    ];
  }

  #schemaOf(holder: Json): Json {
    const content = this.#resolved(holder).content as Record<string, { schema: Json }> | undefined;
    return content ? (Object.values(content)[0]?.schema ?? {}) : {};
  }

  /** Names of an object's properties; of its rows' for a collection. */
  #propertiesOf(schema: Json): Set<string> {
    const whole = this.#resolved(schema);
    const own = (whole.properties ?? {}) as Record<string, Json>;
    const parts = (whole.allOf ?? []) as Json[];
    const names = new Set([...Object.keys(own), ...parts.flatMap((part) => [...this.#propertiesOf(part)])]);
    const rows = own.value && (this.#resolved(own.value).items as Json | undefined);
    if (!rows) return names;
    // Members are directory objects; users among them show what users have.
    const user = { $ref: '#/components/schemas/microsoft.graph.user' };
    const isMember = String(rows.$ref).endsWith('.directoryObject');
    return new Set([...this.#propertiesOf(rows), ...(isMember ? this.#propertiesOf(user) : [])]);
  }

  #resolved(node: Json): Json {
    let at: unknown = node;
    while (typeof at === 'object' && at !== null && '$ref' in at) {
      let target: unknown = this.document;
      for (const key of String(at.$ref).split('/').slice(1)) target = (target as Json)[key];
      at = target;
    }
    return at as Json;
  }
}

function patternOf(path: string): RegExp {
  const literal = path.replace(/\{[^}]+\}/g, '\u0000').replace(/[$()'.|[\]*+?^\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('\u0000', '[^/]+')}$`);
}

/** References into the document become references into the schema that ajv holds. */
function pointed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(pointed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, key === '$ref' ? `graph${value}` : pointed(value)]);
  return Object.fromEntries(entries);
}

/** OpenAPI 3.0 `nullable` to JSON Schema. */
export function toSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, discriminator: _, ...rest } = node as Json;
  const out = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toSchema(value)]));
  if (!nullable) return out;
  if (out.type)
    return {
      ...out,
      type: [out.type, 'null'].flat(),
      ...(out.enum ? { enum: [...(out.enum as unknown[]), null] } : {}),
    };
  return { anyOf: [out, { type: 'null' }] };
}
