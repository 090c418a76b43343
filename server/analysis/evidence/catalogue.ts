import type { Family, Finding, Severity } from '../../../shared/verdict.ts';

/**
 * The closed list of reasons: every finding there can be, how heavy it is, and the sentence a frightened person reads.
 * Ids are stable across versions (translations and learned weights hang on them). Low and info findings explain, they
 * do not count as an independent family.
 */
export const CATALOGUE = {
  // identity: who says they are speaking
  'identity.no_from': ['medium', 'The sender line is broken, so nobody can tell who sent this.'],
  'identity.several_from': ['medium', 'The mail names more than one sender; mail programs show only one of them.'],
  'identity.address_in_name': ['high', 'The sender put somebody else’s address into the name you see.'],
  'identity.brand_name': [
    'high',
    'The sender uses the name of a well-known company, but the address does not belong to it.',
  ],
  'identity.brand_subject': ['low', 'The subject names a well-known company, but the address does not belong to it.'],
  'identity.lookalike_domain': ['high', 'The sender’s domain imitates a well-known name.'],
  'identity.own_lookalike_domain': ['critical', 'The sender’s domain imitates your organisation’s own.'],
  'identity.own_domain_unproven': [
    'medium',
    'The mail claims to come from your own organisation, and nothing proves that it does.',
  ],
  'identity.own_domain_forged': [
    'critical',
    'The mail claims to come from your own organisation, and the check of that claim failed.',
  ],
  'identity.own_name_foreign': ['medium', 'The sender uses your organisation’s name with an address outside of it.'],
  'identity.registry_name': ['high', 'The sender uses the name of one of your colleagues with a foreign address.'],
  'identity.registry_forged': [
    'high',
    'The mail claims to come from a named colleague, and the check of that claim failed.',
  ],
  'identity.reply_to_free': ['medium', 'Answers would go to a free mail address that is not the sender’s.'],
  'identity.reply_to_other': ['low', 'Answers would go to another domain than the sender’s.'],
  'identity.free_mail_brand': ['high', 'A company that writes from a free mail address is not that company.'],
  'identity.hidden_letters': [
    'medium',
    'The sender or subject contains invisible or foreign letters that make words look normal.',
  ],
  'identity.machine_name': ['low', 'The sender’s domain looks made up by a machine.'],
  'identity.digit_for_letter': ['medium', 'The sender’s domain writes a digit where a letter belongs.'],
  'identity.shared_hosting': ['low', 'The sender’s address is a name that anybody can get for free.'],
  'identity.to_undisclosed': ['info', 'The mail is not addressed to you by name; the recipients are hidden.'],
  'identity.from_is_to': ['medium', 'The mail pretends that you sent it to yourself.'],
  'identity.fake_reply': ['low', 'The subject pretends to answer a conversation that is not there.'],
  'identity.dmarc_enforced': [
    'high',
    'The sender’s domain asks that mail like this be refused: the sender could not be verified.',
  ],
  'identity.dmarc_fail': ['medium', 'The sender’s address could not be verified.'],
  'identity.unaligned': ['medium', 'Nothing confirms that the sender’s domain sent this mail.'],
  'identity.envelope_mismatch': ['info', 'The mail was handed in by another domain than the one you see.'],
  // url: where the links lead
  'url.lookalike': ['high', 'A link leads to a domain that imitates a well-known name.'],
  'url.own_lookalike': ['critical', 'A link leads to a domain that imitates your organisation’s own.'],
  'url.brand_in_subdomain': ['high', 'A link carries a well-known name in front of somebody else’s domain.'],
  'url.brand_word': ['medium', 'A link’s domain contains a well-known name, but is not that company’s.'],
  'url.foreign_script': ['high', 'A link’s domain mixes letters of different alphabets to look familiar.'],
  'url.text_mismatch': ['medium', 'A link shows one address and leads to another.'],
  'url.brand_text_mismatch': ['high', 'A link shows the address of a well-known company and leads somewhere else.'],
  'url.ip_host': ['high', 'A link leads to a bare number instead of a named site.'],
  'url.userinfo': ['high', 'A link hides its real destination behind an @ sign.'],
  'url.shortener': ['low', 'A shortened link hides where it leads.'],
  'url.redirector': ['medium', 'A link borrows a well-known site only to pass you on to another one.'],
  'url.credential_path': [
    'medium',
    'A link leads to a sign-in page of a site that is not the one the mail speaks for.',
  ],
  'url.password_form': ['high', 'The mail itself contains a form that asks for a password.'],
  'url.form': ['medium', 'The mail itself contains a form that sends what you type to a stranger.'],
  'url.free_hosting': ['medium', 'A link leads to a site that anybody can put up for free in a minute.'],
  'url.form_service': ['medium', 'A link leads to an online form that anybody can make.'],
  'url.file_service': ['low', 'A link leads to a file that anybody can upload.'],
  'url.ipfs': ['high', 'A link leads to an anonymous network where pages cannot be taken down.'],
  'url.data': ['high', 'A link contains a whole hidden page instead of an address.'],
  'url.script': ['high', 'A link runs a program instead of opening a page.'],
  'url.recipient': ['medium', 'A link carries your mail address, so that the fake page can greet you with it.'],
  'url.odd_port': ['medium', 'A link uses an unusual door of the server.'],
  'url.machine_name': ['low', 'A link’s domain looks made up by a machine.'],
  'url.digit_for_letter': ['medium', 'A link’s domain writes a digit where a letter belongs.'],
  'url.cheap_suffix': ['low', 'A link leads to a kind of domain that is often used for fraud.'],
  'url.compromised_path': ['medium', 'A link leads into the inner folders of a site, as on a broken-into server.'],
  'url.foreign_brand': ['medium', 'The mail speaks for a well-known company, but no link leads there.'],
  'url.qr': ['medium', 'The mail wants you to scan a code instead of showing where the link leads.'],
  // url, by a look at what is there
  'url.lure_page': ['critical', 'A link opens a false sign-in page of a well-known company.'],
  'url.brand_page': [
    'high',
    'A link opens a sign-in page with the name of a well-known company, on a site that is not known to be that company’s.',
  ],
  'url.new_site_asks': [
    'high',
    'A link opens a page that asks for a password, code or card, on a site that is only days old.',
  ],
  'url.recovery_page': ['high', 'A link opens a page that asks for the recovery phrase of a wallet.'],
  'url.page_sends_away': ['medium', 'A link opens a page that sends the secrets you type to yet another site.'],
  'url.credential_page': ['medium', 'A link opens a stranger’s page that asks for a password, code or card.'],
  'url.qr_link': ['medium', 'A code in a picture leads to a site that is not the sender’s.'],
  // text: what is said
  'text.credential': ['medium', 'The mail asks you to sign in or confirm your account.'],
  'text.account_threat': ['medium', 'The mail threatens that an account or service will be closed.'],
  'text.urgency': ['low', 'The mail presses you to act at once.'],
  'text.pressure': ['high', 'The mail threatens to close something unless you sign in at once.'],
  'text.payment': ['low', 'The mail is about a payment or bank details.'],
  'text.bank_change': ['high', 'The mail announces new bank details for payments.'],
  'text.callback': ['high', 'The mail wants you to call a number about a charge you do not know of.'],
  'text.callback_number': ['medium', 'The mail speaks of a charge and offers only a telephone number to call.'],
  'text.borrowed_service': [
    'medium',
    'A well-known service carries a stranger’s message: what it asks for does not come from that service.',
  ],
  'text.extortion': ['critical', 'The mail threatens to publish something about you unless you pay.'],
  'text.crypto_address': ['medium', 'The mail contains the address of a crypto wallet.'],
  'text.crypto': ['medium', 'The mail wants you to act on a crypto wallet or its recovery phrase.'],
  'text.advance_fee': ['high', 'The mail promises a stranger’s money.'],
  'text.prize': ['medium', 'The mail promises a prize or reward.'],
  'text.delivery_fee': ['medium', 'The mail says that a parcel waits for a payment or an address.'],
  'text.gift_card': ['high', 'The mail asks for gift cards.'],
  'text.macro_prompt': ['critical', 'The mail asks you to switch on what a document may do on your computer.'],
  'text.errand': ['medium', 'The mail asks for a quick favour without saying what for.'],
  'text.document': ['low', 'The mail wants you to open a shared document or voice message.'],
  'text.hidden': ['medium', 'The mail contains text that you cannot see, meant for filters.'],
  'text.broken_words': ['medium', 'Words are broken by invisible letters, so that filters cannot read them.'],
  'text.foreign_letters': ['medium', 'Words mix letters of different alphabets that look alike.'],
  'text.unreadable': [
    'medium',
    'The mail is built so that it could not be read to its end; its contents were not checked.',
  ],
  'text.image_only': ['medium', 'The mail is only a picture, so that filters cannot read it.'],
  'text.machine_margin': ['medium', 'The wording is close to that of known phishing mails.'],
  // attachment
  'attachment.executable': ['critical', 'An attachment is a program that runs when opened.'],
  'attachment.archive_executable': ['critical', 'An attached archive contains a program.'],
  'attachment.double_extension': ['high', 'An attachment’s name pretends to be a document.'],
  'attachment.reversed_name': ['critical', 'An attachment’s name is written backwards to hide what it is.'],
  'attachment.wrong_type': ['high', 'An attachment is something else than its name says.'],
  'attachment.macros': ['high', 'An attached document contains a program (macros).'],
  'attachment.macro_name': ['medium', 'An attachment is named like a document with macros, but cannot be looked into.'],
  'attachment.encrypted': ['medium', 'An attachment is locked with a password, so that nothing can check it.'],
  'attachment.password_given': ['high', 'An attachment is locked, and the mail itself tells the password.'],
  'attachment.html': ['medium', 'An attached web page opens outside of every protection of the mail.'],
  'attachment.html_form': ['high', 'An attached web page asks for a password or runs a script.'],
  'attachment.svg_script': ['high', 'An attached picture contains a program.'],
  'attachment.calendar_link': ['low', 'An attached invitation contains a link.'],
  'attachment.calendar_lure': ['medium', 'An invitation asks for what fraudsters ask for.'],
  'attachment.nested_mail': ['info', 'Another mail is attached.'],
  // intel, campaign, lists
  'intel.known_bad': ['critical', 'A link, attachment or host in this mail is known to be harmful.'],
  'intel.block_list': ['critical', 'Your administrators have blocked this sender or its content.'],
  'intel.young_domain': ['high', 'A domain in this mail was registered only days ago.'],
  'intel.decided': ['info', 'Your security team has looked at this mail and decided.'],
  'intel.simulation': ['info', 'This mail is an exercise of your own organisation.'],
  'campaign.confirmed': ['high', 'This mail shares a link, attachment or server with a confirmed phishing mail.'],
  'campaign.wave': ['low', 'Several different mails of the same kind arrived lately.'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type FindingId = keyof typeof CATALOGUE;
export const FINDING_IDS = Object.keys(CATALOGUE) as FindingId[];

/** Decided by a list, or drawn from the margin itself: reasons that must not weigh in the margin, nor count as a family. */
export const WEIGHTLESS: ReadonlySet<string> = new Set<FindingId>([
  'intel.block_list',
  'intel.known_bad',
  'intel.decided',
  'intel.simulation',
  // A cluster of what people reported is no evidence of its own kind: it only associates.
  'campaign.wave',
  'text.machine_margin',
]);

/** A finding as the catalogue has it, with the passage or (defanged) link it rests on. */
export function find(id: FindingId, evidence: string): Finding {
  const [severity, text] = CATALOGUE[id];
  return { id, family: familyOf(id), severity, text, evidence: clip(evidence) };
}

export function familyOf(id: FindingId): Family {
  return id.slice(0, id.indexOf('.')) as Family;
}

/** Anything but single blanks between characters that are shown. */
const ODD = / \s|[^\S ]|[\u0000-\u001f\u007f-\u009f]/;

/** One line of at most 300 characters without control characters. */
export function clip(evidence: string): string {
  const line = (ODD.test(evidence) ? evidence.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ') : evidence).trim();
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`;
}
