/**
 * What these findings weigh at the least, in calibrated logits: evidence that hardly occurs in the training mail, so
 * that no weight could be learned, and of which the field agrees what it means. Critical up to 4, high up to 2.5.
 */
export const LEAST_WEIGHT: Readonly<Record<string, number>> = {
  'attachment.executable': 4,
  'attachment.archive_executable': 4,
  'attachment.reversed_name': 4,
  'attachment.double_extension': 2.5,
  'attachment.svg_script': 2.5,
  'attachment.html_form': 2.5,
  'attachment.macros': 2.2,
  'attachment.macro_name': 1,
  'identity.own_domain_forged': 3,
  'identity.own_lookalike_domain': 3,
  'url.own_lookalike': 3,
  'url.qr_link': 1,
  'text.callback_number': 1,
  'text.borrowed_service': 1.2,
  'text.foreign_letters': 1.2,
  'text.unreadable': 1,
  'attachment.calendar_lure': 1.5,
  'text.macro_prompt': 4,
  'url.lure_page': 4,
  'url.brand_page': 2.5,
  'url.new_site_asks': 2.5,
  'url.recovery_page': 2.5,
  'url.page_sends_away': 1.2,
  'url.credential_page': 0.6,
};
