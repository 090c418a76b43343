/** From one kind of submissions to another: each has an address. */
import { useWords } from './context.ts';
import { Link } from './router.tsx';

export function SubmissionTabs({ current }: { current: 'all' | 'invalid' }) {
  const { invalid } = useWords();
  return (
    <nav class="tabs" aria-label={invalid.tabs}>
      <Link to="/" current={current === 'all'}>
        {invalid.all}
      </Link>
      <Link to="/invalid" current={current === 'invalid'}>
        {invalid.tab}
      </Link>
    </nav>
  );
}
