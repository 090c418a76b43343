/** Everything that proves a case, as one file. */
import { mayDecide, useSurroundings } from './context.ts';

export function BundleLink({ of, id }: { of: 'submissions' | 'retractions'; id: string }) {
  const surroundings = useSurroundings();
  // Whom the server would refuse is not led there.
  if (!mayDecide(surroundings)) return null;
  return (
    <a class="button" href={`/api/v1/${of}/${id}/bundle`} download={`reelback-${id}.zip`}>
      {surroundings.words.exports.bundle}
    </a>
  );
}
