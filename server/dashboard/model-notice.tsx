/** On the first screen, for those who may configure: something has drifted, or a better version waits. */
import type { ModelView } from '../../shared/model.ts';
import { ask } from './api.ts';
import { mayConfigure, useSurroundings } from './context.ts';
import { useLive } from './live.ts';
import { Link } from './router.tsx';

const EVERY_MS = 60_000;

export function ModelNotice() {
  const surroundings = useSurroundings();
  return mayConfigure(surroundings) ? <Notice /> : null;
}

function Notice() {
  const { notice } = useSurroundings().words.model;
  const { data } = useLive('model notice', () => ask<ModelView>('GET', '/model'), EVERY_MS);
  if (!data) return null;
  const drifts = data.drift?.alarm ?? false;
  const [newest] = data.versions;
  const waits = newest?.state === 'proposed' && newest.fits;
  if (!drifts && !waits) return null;
  return (
    <p class="banner plain">
      <Link to="/model">{drifts ? notice.drift : notice.waits}</Link>
    </p>
  );
}
