/** The part of google.apps.card.v1.Card that this page draws. */
export interface Card {
  name?: string;
  header?: { title?: string; subtitle?: string };
  sections?: Section[];
  fixedFooter?: { primaryButton?: Button; secondaryButton?: Button };
}

export interface Section {
  header?: string;
  widgets?: Widget[];
  collapsible?: boolean;
  uncollapsibleWidgetsCount?: number;
}

export interface Widget {
  textParagraph?: { text?: string };
  decoratedText?: {
    text?: string;
    topLabel?: string;
    bottomLabel?: string;
    startIcon?: { materialIcon?: { name?: string } };
  };
  buttonList?: { buttons?: Button[] };
  selectionInput?: {
    name: string;
    label?: string;
    type?: string;
    items?: { text: string; value: string; selected?: boolean }[];
  };
  textInput?: { name: string; label?: string; hintText?: string; value?: string; type?: string };
  divider?: object;
}

export interface Button {
  text?: string;
  type?: string;
  disabled?: boolean;
  onClick?: {
    action?: { function: string; parameters?: { key: string; value: string }[] };
    openLink?: { url: string };
  };
}

export interface Step {
  pushCard?: Card;
  updateCard?: Card;
  pop?: boolean;
  popToRoot?: boolean;
}

/** Of a trigger or of a button, in the words of the add-ons HTTP interface. */
export interface Reply {
  action?: { navigations?: Step[]; notification?: { text: string } };
  renderActions?: { action?: { navigations?: Step[]; notification?: { text: string } } };
}
