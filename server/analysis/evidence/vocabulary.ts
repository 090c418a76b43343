/**
 * What lures say, by purpose, in English, German, French, Spanish, Portuguese, Italian and Dutch. Each alternative is a
 * phrase, not a word, wherever the word alone is everyday. Matched against folded text (lower case, accents kept,
 * invisible characters removed), so no pattern needs to ignore case. No nested repetition: all are linear but for a bounded factor.
 */
import { Phrases } from './phrases.ts';
import * as elsewhere from './vocabulary-elsewhere.ts';

const any = (...phrases: string[]) => new Phrases(...phrases);

export const CREDENTIAL = any(
  '(?:verify|confirm|validate|update|re-?activate|authenticate|restore|secure|unlock|review) (?:your|the|my) (?:[a-z0-9\u00c0-\u024f-]+ ){0,2}(?:account|identity|information|details|password|e-?mail|mailbox|profile|payment|billing|credentials|device|card|wallet|access)',
  '(?:sign|log) ?-?in (?:to|with|below|here|now)',
  '(?:keep|use|retain) (?:the |your )?(?:same|current) password',
  'password (?:will |has |is )?(?:expir|about to)',
  'login (?:attempt|to your|here|now)',
  '(?:verifizieren|bestätigen|aktualisieren|überprüfen|reaktivieren|legitimieren) sie (?:ihr|ihre|ihren|bitte)',
  'ihr(?:e|en)? (?:[a-z0-9\u00c0-\u024f-]+ )?(?:konto|zugang|daten|passwort|kennwort|identität) (?:zu )?(?:verifizieren|bestätigen|aktualisieren|überprüfen|läuft)',
  'jetzt (?:anmelden|einloggen|verifizieren|bestätigen|aktualisieren)',
  '(?:vérifier|confirmer|mettre à jour|actualiser|valider|réactiver) (?:vos|votre|mes|mon) ',
  '(?:verifique|verificar|confirme|confirmar|actualice|actualizar|valide|validar|atualize|atualizar|reactivar|desbloquear|acceder a) (?:su|tu|sus|seu|sua|seus|suas|la|os) (?:cuenta|datos|identidad|información|conta|dados|cadastro|identidade|senha|acceso|acesso)',
  '(?:verificare|confermare|aggiornare|verifica|conferma|aggiorna|convalida) (?:i tuoi|i suoi|il tuo|il suo|la tua|la sua|le tue) ',
  '(?:verifieer|bevestig|controleer|werk) (?:uw|je) ',
  ...elsewhere.CREDENTIAL_ELSEWHERE,
);

export const ACCOUNT_THREAT = any(
  '(?:account|mailbox|e-?mail|access|service|subscription|profile|card|wallet|domain|storage|payment)s? (?:[a-z0-9\u00c0-\u024f-]+ ){0,3}(?:suspended|locked|restricted|limited|disabled|deactivated|terminated|blocked|closed|on hold|deleted|expire[sd]?|expiring|declined|cancell?ed)',
  '(?:suspend|deactivat|terminat|disabl|restrict|limit|block|clos|delet)(?:e|ion|ing|ation) (?:of )?(?:your|of) (?:[a-z0-9\u00c0-\u024f-]+ )?(?:account|mailbox|access|e-?mail|service)',
  '(?:unusual|suspicious|unauthori[sz]ed|irregular|unrecogni[sz]ed) (?:[a-z0-9\u00c0-\u024f-]+ )?(?:activity|sign-?in|login|transaction|access|attempt|charge)',
  '(?:konto|zugang|karte|postfach|pushtan|online-banking) (?:[a-z0-9\u00c0-\u024f-]+ ){0,3}(?:gesperrt|eingeschränkt|deaktiviert|gelöscht|blockiert|vorübergehend|limitiert)',
  "(?:compte|carte|accès|abonnement|messagerie) (?:[a-z0-9\u00c0-\u024f’'-]+ ){0,4}(?:suspendu|bloqué|limité|désactivé|restreint|expir|fermé)",
  '(?:cuenta|tarjeta|acceso|servicio|suscripción|conta|cartão|acesso|assinatura) (?:[a-z0-9\u00c0-\u024f-]+ ){0,4}(?:suspendid|bloquead|limitad|desactivad|restringid|cancelad|suspens|desativad|expir)',
  '(?:conto|carta|account|accesso|servizio) (?:[a-z0-9\u00c0-\u024f-]+ ){0,4}(?:sospes|bloccat|limitat|disattivat|scadut|in scadenza)',
  '(?:rekening|account|pas|toegang) (?:[a-z0-9\u00c0-\u024f-]+ ){0,4}(?:geblokkeerd|opgeschort|beperkt|verloopt|gedeactiveerd)',
  '(?:storage|quota|mailbox|inbox) (?:[a-z0-9\u00c0-\u024f-]+ ){0,3}(?:full|exceeded|limit)',
  ...elsewhere.ACCOUNT_THREAT_ELSEWHERE,
);

