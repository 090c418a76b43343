/**
 * Words that mail gateways add: "external sender" banners and confidentiality notices. The vocabulary is closed, so that
 * nobody can pass off a message of their own as such an addition.
 */

const BANNER = `caution warning attention notice alert external externe externer externes externo externa extern sender senders absender
expediteur remitente mittente email e mail mails message messages nachricht courriel correo this the was is are sent from came comes originated originates
originating outside outwith of your our organization organisation company network domain tenant inside internal not do click clicking
on open opening any links link or attachments attachment unless you recognize recognise know trust expect expected expecting and
content contents safe be careful careful please exercise use when with responding replying reply if verify it before
opening suspicious suspect report phishing forward to it help desk security team department by an a in this
vorsicht achtung hinweis diese dieser dieses email kommt stammt wurde von ausserhalb außerhalb ihrer unserer der des organisation
firma unternehmens bitte keine klicken sie auf öffnen anhänge anlagen wenn sie den kennen und dass der inhalt sicher ist nicht
ce provient de extérieur exterieur votre organisation ne cliquez pas sur les liens pièces jointes sauf si vous connaissez
este procede fuera organización no haga clic en enlaces abra archivos adjuntos menos que reconozca al some people who received
don often get learn why important first time have haven t previously`;

const FOOTER = `${BANNER}
confidential confidentiality disclaimer privileged legally protected information intended solely only for use addressee addressees
recipient recipients individual entity named above whom they addressed may contain that strictly prohibited unauthorized
unauthorised disclosure copying distribution dissemination review retransmission other taking action reliance upon persons
than error received have in please notify immediately contact delete destroy all copies its system computer material
any no part views opinions expressed those author do necessarily represent does accept liability damage caused virus viruses
free scanned checked by transmitted antivirus software consider environment printing print before think printed transmission
thank thanks has been which subject law proprietary private also contains dated as well attached files file hereby
vertraulich vertrauliche vertraulichen informationen enthält enthalten rechtlich geschützte geschützt ist sind nur bestimmt
empfänger adressat irrtümlich erhalten haben informieren benachrichtigen sofort vernichten löschen unerlaubte kopieren weitergabe
gestattet sowie das die und oder nicht richtige falls mail eine
confidentiel confidentielle ce contient des informations destinataire erreur merci expéditeur supprimer toute diffusion interdite
confidencial este mensaje contiene información destinatario por error elimínelo`;

const VOCABULARY = { banner: wordsOf(BANNER), footer: wordsOf(FOOTER) };
/** Names of the company and the product; more than that is a message. */
const MAX_FOREIGN_WORDS = 4;
const MAX_FOREIGN_SHARE = 0.15;
const MAX_LETTERS = 2_500;

/** Whether all these lines are a gateway's words, with no number, address or link among them. */
export function isGatewayText(lines: readonly string[], kind: 'banner' | 'footer'): boolean {
  const text = lines.join('\n');
  if (text.length > MAX_LETTERS || /\d{3}|@|:\/\/|www\.|\d[ -]\d/i.test(text)) return false;
  const words = wordsOf(text);
  const vocabulary = VOCABULARY[kind];
  let total = 0;
  let foreign = 0;
  for (const word of words) {
    total++;
    if (!vocabulary.has(word)) foreign++;
  }
  // A lone "external" tag is short; a sentence has to be mostly theirs.
  return total > 0 && foreign <= MAX_FOREIGN_WORDS && foreign <= total * MAX_FOREIGN_SHARE;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
