import { useEffect, useState } from 'preact/hooks';
import type { AddinDefinition } from './addin-definition.ts';
import { loadAddin } from './mail-client.ts';

const AGAIN_MS = 3000;

/** The installed add-in in the host's language; null until its manifest can be read, which is tried again and again. */
export function useAddin(locale: string): AddinDefinition | null {
  const [addin, setAddin] = useState<AddinDefinition | null>(null);
  useEffect(() => {
    let live = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      const found = await loadAddin(locale).catch(() => null);
      if (!live) return;
      setAddin(found);
      if (found === null) timer = setTimeout(load, AGAIN_MS);
    };
    void load();
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [locale]);
  return addin;
}
