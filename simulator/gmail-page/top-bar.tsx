import { type Company, FAULTS, type Fault } from './wire.ts';
import type { Language, Words } from './words.ts';

export function TopBar({
  company,
  address,
  words,
  language,
  setLanguage,
  fault,
  setFault,
}: {
  company: Company;
  address: string;
  words: Words;
  language: Language;
  setLanguage: (language: Language) => void;
  fault: Fault;
  setFault: (fault: Fault) => void;
}) {
  return (
    <header class="top">
      <p class="brand">
        <span class="brand-mark" aria-hidden="true" /> {company.name}
      </p>
      <label>
        <span>{words.fault}</span>
        <select
          value={fault}
          onChange={(event) => setFault(FAULTS.find((one) => one === event.currentTarget.value) ?? 'none')}
        >
          {FAULTS.map((one) => (
            <option key={one} value={one}>
              {words.faults[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{words.language}</span>
        <select value={language} onChange={(event) => setLanguage(event.currentTarget.value === 'de' ? 'de' : 'en')}>
          <option value="en">English</option>
          <option value="de">Deutsch</option>
        </select>
      </label>
      <label>
        <span>{words.account}</span>
        <select
          value={address}
          onChange={(event) => {
            location.hash = event.currentTarget.value;
          }}
        >
          {company.mailboxes.map((entry) => (
            <option key={entry.address} value={entry.address}>
              {entry.displayName}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}
