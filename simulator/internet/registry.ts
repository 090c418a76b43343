/** A pretend domain registry that answers by RDAP (RFC 9082, RFC 9083) for every domain below `/rdap`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, json, writeAnswer } from '../wire.ts';

export interface Registry {
  /** The domain is registered since then; null: the registry does not know it. */
  register(domain: string, at: Date | null): void;
  /** Domains asked for, in order. */
  readonly asked: string[];
  answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
}

/** Everything nobody registered here has been there for ever. */
const longAgo = new Date('2009-05-12T09:30:00Z');

/** Magic domains: the first label up to a `-` says what goes wrong. Listed in DIFFERENCES.md. */
const magic: Record<string, (domain: string, asked: number, response: ServerResponse) => Answer | 'handled' | null> = {
  throttled: (_, asked) => (asked === 1 ? { ...rdapError(429), headers: { 'retry-after': '120' } } : null),
  broken: () => rdapError(500),
  unknown: () => rdapError(404),
  garbage: () => ({
    status: 200,
    headers: { 'content-type': 'application/rdap+json' },
    bytes: Buffer.from('{"objectClassName":"domain","events":[{'),
  }),
  page: () => ({ status: 200, headers: { 'content-type': 'text/html' }, bytes: Buffer.from('<h1>Maintenance</h1>') }),
  other: () => domainAnswer('somebody-else.example', new Date()),
  undated: (domain) => domainAnswer(domain, null),
  future: (domain) => domainAnswer(domain, new Date('2199-01-01T00:00:00Z')),
  ancient: (domain) => domainAnswer(domain, new Date('1601-01-01T00:00:00Z')),
  inward: () => ({ status: 302, headers: { location: 'https://169.254.169.254/latest/meta-data/' } }),
  plain: () => ({ status: 302, headers: { location: 'http://registry.example.net/rdap/domain/x' } }),
  circular: (domain) => ({ status: 302, headers: { location: `/rdap/domain/${domain}` } }),
  huge: (_domain, _asked, response) => {
    response.writeHead(200, { 'content-type': 'application/rdap+json' });
    const more = () => {
      while (!response.destroyed && response.write('{"objectClassName":"domain"},'.repeat(1_000)));
    };
    response.on('drain', more);
    more();
    return 'handled';
  },
  silent: () => 'handled',
};

export function createRegistry(): Registry {
  const registrations = new Map<string, Date | null>();
  const counts = new Map<string, number>();
  const asked: string[] = [];

  return {
    asked,
    register: (domain, at) => void registrations.set(domain.toLowerCase(), at),
    async answer(_request, response, url) {
      const [, domain] = /^\/rdap\/domain\/([^/]+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
      if (domain === undefined) return writeAnswer(response, rdapError(400));
      const name = domain.toLowerCase();
      asked.push(name);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const odd = magic[name.split(/[.-]/)[0] ?? '']?.(name, count, response) ?? null;
      if (odd === 'handled') return;
      const at = registrations.get(name);
      writeAnswer(response, odd ?? (at === null ? rdapError(404) : domainAnswer(name, at ?? longAgo)));
    },
  };
}

function domainAnswer(domain: string, at: Date | null): Answer {
  const events = [
    ...(at ? [{ eventAction: 'registration', eventDate: at.toISOString() }] : []),
    { eventAction: 'last changed', eventDate: '2024-11-02T10:00:00Z' },
    { eventAction: 'expiration', eventDate: '2031-05-12T09:30:00Z' },
  ];
  const body = {
    rdapConformance: ['rdap_level_0'],
    objectClassName: 'domain',
    ldhName: domain.toUpperCase(),
    status: ['active'],
    events,
    entities: [],
  };
  return {
    status: 200,
    headers: { 'content-type': 'application/rdap+json' },
    bytes: Buffer.from(JSON.stringify(body)),
  };
}

function rdapError(errorCode: number): Answer {
  return json(errorCode, { rdapConformance: ['rdap_level_0'], errorCode, title: 'Error', description: [] });
}
