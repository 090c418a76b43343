/** Holds what the simulator answers on the Workspace side against Google's discovery documents. Strict: unknown names fail. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { GoogleRoute } from '../../simulator/google-api/call.ts';
import type { Exchange } from '../../simulator/log.ts';
import type { Simulator } from '../../simulator/simulator.ts';

type Json = Record<string, unknown>;
type Answer = Pick<Exchange, 'method' | 'url' | 'status' | 'responseBody'>;

interface Method {
  id: string;
  httpMethod: string;
  path: string;
  parameters?: Json;
  response?: { $ref: string };
  scopes: string[];
}

interface Discovery {
  schemas: Record<string, Json>;
  resources: Record<string, Resource>;
  parameters: Json;
}

interface Resource {
  methods?: Record<string, Method>;
  resources?: Record<string, Resource>;
}

const files = ['gmail-v1', 'admin-directory-v1', 'admin-reports-v1'].map((name) => `${name}-discovery.json`);
const formats: Record<string, Json> = {
  int64: { pattern: '^-?\\d+$' },
  uint64: { pattern: '^\\d+$' },
  byte: { pattern: '^[A-Za-z0-9_-]*={0,2}$' },
  'date-time': { pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' },
};

/** Every Google error body; the discovery documents describe none. */
const errorSchema = {
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'errors'],
      additionalProperties: false,
      properties: {
        code: { type: 'integer', minimum: 400 },
        message: { type: 'string', minLength: 1 },
        status: { type: 'string', pattern: '^[A-Z_]+$' },
        errors: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['message', 'domain', 'reason'],
            additionalProperties: false,
            properties: {
              message: { type: 'string' },
              domain: { type: 'string' },
              reason: { type: 'string', pattern: '^[a-zA-Z]+$' },
              location: { type: 'string' },
              locationType: { type: 'string' },
            },
          },
        },
      },
    },
  },
};

/** @param root of the checkout */
export function discoveryPresent(root: string): boolean {
  return files.every((file) => existsSync(join(root, '../shared/api-descriptions', file)));
}

export class GoogleAnswerCheck {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly methods: { document: string; pattern: RegExp; method: Method; common: string[] }[] = [];
  private readonly isError: ValidateFunction;

  /** @throws Error where the descriptions are not at hand */
  constructor(root: string) {
    for (const file of files) {
      const document: Discovery = JSON.parse(readFileSync(join(root, '../shared/api-descriptions', file), 'utf8'));
      const schemas = Object.entries(document.schemas).map(([name, schema]) => [name, toSchema(schema, file)]);
      this.ajv.addSchema({ $id: file, schemas: Object.fromEntries(schemas) });
      for (const method of methodsOf(document.resources)) {
        const pattern = new RegExp(`^/${method.path.replace(/\{\+?[^}]+\}/g, '[^/]+')}$`);
        this.methods.push({ document: file, pattern, method, common: Object.keys(document.parameters) });
      }
    }
    // Literal paths first, so that batchModify is no message id.
    this.methods.sort((a, b) => a.method.path.split('{').length - b.method.path.split('{').length);
    this.isError = this.ajv.compile(errorSchema);
  }

  /** What is wrong with a route of ours; [] when nothing is. */
  routeFaults(route: Pick<GoogleRoute, 'method' | 'pattern' | 'parameters'> & { scopes: readonly string[] }): string[] {
    const found = this.methodOf(route.method, `/${route.pattern.replaceAll('*', 'x')}`);
    if (!found) return [`${route.method} ${route.pattern}: not described`];
    const known = Object.keys(found.method.parameters ?? {});
    return [
      ...route.parameters
        .filter((name) => !known.includes(name))
        .map((name) => `${found.method.id}: parameter ${name}`),
      ...route.scopes
        .filter((scope) => !found.method.scopes.includes(scope))
        .map((scope) => `${found.method.id}: ${scope}`),
    ];
  }

  /** What is wrong with an answer; [] when nothing is. Answers that were lost have nothing to check. */
  faultsOf({ method, url, status, responseBody }: Answer): string[] {
    const path = url.split('?')[0]!;
    if (typeof status === 'string' || path === '/batch/gmail/v1') return [];
    const said = (fault: string) => `${method} ${path} ${status}: ${fault}`;
    const body: unknown = responseBody === undefined ? undefined : JSON.parse(JSON.stringify(responseBody));
    if (status >= 400) {
      if (!this.isError(body)) return [said(this.ajv.errorsText(this.isError.errors))];
      return (body as { error: { code: number } }).error.code === status ? [] : [said('another code in the body')];
    }
    const found = this.methodOf(method, path);
    if (!found) return [said('not described')];
    const type = found.method.response?.$ref;
    if (type === undefined) return body === undefined && status === 204 ? [] : [said('a body where none is described')];
    return this.typeFaults(found.document, type, body).map(said);
  }

  /** @param name such as `Message` of gmail-v1-discovery.json */
  typeFaults(document: string, name: string, value: unknown): string[] {
    const key = `${document}#/schemas/${name}`;
    const valid = this.ajv.getSchema(key) ?? this.ajv.compile({ $ref: key });
    return valid(value) ? [] : [this.ajv.errorsText(valid.errors)];
  }

  private methodOf(httpMethod: string, path: string) {
    return this.methods.find(({ pattern, method }) => method.httpMethod === httpMethod && pattern.test(path));
  }
}

/** Checks every answer of the Workspace side from now on, parts of batches included. */
export function holdGoogleAnswers(
  simulator: Simulator,
  check: GoogleAnswerCheck,
): { faults: string[]; seen: Exchange[]; stop(): void } {
  const faults: string[] = [];
  const seen: Exchange[] = [];
  const stop = simulator.log.listen((exchange) => {
    if (!/^(gmail|directory|reports|unknown)/.test(exchange.route)) return;
    seen.push(exchange);
    faults.push(...check.faultsOf(exchange));
  });
  return { faults, seen, stop };
}

function methodsOf(resources: Record<string, Resource>): Method[] {
  return Object.values(resources).flatMap(({ methods = {}, resources: inner = {} }) => [
    ...Object.values(methods),
    ...methodsOf(inner),
  ]);
}

/** A discovery schema as JSON Schema; every object is closed. */
function toSchema(node: Json, document: string): Json {
  if (typeof node.$ref === 'string') return { $ref: `${document}#/schemas/${node.$ref}` };
  const out: Json = { ...formats[String(node.format)] };
  if (node.type && node.type !== 'any') out.type = node.type;
  if (node.enum) out.enum = node.enum;
  if (node.pattern) out.pattern = node.pattern;
  if (node.items) out.items = toSchema(node.items as Json, document);
  const more = node.additionalProperties ? toSchema(node.additionalProperties as Json, document) : undefined;
  if (node.properties) {
    const properties = Object.entries(node.properties as Record<string, Json>);
    out.properties = Object.fromEntries(properties.map(([name, schema]) => [name, toSchema(schema, document)]));
    out.additionalProperties = more ?? false;
  } else if (more) out.additionalProperties = more;
  return out;
}
