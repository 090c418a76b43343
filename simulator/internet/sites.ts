/** Web sites of strangers, by host: what a link in a mail leads to. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A page, or whatever else a server may do with a request. */
export type Site = string | ((request: IncomingMessage, response: ServerResponse, url: URL) => void);

export interface Sites {
  /** Lets a host answer, every path of it alike unless one is named: `shop.example`, `shop.example/login`. */
  put(where: string, site: Site): void;
  /** `METHOD host/path?query` of every request, in order. */
  readonly asked: string[];
  answer(request: IncomingMessage, response: ServerResponse, url: URL): void;
}

export function createSites(): Sites {
  const sites = new Map<string, Site>();
  const asked: string[] = [];
  return {
    asked,
    put: (where, site) => void sites.set(where.toLowerCase(), site),
    answer(request, response, url) {
      asked.push(`${request.method} ${url.hostname}${url.pathname}${url.search}`);
      const site = sites.get(`${url.hostname}${url.pathname}`) ?? sites.get(url.hostname);
      if (typeof site === 'function') return site(request, response, url);
      response.writeHead(site === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(site ?? '<!doctype html><title>Not found</title><h1>Not found</h1>');
    },
  };
}
