const BASE = 'https://dashboard.invalid';

/**
 * The screen to come back to after signing in: path and query below /dashboard. Whatever would lead elsewhere, or is no
 * path, leads to the first screen; so no link of ours can be made to send a person to a foreign page.
 */
export function returnPath(given: string | undefined): string {
  if (!given?.startsWith('/') || given.length > 1_000 || /[\\\p{Cc}]/u.test(given)) return '/';
  const url = URL.canParse(`/dashboard${given}`, BASE) ? new URL(`/dashboard${given}`, BASE) : null;
  // Dots may have climbed out.
  if (!url || url.origin !== BASE || !url.pathname.startsWith('/dashboard/')) return '/';
  url.searchParams.delete('sign_in');
  return `${url.pathname.slice('/dashboard'.length)}${url.search}`;
}
