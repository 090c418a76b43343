/**
 * Every screen of the dashboard, one entry each: its address, who sees it, and its way in the navigation. The first that
 * fits the address is shown. What is not needed on arrival comes with `lazy`, in a file of its own.
 */
import type { VNode } from 'preact';
import { mayConfigure, mayDecide, type Surroundings } from './context.ts';
import { lazy } from './lazy.tsx';
import { SubmissionScreen } from './submission-screen.tsx';
import { SubmissionsScreen } from './submissions-screen.tsx';
import type { Words } from './words-en.ts';

export interface Screen {
  /** Below /dashboard; `:name` takes any one segment. */
  path: string;
  /** Its line in the navigation, in this order, and the letter after `g` that leads there; none for what others lead to. */
  way?: { title: (words: Words) => string; key: string };
  /** The `path` of the way that is current while this screen is shown; default its own. */
  under?: string;
  /** Whom the server would refuse never sees it; default everybody who has signed in. */
  allowed?: (surroundings: Surroundings) => boolean;
  /** Rendered anew from nothing when the parameters change, not when the query does. */
  show: (place: { params: Record<string, string>; query: URLSearchParams }) => VNode;
}

const Invalid = lazy(async () => (await import('./invalid-screen.tsx')).InvalidScreen);
const Search = lazy(async () => (await import('./search-screen.tsx')).SearchScreen);
const Message = lazy(async () => (await import('./message-screen.tsx')).MessageScreen);
const Retractions = lazy(async () => (await import('./retractions-screen.tsx')).RetractionsScreen);
const Retraction = lazy(async () => (await import('./retraction-screen.tsx')).RetractionScreen);
const BulkJobs = lazy(async () => (await import('./bulk-jobs-screen.tsx')).BulkJobsScreen);
const BulkJob = lazy(async () => (await import('./bulk-job-screen.tsx')).BulkJobScreen);
const Metrics = lazy(async () => (await import('./metrics-screen.tsx')).MetricsScreen);
const Model = lazy(async () => (await import('./model-screen.tsx')).ModelScreen);
const Audit = lazy(async () => (await import('./audit-screen.tsx')).AuditScreen);
const Access = lazy(async () => (await import('./access-screen.tsx')).AccessScreen);
const Settings = lazy(async () => (await import('./settings-screen.tsx')).SettingsScreen);

export const SCREENS: readonly Screen[] = [
  {
    path: '/',
    way: { title: (words) => words.nav.submissions, key: 's' },
    show: ({ query }) => <SubmissionsScreen query={query} />,
  },
  { path: '/submissions', under: '/', show: ({ query }) => <SubmissionsScreen query={query} /> },
  { path: '/submissions/:id', under: '/', show: ({ params }) => <SubmissionScreen id={params.id!} /> },
  { path: '/invalid', under: '/', show: ({ query }) => <Invalid query={query} /> },
  {
    path: '/search',
    way: { title: (words) => words.search.title, key: 'f' },
    show: ({ query }) => <Search query={query} />,
  },
  {
    path: '/messages/:id',
    under: '/search',
    show: ({ params, query }) => <Message id={params.id!} query={query} />,
  },
  {
    path: '/retractions',
    way: { title: (words) => words.nav.retractions, key: 'r' },
    show: () => <Retractions />,
  },
  { path: '/retractions/:id', under: '/retractions', show: ({ params }) => <Retraction id={params.id!} /> },
  {
    path: '/bulk-jobs',
    way: { title: (words) => words.bulk.title, key: 'b' },
    allowed: mayDecide,
    show: () => <BulkJobs />,
  },
  {
    path: '/bulk-jobs/:id',
    under: '/bulk-jobs',
    allowed: mayDecide,
    show: ({ params, query }) => <BulkJob id={params.id!} query={query} />,
  },
  {
    path: '/metrics',
    way: { title: (words) => words.metrics.title, key: 'm' },
    show: ({ query }) => <Metrics view="retractions" query={query} />,
  },
  {
    path: '/metrics/:view',
    under: '/metrics',
    show: ({ params, query }) => <Metrics view={params.view!} query={query} />,
  },
  {
    path: '/model',
    way: { title: (words) => words.model.title, key: 'l' },
    allowed: mayConfigure,
    show: () => <Model />,
  },
  {
    path: '/settings',
    way: { title: (words) => words.nav.settings, key: 'e' },
    allowed: mayConfigure,
    show: () => <Settings />,
  },
  {
    path: '/audit',
    way: { title: (words) => words.audit.title, key: 'u' },
    allowed: mayConfigure,
    show: ({ query }) => <Audit query={query} />,
  },
  { path: '/access', show: ({ query }) => <Access query={query} /> },
];

/** @returns null when nothing, or nothing for this person, is at the address. */
export function screenAt(
  path: string,
  surroundings: Surroundings,
): { screen: Screen; params: Record<string, string> } | null {
  for (const screen of SCREENS) {
    const params = match(screen.path, path);
    if (params) return screen.allowed?.(surroundings) === false ? null : { screen, params };
  }
  return null;
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, segment] of wanted.entries()) {
    if (segment.startsWith(':')) params[segment.slice(1)] = given[at]!;
    else if (segment !== given[at]) return null;
  }
  return params;
}

/** The ways this person may go, in the order of the navigation. */
export const waysFor = (surroundings: Surroundings) =>
  SCREENS.flatMap(({ path, way, allowed }) => (way && allowed?.(surroundings) !== false ? [{ path, ...way }] : []));