export const URGENCY = any(
  '(?:within|in) (?:the next )?(?:\\d{1,2}|twelve|twenty-?four|forty-?eight) ?(?:hours|hrs|business days|days)',
  'immediate(?:ly)? (?:action|attention|response|verif|contact)',
  'act (?:now|fast|immediately|today)',
  '(?:urgent|final|last) (?:notice|warning|reminder|action|attention|request)',
  'as soon as possible',
  "before it(?:’|')?s too late",
  '(?:expires|expiring) (?:today|soon|tomorrow|in \\d)',
  'failure to (?:do so|comply|respond|verify|confirm|act)',
  'innerhalb (?:von |der nächsten )?\\d{1,2} ?(?:stunden|tagen|werktagen)',
  '(?:sofort|umgehend|dringend|unverzüglich|letzte mahnung|letzte erinnerung|frist)',
  '(?:dans les|sous|avant) (?:les )?\\d{1,2} ?(?:h|heures|jours)|immédiatement|urgent|dès que possible|dernier rappel',
  '(?:en las próximas|dentro de|nas próximas|em até|en menos de) \\d{1,2} ?(?:horas|días|dias)|inmediatamente|imediatamente|urgente|cuanto antes|último aviso',
  'entro (?:le )?\\d{1,2} ?(?:ore|giorni)|immediatamente|ultimo avviso|binnen \\d{1,2} ?(?:uur|dagen)|onmiddellijk',
  ...elsewhere.URGENCY_ELSEWHERE,
);

export const PAYMENT = any(
  '(?:outstanding|overdue|unpaid|past due|pending) (?:[a-z0-9\u00c0-\u024f-]+ )?(?:invoice|payment|balance|amount|bill)',
  '(?:wire|bank) transfer',
  '(?:remittance|payment) (?:advice|slip|confirmation|details|copy)',
  '(?:invoice|purchase order|quotation) (?:[a-z0-9\u00c0-\u024f#-]+ ){0,3}(?:attached|below|enclosed)',
  '(?:offene|unbezahlte|überfällige) (?:rechnung|forderung|betrag)|überweisung|zahlungsaufforderung',
  '(?:facture|paiement|virement) (?:[a-z0-9\u00c0-\u024f-]+ ){0,2}(?:impayé|en attente|refusé|échoué)',
  '(?:factura|pago|fatura|boleto|pagamento|fattura) (?:[a-z0-9\u00c0-\u024f-]+ ){0,2}(?:pendiente|vencid|pendente|atras|in sospeso|insolut|rechazad|recusad)',
);

export const BANK_CHANGE = any(
  '(?:new|changed?|updated?|different|revised) (?:our |my |the )?(?:bank(?:ing)?|account|payment|remittance|direct deposit|payroll) (?:account )?(?:details|information|instructions|account|number)',
  '(?:update|change) (?:my|our|the) (?:direct deposit|bank(?:ing)? (?:details|information|account)|payroll)',
  '(?:neue|geänderte|andere) (?:bankverbindung|bankdaten|kontoverbindung|iban)|bankverbindung (?:hat sich )?geändert',
  '(?:nouvel(?:le)?s?|changement de) (?:coordonnées bancaires|rib|iban)|(?:nueva|cambio de) cuenta bancaria|nuov[eo] (?:iban|coordinate bancarie)',
);

