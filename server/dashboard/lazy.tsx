/** Code that is fetched when somebody goes there. */
import { type ComponentType, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from './context.ts';
import { Loading } from './trouble.tsx';

/** A component whose file is fetched the first time it is shown; while it is on its way there are grey bars. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [state, setState] = useState<'waits' | 'here' | 'failed'>(loaded ? 'here' : 'waits');
    // Once: what has failed is tried again with the page.
    useEffect(() => {
      if (loaded) return;
      load().then(
        (component) => {
          loaded = component;
          setState('here');
        },
        () => setState('failed'),
      );
    }, []);
    if (loaded) return h(loaded as ComponentType<object>, props);
    return state === 'failed' ? <Outdated /> : <Loading rows={6} />;
  };
}

/** A file of the build that this page came with is gone, or the line is. */
function Outdated() {
  const words = useWords();
  return (
    <div class="banner warning" role="alert">
      <p>{words.outdated.text}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          {words.outdated.reload}
        </button>
      </p>
    </div>
  );
}
