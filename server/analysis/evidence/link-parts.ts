import type { Link } from '../../message/message.ts';

/** A link taken apart without throwing; '' for what is not there. */
export interface LinkParts {
  scheme: string;
  userinfo: string;
  host: string;
  port: string;
  path: string;
  query: string;
  fragment: string;
}

/** By hand, because a link in a lure is often no valid URL and still opens. */
export function linkParts(link: Pick<Link, 'target' | 'host'>): LinkParts {
  const url = link.target.slice(0, 4000);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const hash = url.indexOf('#');
  const fragment = hash < 0 ? '' : url.slice(hash + 1);
  const beforeHash = hash < 0 ? url : url.slice(0, hash);
  const mark = beforeHash.indexOf('?');
  const query = mark < 0 ? '' : beforeHash.slice(mark + 1);
  const beforeQuery = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const rest = beforeQuery.replace(/^[a-z][a-z0-9+.-]*:[\\/]*/i, '');
  const slash = rest.search(/[/\\]/);
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  return {
    scheme,
    userinfo: at < 0 || scheme === 'mailto' ? '' : authority.slice(0, at),
    host: link.host,
    port: /:(\d{1,5})$/.exec(authority.slice(at + 1))?.[1] ?? '',
    path: slash < 0 ? '' : rest.slice(slash),
    query,
    fragment,
  };
}

/** A domain that a link's visible text names (`www.bank.example/login`), lower case; null when it names none. */
export function domainInText(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > 300 || trimmed.includes('@')) return null;
  const found = /^(?:https?:\/\/)?((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})(?:[/?#:]\S*)?$/i.exec(trimmed);
  const domain = found?.[1]?.toLowerCase() ?? null;
  // `report.pdf` and `setup.exe` are file names.
  if (domain && /\.(?:pdf|docx?|xlsx?|pptx?|zip|html?|txt|jpe?g|png|gif|exe|csv|ics)$/.test(domain)) return null;
  return domain;
}