export const CALLBACK = any(
  "(?:if you (?:did not|didn(?:’|')?t|have not|wish to|want to|would like to)|to (?:cancel|dispute|stop|claim a refund|request a refund)|for (?:cancellation|refund)|not authori[sz]ed)[^.]{0,120}(?:call|contact|dial|reach)[^.]{0,60}\\+?\\(?\\d[\\d().\\s–-]{8,}",
  '(?:call|contact|dial)[^.]{0,60}\\+?\\(?\\d[\\d().\\s–-]{8,}[^.]{0,120}(?:cancel|refund|dispute|charge|unauthori[sz]ed|subscription)',
  '(?:auto-?renew|renewed|subscription|charged|debited)[^.]{0,160}(?:helpline|toll[- ]?free|customer (?:care|support|service)|help ?desk)[^.]{0,60}\\+?\\(?\\d[\\d().\\s–-]{8,}',
  '(?:abgebucht|abbuchung|automatisch verlängert|verlängerung|stornier|nicht (?:von ihnen )?veranlasst)[^.]{0,160}(?:rufen|anrufen|hotline|telefon)[^.]{0,60}\\+?\\(?\\d[\\d().\\s/–-]{8,}',
  '(?:débité|prélevé|renouvel|annuler|rembours)[^.]{0,160}(?:appel|contact|téléphon)[^.]{0,60}\\+?\\(?\\d[\\d().\\s–-]{8,}',
  '(?:cargo|cobrado|cobrança|debitado|renovación|renovação|cancelar|reembolso)[^.]{0,160}(?:llam|ligu|contact)[^.]{0,60}\\+?\\(?\\d[\\d().\\s–-]{8,}',
);

/** A sum that was or will be taken, in a mail that names nothing to click: what remains is the number. */
export const CHARGE = any(
  '(?:subscription|membership|order|invoice|payment|renewal|purchase|transaction|amount|protection plan)[^.]{0,120}(?:renew|charged|debited|deducted|billed|placed|confirmed|processed|successful|activated)',
  '(?:auto-?(?:renew|debit)|renewal (?:notice|confirmation|charge)|thank you for (?:your )?(?:order|purchase|renew|payment|subscri))',
  '(?:abonnement|bestellung|rechnung|mitgliedschaft)[^.]{0,120}(?:verlängert|abgebucht|belastet|aktiviert)',
  '(?:abonnement|commande|facture)[^.]{0,120}(?:renouvel|débité|prélevé|confirmé)',
  '(?:suscripción|pedido|factura|assinatura|compra)[^.]{0,120}(?:renov|cargad|cobrad|debitad|confirmad)',
);
export const TELEPHONE =
  /(?:^|[^\p{L}\p{N}.,/=?&-])(\+?\d{0,3}[\s.-]?\(?\d{2,5}\)?[\s.–-]{1,3}\d{2,4}[\s.–-]{1,3}\d{3,5})(?![\p{L}\p{N}])/u;

export const EXTORTION = any(
  '(?:recorded|filmed|video of) you (?:[a-z0-9\u00c0-\u024f-]+ ){0,4}(?:masturbat|pleasur|satisfy|watching)',
  '(?:hacked|infected|full access to|gained access to|malware|trojan|rat)[^.]{0,120}(?:webcam|camera|your device|operating system|contacts)',
  '(?:send|transfer|pay)[^.]{0,60}(?:bitcoin|btc|usd in|litecoin)[^.]{0,160}(?:delete|destroy|video|secret|contacts)',
  '(?:adult|porn|xxx) (?:web ?sites?|videos?|content)[^.]{0,200}(?:bitcoin|btc|wallet)',
  '(?:kamera|webcam)[^.]{0,160}(?:bitcoin|btc)|masturb[^.]{0,200}(?:bitcoin|btc)',
  '(?:caméra|cámara|câmera|fotocamera)[^.]{0,200}(?:bitcoin|btc)',
);

