/** Where reports by mail come in, and who may send them for the team. */
import { useState } from 'preact/hooks';
import type { IntakeSettings, MailStanding } from '../../shared/mail.ts';
import { useWords } from './context.ts';
import { useMailStanding } from './notifications-card.tsx';
import { SettingCard } from './setting-card.tsx';

export function IntakeCard() {
  const { intake: words } = useWords();
  const standing = useMailStanding();
  return (
    <SettingCard<IntakeSettings> name="intake" title={words.title} lead={words.lead}>
      {(value, change) => (
        <>
          {standing && <Addresses intake={standing.intake} />}
          <Members value={value} change={change} />
        </>
      )}
    </SettingCard>
  );
}

function Addresses({ intake }: { intake: MailStanding['intake'] }) {
  const { intake: words } = useWords();
  if (!intake) return <p class="banner warning">{words.off}</p>;
  return (
    <>
      <h3>{words.addresses}</h3>
      <ul class="addresses">
        {intake.examples.map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
      </ul>
      <p class="quiet">{words.bare(intake.address)}</p>
    </>
  );
}

function Members({ value, change }: { value: IntakeSettings; change: (next: IntakeSettings) => void }) {
  const { intake: words } = useWords();
  // What somebody types has lines that are not finished yet.
  const [text, setText] = useState(value.team_members.join('\n'));
  const type = (typed: string) => {
    setText(typed);
    const members = typed
      .split(/[\s,;]+/)
      .map((one) => one.trim().toLowerCase())
      .filter(Boolean);
    change({ ...value, team_members: [...new Set(members)] });
  };
  return (
    <label class="field wide">
      <span>{words.members}</span>
      <textarea rows={4} spellcheck={false} value={text} onInput={(event) => type(event.currentTarget.value)} />
      <span class="quiet">{words.membersHint}</span>
    </label>
  );
}
