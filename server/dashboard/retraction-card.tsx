/** Where copies go, verdict by verdict, and the switch that pauses everything. */
import type { RetractionSettings } from '../../shared/api.ts';
import { useWords } from './context.ts';
import { Destinations } from './destinations.tsx';
import { SettingCard } from './setting-card.tsx';

export function RetractionCard() {
  const words = useWords();
  return (
    <SettingCard<RetractionSettings> name="retraction" {...words.settings.retraction}>
      {(retraction, change) => <Destinations retraction={retraction} change={change} />}
    </SettingCard>
  );
}