export const CRYPTO = any(
  '(?:seed|recovery|secret|backup) phrase',
  '(?:connect|validate|verify|synchroni[sz]e|migrate|rectify|upgrade|secure) (?:your )?(?:[a-z0-9\u00c0-\u024f-]+ )?wallets?',
  '(?:claim|airdrop)[^.]{0,60}(?:token|nft|eth|btc|usdt|reward)',
  'airdrop',
  '(?:wallet|krypto-?wallet|portefeuille|billetera|carteira)[^.]{0,60}(?:verifi|bestätig|vérif|verific|suspend|gesperrt)',
  '(?:double|withdraw(?:al)?) (?:of )?(?:your )?(?:bitcoin|btc|eth|crypto|profits?|earnings)',
);
export const CRYPTO_ADDRESS =
  /(?<![\p{L}\p{N}])(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|0x[a-fA-F0-9]{40})(?![\p{L}\p{N}])/u;

export const ADVANCE_FEE = any(
  'next of kin',
  '(?:late|deceased) (?:client|husband|customer|father|business)',
  '(?:sum|amount|fund|total) of (?:us ?)?(?:\\$|€|£|usd|eur|dollars)? ?\\d[\\d.,]* ?(?:million|m(?:io)?\\b|,000,000)',
  '\\d[\\d.,]* ?(?:million|billion) (?:us |united states |american )?(?:dollars|usd|euros?|pounds)',
  '(?:compensation|inheritance|unclaimed|donation|charity|abandoned) (?:[a-z0-9\u00c0-\u024f-]+ ){0,2}(?:fund|payment|funds|sum|money|deposit|draft)',
  '(?:atm|visa) (?:debit )?card (?:worth|valued|of)',
  '(?:business|investment|mutual|urgent) (?:proposal|partnership|transaction|assistance) ',
  '(?:barrister|attorney|diplomat|beneficiary|humanitarian|widow)',
  '(?:confidential|beneficial) (?:business|transaction|proposal)',
  "(?:gain|profit|soutien|don) (?:de|d’|d')[^.]{0,20}(?:millions?|€|euros)|erbschaft|spende von|begünstigte",
  '(?:millones|milhões|milioni) de (?:dólares|euros)|herencia|herança|eredità',
);

export const PRIZE = any(
  "(?:you(?:’|')?(?:ve| have)|have been) (?:been )?(?:won|selected|chosen)",
  '(?:claim|collect|receive|get) your (?:[a-z0-9\u00c0-\u024f-]+ ){0,2}(?:prize|reward|gift|bonus|refund|cash|winnings)',
  '(?:congratulations|congrats)[^.]{0,80}(?:won|winner|selected|chosen|reward|gift)',
  '(?:lottery|sweepstake|jackpot|giveaway)',
  '(?:exclusive|free|mystery) (?:reward|gift|box|prize)',
  '(?:complete|answer|take) (?:our|this|a) (?:short |quick )?survey',
  '(?:sie haben gewonnen|gewinnspiel|ihr gewinn|herzlichen glückwunsch|sie wurden ausgewählt|umfrage teilnehmen)',
  '(?:vous avez (?:gagné|été sélectionné)|félicitations|votre (?:cadeau|récompense|remboursement))',
  '(?:ha ganado|fue seleccionado|ha sido seleccionado|felicidades|premio|parabéns|você ganhou|seu prêmio|pontos (?:a )?(?:expirar|vencer)|congratulazioni|hai vinto)',
  ...elsewhere.PRIZE_ELSEWHERE,
);

export const DELIVERY = any(
  '(?:parcel|package|shipment|delivery|packet)[^.]{0,100}(?:fee|unpaid|customs|pending|on hold|held|failed|undeliver|could not be delivered|incorrect|incomplete|missing|reschedule|returned?|suspended|unable)',
  '(?:delivery|shipping|customs|redelivery) (?:fee|fees|charge|charges|costs?)',
  '(?:paket|sendung|lieferung)[^.]{0,100}(?:zoll|gebühr|zurückgehalten|nicht zugestellt|konnte nicht|wartet|fehlgeschlagen|adresse)',
  '(?:colis|livraison)[^.]{0,100}(?:frais|douane|en attente|retenu|échou|non livré|suspendu|impossible)',
  '(?:paquete|envío|pedido|encomenda|pacote|pacco|spedizione|pakket)[^.]{0,100}(?:aduana|tasa|gastos|retenid|pendiente|alfândega|taxa|retid|pendente|dogan|in attesa|giacenza|douane|kosten)',
  ...elsewhere.DELIVERY_ELSEWHERE,
);

