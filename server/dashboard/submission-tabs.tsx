/** From one kind of submissions to another: each has an address. */
import { useWords } from './context.ts';
import { Link } from './router.tsx';

export type SubmissionTab = 'all' | 'USER' | 'TEAM' | 'invalid';

export function SubmissionTabs({ current }: { current: SubmissionTab }) {
  const { tabsOf } = useWords();
  const ways: [SubmissionTab, string][] = [
    ['all', '/'],
    ['USER', '/submissions?type=USER'],
    ['TEAM', '/submissions?type=TEAM'],
    ['invalid', '/invalid'],
  ];
  return (
    <nav class="tabs" aria-label={tabsOf.label}>
      {ways.map(([tab, to]) => (
        <Link key={tab} to={to} current={tab === current}>
          {tabsOf[tab]}
        </Link>
      ))}
    </nav>
  );
}
