/** Draws a card with CardService; the only file that does. */
import type { PaneTone } from '../shared/pane.ts';
import type { ButtonView, CardView, SectionView, WidgetView } from './card-view.ts';
import { escaped, plain } from './markup.ts';

type Card = GoogleAppsScript.Card_Service.Card;
type Widget = GoogleAppsScript.Card_Service.Widget;

/** Names of Material Symbols, and the ink of the words beside them (4.5:1 on white). */
const TONES: Record<PaneTone, { icon: string; ink: string }> = {
  danger: { icon: 'gpp_bad', ink: '#b3261e' },
  warning: { icon: 'warning', ink: '#8a5000' },
  ok: { icon: 'verified_user', ink: '#146c2e' },
  info: { icon: 'info', ink: '#1f1f1f' },
};
const QUIET_INK = '#5f6368';

export function drawCard(view: CardView): Card {
  const header = CardService.newCardHeader().setTitle(plain(view.title));
  if (view.subtitle) header.setSubtitle(plain(view.subtitle));
  const card = CardService.newCardBuilder().setName(view.name).setHeader(header);
  for (const section of view.sections) card.addSection(drawSection(section));
  if (view.footer) card.setFixedFooter(CardService.newFixedFooter().setPrimaryButton(drawButton(view.footer)));
  return card.build();
}

/** The answer to a press: another card in place of this one, and perhaps a word at the edge of the screen. */
export function replaceCard(
  view: CardView,
  { notice, changed, dropTop }: { notice?: string; changed?: boolean; dropTop?: boolean } = {},
): GoogleAppsScript.Card_Service.ActionResponse {
  const navigation = CardService.newNavigation();
  if (dropTop) navigation.popCard();
  return answer(navigation.updateCard(drawCard(view)), notice, changed);
}

export function addCard(view: CardView): GoogleAppsScript.Card_Service.ActionResponse {
  return answer(CardService.newNavigation().pushCard(drawCard(view)));
}

export function dropCard(): GoogleAppsScript.Card_Service.ActionResponse {
  return answer(CardService.newNavigation().popCard());
}

function answer(navigation: GoogleAppsScript.Card_Service.Navigation, notice?: string, changed?: boolean) {
  const response = CardService.newActionResponseBuilder().setNavigation(navigation);
  if (notice) response.setNotification(CardService.newNotification().setText(plain(notice)));
  // Gmail drops the cards it keeps for this message.
  if (changed) response.setStateChanged(true);
  return response.build();
}

function drawSection(view: SectionView) {
  const section = CardService.newCardSection();
  if (view.header) section.setHeader(escaped(view.header));
  if (view.unfolded !== undefined && view.unfolded < view.widgets.length) {
    section.setCollapsible(true).setNumUncollapsibleWidgets(view.unfolded);
  }
  for (const widget of view.widgets) section.addWidget(drawWidget(widget));
  return section;
}

function drawWidget(view: WidgetView): Widget {
  switch (view.kind) {
    case 'text': {
      const text = view.quiet ? ink(escaped(view.text), QUIET_INK) : escaped(view.text);
      const note = view.note ? `<br>${ink(escaped(view.note), QUIET_INK)}` : '';
      return CardService.newTextParagraph().setText(text + note);
    }
    case 'headline': {
      const { icon, ink: colour } = TONES[view.tone];
      const image = CardService.newIconImage().setMaterialIcon(CardService.newMaterialIcon().setName(icon));
      return CardService.newDecoratedText()
        .setStartIcon(image)
        .setText(`<b>${ink(escaped(view.text), colour)}</b>`)
        .setWrapText(true);
    }
    case 'progress': {
      const full = Math.round(Math.min(Math.max(view.share, 0), 1) * 10);
      return CardService.newDecoratedText()
        .setText(ink('▰'.repeat(full) + '▱'.repeat(10 - full), TONES.info.ink))
        .setBottomLabel(escaped(view.label));
    }
    case 'choice': {
      const { CHECK_BOX, RADIO_BUTTON } = CardService.SelectionInputType;
      const input = CardService.newSelectionInput()
        .setType(view.many ? CHECK_BOX : RADIO_BUTTON)
        .setTitle(plain(view.title))
        .setFieldName(view.name);
      for (const { text, value, chosen } of view.items) input.addItem(plain(text), value, chosen);
      return input;
    }
    case 'input':
      return CardService.newTextInput()
        .setFieldName(view.name)
        .setTitle(plain(view.title))
        .setHint(plain(view.hint))
        .setMultiline(true);
    case 'buttons': {
      const set = CardService.newButtonSet();
      for (const button of view.buttons) set.addButton(drawButton(button));
      return set;
    }
  }
}

function drawButton(view: ButtonView): GoogleAppsScript.Card_Service.TextButton {
  const button = CardService.newTextButton().setText(plain(view.text));
  if ('link' in view) return button.setOpenLink(CardService.newOpenLink().setUrl(view.link));
  const action = CardService.newAction().setFunctionName(view.run).setLoadIndicator(CardService.LoadIndicator.SPINNER);
  if (view.parameters) action.setParameters(view.parameters);
  if (view.primary) button.setTextButtonStyle(CardService.TextButtonStyle.FILLED);
  return button.setOnClickAction(action);
}

const ink = (text: string, colour: string) => `<font color="${colour}">${text}</font>`;
