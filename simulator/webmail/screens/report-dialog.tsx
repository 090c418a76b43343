import { useState } from 'preact/hooks';
import type { AddinDefinition, ReportCommand } from '../addin-definition.ts';
import type { ReportChoice } from '../host/spam-report.ts';
import type { Words } from '../words.ts';
import { Modal } from './modal.tsx';

/** The pre-processing dialog that Outlook builds from the manifest. The two buttons' words are Outlook's own. */
export function ReportDialog({
  addin,
  report,
  words,
  onReport,
  onCancel,
}: {
  addin: AddinDefinition;
  report: ReportCommand;
  words: Words;
  onReport: (choice: ReportChoice) => void;
  onCancel: () => void;
}) {
  const { title, description, options, freeTextLabel, moreInfo } = report.dialog;
  const radio = options?.input === 'radio';
  const [chosen, setChosen] = useState((options?.labels ?? []).map((_, index) => radio && index === 0));
  const [freeText, setFreeText] = useState('');
  const choose = (index: number, on: boolean) =>
    setChosen(chosen.map((value, at) => (at === index ? on : radio ? false : value)));

  return (
    <Modal title={title} className="report-dialog" onCancel={onCancel}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onReport({ options: chosen, freeText });
        }}
      >
        <p class="dialog-addin">
          {addin.iconUrl && <img src={addin.iconUrl} alt="" width="24" height="24" />}
          <span>{addin.displayName}</span>
        </p>
        <p>{description}</p>
        {options && (
          <fieldset>
            <legend>{options.title}</legend>
            {options.labels.map((label, index) => (
              <label key={label} class="choice">
                <input
                  type={options.input}
                  name="report-option"
                  checked={chosen[index]}
                  onChange={(event) => choose(index, event.currentTarget.checked)}
                />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
        )}
        {freeTextLabel && (
          <label class="free-text">
            <span>{freeTextLabel}</span>
            <textarea
              rows={3}
              maxLength={2000}
              value={freeText}
              onInput={(event) => setFreeText(event.currentTarget.value)}
            />
          </label>
        )}
        {moreInfo && (
          <p class="more-info">
            {words.moreInfo}{' '}
            <a href={moreInfo.url} target="_blank" rel="noopener noreferrer">
              {moreInfo.text}
            </a>
          </p>
        )}
        <div class="dialog-buttons">
          <button type="submit" class="primary">
            {words.report}
          </button>
          <button type="button" onClick={onCancel}>
            {words.dontReport}
          </button>
        </div>
      </form>
    </Modal>
  );
}
