import { useState } from 'preact/hooks';
import type { Button, Card, Section, Widget } from './card-shape.ts';
import { Markup } from './markup.tsx';
import type { Words } from './words.ts';

export interface CardActions {
  /** Runs a function of the add-on with what the form holds. */
  run: (name: string, parameters: Record<string, string>, inputs: Record<string, string[]>) => void;
  busy: boolean;
}

/** A card as HTML: an own look, made for this page. */
export function CardView({ card, actions, words }: { card: Card; actions: CardActions; words: Words }) {
  const footer = card.fixedFooter?.primaryButton;
  return (
    <form class="card" onSubmit={(event) => event.preventDefault()}>
      <div class="card-body">
        {card.header?.subtitle && <h2 class="card-subtitle">{card.header.subtitle}</h2>}
        {(card.sections ?? []).map((section, at) => (
          <SectionView key={at} section={section} actions={actions} words={words} />
        ))}
      </div>
      {footer && (
        <div class="card-footer">
          <ButtonView button={footer} actions={actions} />
        </div>
      )}
    </form>
  );
}

function SectionView({ section, actions, words }: { section: Section; actions: CardActions; words: Words }) {
  const [unfolded, setUnfolded] = useState(false);
  const widgets = section.widgets ?? [];
  const first = section.collapsible ? (section.uncollapsibleWidgetsCount ?? 0) : widgets.length;
  const shown = unfolded ? widgets : widgets.slice(0, first);
  return (
    <section class="card-section">
      {section.header && (
        <h3>
          <Markup text={section.header} />
        </h3>
      )}
      {shown.map((widget, at) => (
        <WidgetView key={at} widget={widget} actions={actions} />
      ))}
      {first < widgets.length && (
        <button type="button" class="unfold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? words.showLess : words.showMore(widgets.length - first)}
        </button>
      )}
    </section>
  );
}

function WidgetView({ widget, actions }: { widget: Widget; actions: CardActions }) {
  if (widget.textParagraph) {
    return (
      <p>
        <Markup text={widget.textParagraph.text ?? ''} />
      </p>
    );
  }
  if (widget.decoratedText) return <Decorated text={widget.decoratedText} />;
  if (widget.buttonList) {
    return (
      <div class="buttons">
        {(widget.buttonList.buttons ?? []).map((button) => (
          <ButtonView key={button.text} button={button} actions={actions} />
        ))}
      </div>
    );
  }
  if (widget.selectionInput) return <Selection input={widget.selectionInput} />;
  if (widget.textInput) {
    const { name, label, hintText, value } = widget.textInput;
    return (
      <label class="text-input">
        <span>{label}</span>
        <textarea name={name} rows={2} defaultValue={value} aria-description={hintText} />
        {hintText && <small>{hintText}</small>}
      </label>
    );
  }
  return <hr />;
}

function Decorated({ text }: { text: NonNullable<Widget['decoratedText']> }) {
  const icon = text.startIcon?.materialIcon?.name;
  return (
    <div class="decorated">
      {icon && <ToneSymbol name={icon} />}
      <div>
        {text.topLabel && (
          <small>
            <Markup text={text.topLabel} />
          </small>
        )}
        <p>
          <Markup text={text.text ?? ''} />
        </p>
        {text.bottomLabel && (
          <small>
            <Markup text={text.bottomLabel} />
          </small>
        )}
      </div>
    </div>
  );
}

function Selection({ input }: { input: NonNullable<Widget['selectionInput']> }) {
  return (
    <fieldset class="selection">
      <legend>{input.label}</legend>
      {(input.items ?? []).map((item) => (
        <label key={item.value}>
          <input
            type={input.type === 'RADIO_BUTTON' ? 'radio' : 'checkbox'}
            name={input.name}
            value={item.value}
            defaultChecked={item.selected ?? false}
          />
          <span>{item.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function ButtonView({ button, actions }: { button: Button; actions: CardActions }) {
  const { action, openLink } = button.onClick ?? {};
  if (openLink) {
    return (
      <a class="card-button" href={openLink.url} target="_blank" rel="noopener noreferrer">
        {button.text}
      </a>
    );
  }
  return (
    <button
      type="button"
      class={button.type === 'FILLED' ? 'card-button filled' : 'card-button'}
      disabled={actions.busy || button.disabled}
      onClick={(event) => {
        if (!action) return;
        const parameters = Object.fromEntries((action.parameters ?? []).map(({ key, value }) => [key, value]));
        actions.run(action.function, parameters, inputsOf(event.currentTarget.form));
      }}
    >
      {button.text}
    </button>
  );
}

function inputsOf(form: HTMLFormElement | null): Record<string, string[]> {
  const inputs: Record<string, string[]> = {};
  if (!form) return inputs;
  for (const [name, value] of new FormData(form)) {
    inputs[name] = [...(inputs[name] ?? []), String(value)];
  }
  return inputs;
}

/** Own drawings for the few Material Symbols that cards here name. */
const PATHS: Record<string, string> = {
  gpp_bad: 'M12 2 4 5v6c0 5 3.4 9.3 8 11 4.6-1.7 8-6 8-11V5zM9 9l6 6m0-6-6 6',
  warning: 'M12 3 2 20h20zM12 10v4m0 3v.1',
  verified_user: 'M12 2 4 5v6c0 5 3.4 9.3 8 11 4.6-1.7 8-6 8-11V5zM8.5 12l2.5 2.5 4.5-5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 8v5m0-8.5v.1',
};

function ToneSymbol({ name }: { name: string }) {
  return (
    <svg class={`symbol ${name}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name] ?? PATHS.info} />
    </svg>
  );
}
