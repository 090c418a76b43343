/** What is said when there is nothing to show, or not now. */
import type { ApiProblem } from './api.ts';
import { useWords } from './context.ts';
import { Link } from './router.tsx';
import type { Words } from './words-en.ts';

/** One sentence for a person; the server's own where it has one. */
export function sentenceOf(problem: ApiProblem, words: Words): string {
  if (problem.code === 'offline') return words.trouble.offline;
  if (problem.code === 'wrong_state') return words.trouble.wrongState;
  if (Object.hasOwn(words.refusal, problem.code)) return words.refusal[problem.code]!;
  if (problem.status === 403) return words.trouble.notAllowed;
  if (problem.status === 404) return words.trouble.notFound;
  return problem.message || words.trouble.failed;
}

export function Trouble({ problem }: { problem: ApiProblem | null }) {
  const words = useWords();
  return (
    <div role="status">
      {problem && problem.status !== 401 && <p class="banner warning">{sentenceOf(problem, words)}</p>}
    </div>
  );
}

export function Nothing() {
  const words = useWords();
  return (
    <div class="empty">
      <h1>{words.trouble.notFound}</h1>
      <p>
        <Link to="/">{words.trouble.back}</Link>
      </p>
    </div>
  );
}

/** Grey bars in the shape of what is coming, so that nothing jumps. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const words = useWords();
  return (
    <div class="loading" role="status" aria-label={words.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <div class="bar" key={row} />
      ))}
    </div>
  );
}
