import type { Finding } from '../../../shared/verdict.ts';
import type { Attachment, Message } from '../../message/message.ts';
import { type FindingId, find } from './catalogue.ts';
import { foldText } from './folded-text.ts';
import { passage } from './passage.ts';
import { Lookout } from './phrases.ts';
import * as say from './vocabulary.ts';

const DOCUMENT_EXTENSION = /\.(?:pdf|docx?|xlsx?|pptx?|txt|rtf|jpe?g|png|gif|mp3|wav|html?)\s*\.\s*[a-z0-9]{2,5}$/i;
const RUNNING_EXTENSION =
  /\.(?:exe|scr|com|bat|cmd|pif|js|jse|vbs|vbe|wsf|hta|ps1|lnk|jar|msi|iso|img|html?|svg|zip|rar|7z|cab)$/i;
/** Office starts programs in these, and repairs what is broken. */
const MACRO_EXTENSION = /\.(?:do[ct]m|xl[st]m|p[op]tm|ppsm|sldm)$/i;
/** What could be looked into, and has none; the older formats under a newer name included. */
const OFFICE_TYPE = /^(?:doc[xm]?|xls[xmb]?|ppt[xm]?|od[tsp]|ole)$/;
const PASSWORD_GIVEN =
  /(?:password|passwort|kennwort|passcode|contrase(?:ñ|n)a|mot de passe|senha|wachtwoord|parola d'ordine|archive code|zip code|pin)\s*(?:for (?:the )?(?:file|archive|document|attachment))?\s*(?:is|ist|lautet|es|est|è|:|=)+\s*["'“„»]?([\w!@#$%&*.-]{3,24})/iu;

/** What is attached, by bytes before names. */
export function attachmentEvidence(message: Message): Finding[] {
  const found = new Map<FindingId, string>();
  const note = (id: FindingId, evidence: string) => {
    if (!found.has(id)) found.set(id, evidence);
  };
  for (const file of message.attachments) {
    const shown = file.filename || `${file.contentType} (${file.fileType})`;
    if (file.executable) note('attachment.executable', shown);
    else if (file.containsExecutable) note('attachment.archive_executable', `${shown}: ${runningEntry(file)}`);
    if (DOCUMENT_EXTENSION.test(file.filename) && RUNNING_EXTENSION.test(file.filename))
      note('attachment.double_extension', shown);
    if (/[\u202e\u202d\u2066-\u2069]/.test(file.filename))
      note('attachment.reversed_name', JSON.stringify(file.filename));
    if (claimsOtherwise(file)) note('attachment.wrong_type', `${shown} is really ${file.fileType}`);
    if (file.macros) note('attachment.macros', shown);
    else if (MACRO_EXTENSION.test(file.filename) && !file.encrypted && !OFFICE_TYPE.test(file.fileType))
      note('attachment.macro_name', shown);
    if (file.encrypted) {
      const given = PASSWORD_GIVEN.exec(message.visibleText.slice(0, 20_000));
      note(given ? 'attachment.password_given' : 'attachment.encrypted', given ? `${shown}; “${given[0]}”` : shown);
    }
    textFindings(file, shown, note);
  }
  return [...found].map(([id, evidence]) => find(id, evidence));
}

function textFindings(file: Attachment, shown: string, note: (id: FindingId, evidence: string) => void): void {
  if (file.fileType === 'html' && !file.inline) {
    const active =
      /<form\b|type\s*=\s*["']?password|<script\b|atob\(|unescape\(|fromcharcode|document\.write|location\s*[.=]|http-equiv\s*=\s*["']?refresh/i;
    const match = active.exec(file.text);
    note(match ? 'attachment.html_form' : 'attachment.html', match ? `${shown}: ${match[0]}` : shown);
  } else if (file.fileType === 'svg' && /<script\b|\son\w+\s*=|<foreignobject\b|javascript:/i.test(file.text)) {
    note('attachment.svg_script', shown);
  } else if (file.fileType === 'ics') {
    if (/https?:\/\//i.test(file.text)) note('attachment.calendar_link', shown);
    const asked = askedByInvitation(file.text);
    if (asked !== null) note('attachment.calendar_lure', asked);
  } else if (file.fileType === 'eml') note('attachment.nested_mail', shown);
}

const ASKED = [say.CREDENTIAL, say.ACCOUNT_THREAT, say.CALLBACK, say.CRYPTO, say.PRIZE, say.BANK_CHANGE, say.PAYMENT];
const INVITATION = new Lookout(ASKED);

/** What the summary, description or place of an invitation (RFC 5545) asks for, when it is what lures ask for. */
function askedByInvitation(text: string): string | null {
  const lines = text.slice(0, 50_000).replace(/\r?\n[ \t]/g, '');
  const written = [...lines.matchAll(/^(?:SUMMARY|DESCRIPTION|LOCATION)[^:\n]{0,300}:(.*)$/gim)].map(
    (match) => match[1],
  );
  const folded = foldText(
    written
      .join(' . ')
      .replace(/\\n/gi, ' ')
      .replace(/\\([,;\\])/g, '$1'),
  );
  const sightings = INVITATION.watch(folded);
  for (const phrases of ASKED) {
    const match = sightings.first(phrases);
    if (match) return passage(folded, match);
  }
  return null;
}

/** The name promises a document, the bytes are another kind of thing. Unknown bytes are no evidence. */
function claimsOtherwise(file: Attachment): boolean {
  const extension = /\.([a-z0-9]{2,5})$/i.exec(file.filename)?.[1]?.toLowerCase();
  if (!extension || file.fileType === 'unknown') return false;
  if (/^(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|csv)$/.test(extension))
    return /^(?:exe|elf|macho|lnk|msi|iso|html|js|vbs|hta|svg|jar|class|ps1|bat)$/.test(file.fileType);
  return false;
}

function runningEntry(file: Attachment): string {
  return file.entries.find((entry) => RUNNING_EXTENSION.test(entry)) ?? file.entries[0] ?? 'a program';
}
