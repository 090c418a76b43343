import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { loadTenant } from './mail-client.ts';
import { loadPreferences, type Preferences, savePreferences } from './preferences.ts';
import { MailScreen } from './screens/mail-screen.tsx';
import type { Tenant } from './wire.ts';

const AGAIN_MS = 1000;

/** `#ana@example.org` in the address says whose mailbox; without it, the first person's. */
function addressOf(tenant: Tenant): string {
  const wanted = decodeURIComponent(location.hash.slice(1)).toLowerCase();
  const named = tenant.mailboxes.find((it) => it.address === wanted);
  return (named ?? tenant.mailboxes.find((it) => it.kind === 'user'))?.address ?? '';
}

function App() {
  const [tenant, setTenant] = useState<Tenant | null>(null);
  const [address, setAddress] = useState('');
  const [preferences, setPreferences] = useState(loadPreferences);
  const theme = useTheme(preferences.theme);

  useEffect(() => {
    const load = () => {
      loadTenant().then(
        (found) => {
          setTenant(found);
          setAddress(addressOf(found));
        },
        () => setTimeout(load, AGAIN_MS),
      );
    };
    load();
  }, []);
  useEffect(() => {
    const follow = () => tenant && setAddress(addressOf(tenant));
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [tenant]);
  useEffect(() => {
    document.documentElement.lang = preferences.language;
  }, [preferences.language]);

  const change = (part: Partial<Preferences>) => {
    const next = { ...preferences, ...part };
    savePreferences(next);
    setPreferences(next);
  };
  if (tenant === null) return <div class="loading" role="status" aria-busy="true" />;
  return (
    <MailScreen
      tenant={tenant}
      address={address}
      preferences={preferences}
      theme={theme}
      onPreferences={change}
      onTenant={setTenant}
      onAddress={(next) => {
        location.hash = next;
      }}
    />
  );
}

function useTheme(wanted: Preferences['theme']): 'light' | 'dark' {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const [system, setSystem] = useState(dark.matches);
  useEffect(() => {
    const follow = () => setSystem(dark.matches);
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  const theme = wanted === 'auto' ? (system ? 'dark' : 'light') : wanted;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return theme;
}

const root = document.getElementById('app');
if (root) render(<App />, root);