/** What opens the way for a macro; only beside a file. */
export const MACRO_PROMPT = any(
  '(?:enable|activate|allow) (?:the )?(?:content|editing|macros?)',
  '(?:inhalte?|bearbeitung|makros?).{0,2} (?:aktivieren|zulassen|freigeben)',
  'activer? (?:le contenu|la modification|les macros?)',
  '(?:habilit|activ)(?:ar|e) (?:el |o )?(?:contenido|conteúdo|edición|edição|macros?)',
  '(?:abilita|attiva)(?:re)? (?:il |la |le )?(?:contenuto|modifica|macro)',
  '(?:inhoud|bewerken|macro.?s) inschakelen',
);

export const GIFT_CARD = any(
  '(?:gift|itunes|google play|steam|amazon|apple|vanilla|razer) ?-?(?:gift )?cards?[^.]{0,120}(?:scratch|codes?|pictures?|photo|buy|purchase|send|get)',
  '(?:buy|purchase|get|need|pick up)[^.]{0,80}(?:gift ?cards?|itunes cards?|steam cards?|google play cards?)',
  '(?:gutschein|geschenk)karten?.{0,160}(?:kaufen|besorgen|codes? frei|freirubbeln)|cartes? cadeaux?[^.]{0,60}(?:acheter|code)',
);

export const ERRAND = any(
  'are you (?:available|at your desk|in the office|free|around|busy)(?: now| right now| today| at the moment)?',
  '(?:i need|need) (?:a|your) (?:quick |urgent |small )?(?:favou?r|assistance|task|help) ',
  '(?:send|text|give) me your (?:cell|mobile|phone|whatsapp|personal)',
  "(?:i(?:’|')?m|i am) (?:currently )?in a (?:meeting|conference)",
  '(?:can|could) you (?:handle|process|make|get) (?:a|an|this) (?:quick |urgent )?(?:payment|task|transfer|errand)',
  '(?:sind sie|bist du) (?:gerade )?(?:verfügbar|im büro|am platz|erreichbar)|kurz(?:e|er) gefallen|êtes-vous (?:disponible|au bureau)|está(?:s)? disponible',
);

export const DOCUMENT = any(
  '(?:shared|sent you|has sent|received) (?:a |an |the |you )?(?:[a-z0-9\u00c0-\u024f-]+ ){0,2}(?:document|file|folder|fax|voice ?mail|voice message|message)',
  '(?:view|open|access|review|download|preview) (?:the |your |shared |secure |pending )?(?:[a-z0-9\u00c0-\u024f-]+ )?(?:document|file|message|voicemail|fax|attachment|invoice|statement)',
  '(?:new|missed) (?:voice ?mail|voice message|fax|audio message)',
  '(?:dokument|datei|sprachnachricht|fax) (?:[a-z0-9\u00c0-\u024f-]+ ){0,3}(?:freigegeben|erhalten|geteilt|öffnen|ansehen)',
);

/** A threat or demand that nobody but a stranger would pair: both must stand in one mail for `text.pressure`. */
export const PROMOTION = any(
  '(?:\\d{1,2} ?% (?:off|rabatt|de descuento|de réduction|di sconto|desconto)|free shipping|shop now|sale ends|limited time|best price|buy now|order now|jetzt kaufen|versandkostenfrei|angebot(?:e)? (?:der|gültig)|soldes|oferta|promo(?:tion)?|newsletter|webinar|coupon)',
);
export const UNSUBSCRIBE = any(
  '(?:unsubscribe|opt[- ]?out|manage (?:your )?(?:email )?preferences|stop receiving|abmelden|abbestellen|austragen|se désinscrire|désabonner|désinscription|darse de baja|cancelar (?:su |tu |la )?suscripción|descadastr|cancelar inscrição|disiscriv|cancella(?:re)? (?:la tua )?iscrizione|uitschrijven|afmelden)',
);
