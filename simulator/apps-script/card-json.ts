/** What a script has built with CardService, as the JSON that Gmail draws (google.apps.card.v1.Card). */
import { type Double, doubleOf, enumOf } from './doubles.ts';

export type Json = { [key: string]: Json } | Json[] | string | number | boolean;
type Fields = { [key: string]: Json };

/** Last value of each setter, as Apps Script keeps it. */
function settings(double: Double): Record<string, unknown> {
  return Object.fromEntries(double.calls.map(({ method, args }) => [method, args[0]]));
}

function all(double: Double, method: string): unknown[][] {
  return double.calls.filter((call) => call.method === method).map(({ args }) => args);
}

/** Takes what has been set, under its name on the wire. @throws Error for a setter that is not drawn here */
function fieldsOf(double: Double, names: Record<string, string | ((value: unknown) => Fields)>): Fields {
  const fields: Fields = {};
  for (const [method, value] of Object.entries(settings(double))) {
    const name = names[method];
    if (name === undefined) throw new Error(`${double.type}.${method} is not simulated`);
    if (typeof name === 'function') Object.assign(fields, name(value));
    else fields[name] = enumOf(value)?.name ?? (value as Json);
  }
  return fields;
}

const built = (value: unknown): Double => {
  const double = doubleOf(value);
  if (!double) throw new Error('no double of CardService');
  return double;
};
const text = (value: unknown) => value as string;
const under =
  (key: string, draw: (double: Double) => Json) =>
  (value: unknown): Fields => ({ [key]: draw(built(value)) });
const nothing = (): Fields => ({});

/** @param card what `CardBuilder.build()` gave */
export function cardJson(card: Double): Fields {
  const builder = card.state as Double;
  return {
    ...fieldsOf(builder, {
      build: nothing,
      addSection: nothing,
      setName: 'name',
      setHeader: under('header', (it) => fieldsOf(it, { setTitle: 'title', setSubtitle: 'subtitle' })),
      setFixedFooter: under('fixedFooter', (it) =>
        fieldsOf(it, {
          setPrimaryButton: under('primaryButton', buttonJson),
          setSecondaryButton: under('secondaryButton', buttonJson),
        }),
      ),
    }),
    sections: all(builder, 'addSection').map(([section]) => sectionJson(built(section))),
  };
}

function sectionJson(section: Double): Fields {
  return {
    ...fieldsOf(section, {
      addWidget: nothing,
      setHeader: 'header',
      setCollapsible: 'collapsible',
      setNumUncollapsibleWidgets: 'uncollapsibleWidgetsCount',
    }),
    widgets: all(section, 'addWidget').map(([widget]) => widgetJson(built(widget))),
  };
}

function widgetJson(widget: Double): Fields {
  switch (widget.type) {
    case 'Card_Service.TextParagraph':
      return { textParagraph: fieldsOf(widget, { setText: 'text' }) };
    case 'Card_Service.DecoratedText':
      return {
        decoratedText: fieldsOf(widget, {
          setText: 'text',
          setTopLabel: 'topLabel',
          setBottomLabel: 'bottomLabel',
          setWrapText: 'wrapText',
          setStartIcon: under('startIcon', iconJson),
        }),
      };
    case 'Card_Service.ButtonSet': {
      const buttons = all(widget, 'addButton').map(([button]) => buttonJson(built(button)));
      return { buttonList: { buttons } };
    }
    case 'Card_Service.Divider':
      return { divider: {} };
    case 'Card_Service.TextInput':
      return {
        textInput: fieldsOf(widget, {
          setFieldName: 'name',
          setTitle: 'label',
          setHint: 'hintText',
          setValue: 'value',
          setMultiline: (many) => ({ type: many ? 'MULTIPLE_LINE' : 'SINGLE_LINE' }),
        }),
      };
    case 'Card_Service.SelectionInput': {
      const items = all(widget, 'addItem').map(([label, value, selected]) => {
        return { text: String(label), value: String(value), selected: selected as boolean };
      });
      const { setFieldName, setTitle, setType } = settings(widget);
      const type = enumOf(setType)?.name ?? 'CHECK_BOX';
      return { selectionInput: { name: text(setFieldName), label: text(setTitle), type, items } };
    }
    default:
      throw new Error(`${widget.type} is not simulated`);
  }
}

function iconJson(icon: Double): Fields {
  return fieldsOf(icon, {
    setMaterialIcon: under('materialIcon', (it) => fieldsOf(it, { setName: 'name', setFill: 'fill' })),
    setAltText: 'altText',
    setIconUrl: 'iconUrl',
  });
}

function buttonJson(button: Double): Fields {
  return fieldsOf(button, {
    setText: 'text',
    setDisabled: 'disabled',
    setAltText: 'altText',
    setTextButtonStyle: (style) => ({ type: enumOf(style)?.name === 'FILLED' ? 'FILLED' : 'BORDERLESS' }),
    setOnClickAction: (action) => ({ onClick: { action: actionJson(built(action)) } }),
    setOpenLink: (link) => ({ onClick: { openLink: linkJson(built(link)) } }),
  });
}

function actionJson(action: Double): Fields {
  return fieldsOf(action, {
    setFunctionName: 'function',
    setLoadIndicator: 'loadIndicator',
    setParameters: (given) => ({
      parameters: Object.entries(given as Record<string, string>).map(([key, value]) => ({ key, value })),
    }),
  });
}

function linkJson(link: Double): Fields {
  return fieldsOf(link, { setUrl: 'url' });
}

/**
 * What a function answered, in the words of the add-ons HTTP interface.
 * @throws TypeError for a trigger that gives no card and a button that gives no ActionResponse, as Gmail would refuse it
 */
export function answerJson(answer: unknown, trigger: boolean): Fields {
  const double = doubleOf(Array.isArray(answer) ? answer[0] : answer);
  if (trigger) {
    if (double?.type !== 'Card_Service.Card') throw new TypeError('a trigger must give a Card');
    return { action: { navigations: [{ pushCard: cardJson(double) }] } };
  }
  if (double?.type !== 'Card_Service.ActionResponse') throw new TypeError('a button must give an ActionResponse');
  const { setNavigation, setNotification, setStateChanged } = settings(double.state as Double);
  const action: Fields = {};
  if (setNavigation) action.navigations = built(setNavigation).calls.map(stepJson);
  if (setNotification) action.notification = fieldsOf(built(setNotification), { setText: 'text' });
  return { renderActions: { action }, stateChanged: setStateChanged === true };
}

function stepJson({ method, args }: { method: string; args: unknown[] }): Fields {
  switch (method) {
    case 'pushCard':
    case 'updateCard':
      return { [method]: cardJson(built(args[0])) };
    case 'popCard':
      return { pop: true };
    case 'popToRoot':
      return { popToRoot: true };
    default:
      throw new Error(`Navigation.${method} is not simulated`);
  }
}
