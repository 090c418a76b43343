/** Holds what the simulator answers against the official description: schemas, and names of properties as well. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../simulator/log.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { toSchema } from './graph-description.ts';

type Json = Record<string, unknown>;
type Answer = Pick<Exchange, 'method' | 'url' | 'status' | 'responseBody'>;

/** In v1.0 by its documentation, outside of the mail subset that the description covers. */
export const besideTheSubset = [
  'GET /groups',
  'GET /groups/*',
  'GET /users/*/memberOf',
  'GET /users/*/transitiveMemberOf',
  'POST /users/*/checkMemberGroups',
  'GET /groups/*/members/microsoft.graph.user',
  'GET /groups/*/transitiveMembers/microsoft.graph.user',
  'GET /users/delta',
];
const formats = ['base64url', 'int32', 'int64', 'binary', 'decimal', 'double', 'float', 'duration'];

export class AnswerCheck {
  private readonly document: { paths: Record<string, Record<string, Json>>; components: Json };
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly routes: { pattern: RegExp; path: string }[];

  /** @param root of the checkout. @throws Error where the descriptions are not at hand */
  constructor(root: string) {
    const document = JSON.parse(readFileSync(join(root, '../shared/api-descriptions/graph-mail-openapi.json'), 'utf8'));
    this.document = document;
    addFormats(this.ajv);
    for (const format of formats) this.ajv.addFormat(format, true);
    this.ajv.addSchema({ $id: 'graph', ...(toSchema({ components: document.components }) as Json) });
    this.routes = Object.keys(document.paths)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => ({
        path,
        pattern: new RegExp(`^${path.replace(/[$().']/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`),
      }));
  }

  /** The path of the description that a method and a path of ours fall under; null when it has none. */
  routeOf(method: string, path: string): string | null {
    return (
      this.routes.find((route) => route.pattern.test(path) && this.document.paths[route.path]![method.toLowerCase()])
        ?.path ?? null
    );
  }

  /** What is wrong with an answer; [] when nothing is. Answers that were lost, and bytes, have nothing to check. */
  faultsOf(answer: Answer): string[] {
    const { method, status, responseBody: body } = answer;
    const path = answer.url.split('?')[0]!;
    if (typeof status === 'string' || path.endsWith('/$value') || body === undefined) return [];
    const said = (fault: string) => `${method} ${path} ${status}: ${fault}`;
    if (status >= 400)
      return this.schemaFaults({ $ref: '#/components/schemas/microsoft.graph.ODataErrors.ODataError' }, body).map(said);
    const beside = besideTheSubset.some((one) => patternOf(one).test(`${method} ${path}`));
    if (beside) return [];
    const route = this.routeOf(method, path);
    if (route === null) return [said('not described')];
    const responses = this.document.paths[route]![method.toLowerCase()]!.responses as Record<string, Json>;
    const schema = this.schemaOf(responses['2XX'] ?? responses['200']);
    return schema === null ? [said('a body where none is described')] : this.schemaFaults(schema, body).map(said);
  }

  /** @param name such as `message`. [] when the value is one */
  typeFaults(name: string, value: unknown): string[] {
    return this.schemaFaults({ $ref: `#/components/schemas/microsoft.graph.${name}` }, value);
  }

  private schemaFaults(schema: Json, body: unknown): string[] {
    const plain = withoutAnnotations(body);
    const key = JSON.stringify(schema);
    const valid = this.compiled.get(key) ?? this.ajv.compile(toSchema(pointed(schema)) as Json);
    this.compiled.set(key, valid);
    const faults = valid(plain) ? [] : [this.ajv.errorsText(valid.errors)];
    return [...faults, ...this.unknownNames(schema, plain, '')];
  }

  /** Graph's schemas accept properties they do not know; a misspelt one would pass, so names are checked too. */
  private unknownNames(schema: Json | undefined, value: unknown, at: string): string[] {
    if (schema === undefined || typeof value !== 'object' || value === null) return [];
    const whole = this.resolved(schema);
    if (Array.isArray(value))
      return value.flatMap((row, i) => this.unknownNames(this.rowSchema(whole.items as Json, row), row, `${at}[${i}]`));
    const known = this.propertiesOf(whole);
    if (known.size === 0) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      known.has(name) ? this.unknownNames(known.get(name), inner, `${at}.${name}`) : [`unknown property ${at}.${name}`],
    );
  }

  /** Members of a group are directory objects in the description; their `@odata.type` says what they are. */
  private rowSchema(schema: Json | undefined, row: unknown): Json | undefined {
    if (!String(schema?.$ref).endsWith('microsoft.graph.directoryObject')) return schema;
    return 'groupTypes' in (row as Json) ? undefined : { $ref: '#/components/schemas/microsoft.graph.user' };
  }

  private propertiesOf(schema: Json): Map<string, Json> {
    const parts = [...((schema.allOf ?? []) as Json[]), ...((schema.anyOf ?? []) as Json[])].map((part) =>
      this.resolved(part),
    );
    const own = Object.entries((schema.properties ?? {}) as Record<string, Json>);
    return new Map([...parts.flatMap((part) => [...this.propertiesOf(part)]), ...own]);
  }

  private schemaOf(response: Json | undefined): Json | null {
    const content = response && (this.resolved(response).content as Record<string, { schema: Json }> | undefined);
    return content ? (Object.values(content)[0]?.schema ?? null) : null;
  }

  private resolved(node: Json): Json {
    let at: unknown = node;
    while (typeof at === 'object' && at !== null && typeof (at as Json).$ref === 'string') {
      let target: unknown = this.document;
      for (const key of String((at as Json).$ref)
        .split('/')
        .slice(1))
        target = (target as Json)[key];
      at = target;
    }
    return at as Json;
  }
}

/** Checks every Graph answer of a simulator from now on, items of batches included. */
export function holdAnswers(
  simulator: Simulator,
  check: AnswerCheck,
): { faults: string[]; seen: Exchange[]; stop(): void } {
  const faults: string[] = [];
  const seen: Exchange[] = [];
  const stop = simulator.log.listen((exchange) => {
    if (exchange.route === 'token' || /^(google|gmail|directory|reports)/.test(exchange.route)) return;
    seen.push(exchange);
    faults.push(...check.faultsOf(exchange));
  });
  return { faults, seen, stop };
}

function withoutAnnotations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      /^@odata\.|^@removed$/.test(name) ? [] : [[name, withoutAnnotations(inner)]],
    ),
  );
}

/** `*` stands for one segment. */
function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replace(/[.()]/g, '\\$&').replaceAll('*', '[^/]+')}$`);
}

/** References into the document become references into the schema that ajv holds. */
function pointed(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node).replaceAll('"$ref":"#', '"$ref":"graph#'));
}
