/**
 * Names that lures borrow, and the domains that may speak for them. A domain `name.*` stands for the name under any
 * country's suffix and .com. `weak` names are everyday words: they count only beside a word such as login or support.
 */
export interface Brand {
  name: string;
  /** Spellings looked for in display names and hosts, lower case. */
  words: string[];
  domains: string[];
  weak?: true;
}

const rows = `
Microsoft|microsoft,office 365,office365,microsoft 365,outlook,onedrive,sharepoint,msoffice|microsoft.*,microsoftonline.com,office.com,office365.com,outlook.*,live.com,hotmail.*,sharepoint.com,onedrive.com,azure.com,windows.com,skype.com,msn.com,bing.com,microsoft365.com,office.net,onmicrosoft.com,xbox.com,cloud.microsoft,powerbi.com,dynamics.com,visualstudio.com,linkedin.com,github.com,1drv.ms,aka.ms
Google|google,gmail,google drive,google workspace|google.*,gmail.com,googlemail.com,youtube.com,goo.gl,g.co,gstatic.com,googleapis.com,android.com,withgoogle.com,googlegroups.com,youtu.be,blogger.com,forms.gle
Apple|apple,icloud,apple id,itunes|apple.com,icloud.com,me.com,mac.com,itunes.com,apple.news|weak
Amazon|amazon,amazon prime,amazonaws|amazon.*,amazonses.com,amazonaws.com,aws.com,primevideo.com,audible.*,a2z.com,amzn.to,aws.dev
PayPal|paypal|paypal.*,paypal-communication.com,paypal.me,paypalobjects.com
Netflix|netflix|netflix.com,netflix.net
Facebook|facebook,meta business,facebook business|facebook.com,facebookmail.com,fb.com,meta.com,messenger.com,metamail.com,fb.me,fbcdn.net,business.fb.com
Instagram|instagram|instagram.com,mail.instagram.com,ig.me,facebook.com
WhatsApp|whatsapp|whatsapp.com,whatsapp.net,wa.me
LinkedIn|linkedin|linkedin.com,lnkd.in,licdn.com
DocuSign|docusign|docusign.*,docusign.net
Adobe|adobe,adobesign,acrobat sign|adobe.com,adobesign.com,echosign.com,behance.net,adobelogin.com
Dropbox|dropbox,dropboxsign|dropbox.com,dropboxmail.com,hellosign.com,dropboxusercontent.com,db.tt
WeTransfer|wetransfer|wetransfer.com,we.tl
DHL|dhl,dhl express|dhl.*,dhl-news.com,dpdhl.com,deutschepost.de,dhl.parcel.nl,dhlecommerce.com,dhlparcel.nl,dhl-paket.de
FedEx|fedex|fedex.*,tnt.com
UPS|ups|ups.com,upsemail.com|weak
USPS|usps,united states postal|usps.com,usps.gov
DPD|dpd|dpd.*,dpdgroup.com,dpd.co.uk,dpdlocal.co.uk
Evri|evri,myhermes|evri.com,hermes-europe.co.uk,myhermes.*,hermesworld.com,myhermes.de
Royal Mail|royal mail,royalmail|royalmail.com,parcelforce.com
Deutsche Post|deutsche post,deutschepost|deutschepost.*,dhl.de
La Poste|la poste,laposte,colissimo,chronopost|laposte.*,laposte.net,laposte.info,colissimo.fr,chronopost.*,notif-laposte.info
Correos|correos|correos.*,correosexpress.com,correos.com.br
CTT|ctt expresso,ctt correios|ctt.pt
PostNL|postnl|postnl.*
bpost|bpost|bpost.*
Swiss Post|swiss post,swisspost,die post,la poste suisse,postfinance|post.ch,postfinance.ch,swisspost.*,swisspost.com
Australia Post|auspost,australia post|auspost.com.au
Canada Post|canada post,canadapost,postes canada|canadapost.ca,canadapost-postescanada.ca
Coinbase|coinbase|coinbase.com,coinbase-mail.com
Binance|binance|binance.com,binance.us,binance.org,ses.binance.com
MetaMask|metamask|metamask.io,consensys.net,consensys.io
Trust Wallet|trust wallet,trustwallet|trustwallet.com
Ledger|ledger live,ledger wallet,ledger nano|ledger.com
Trezor|trezor|trezor.io
Kraken|kraken|kraken.com|weak
Blockchain.com|blockchain.com,blockchain wallet|blockchain.com,blockchain.info
OpenSea|opensea|opensea.io
Crypto.com|crypto.com|crypto.com
Bank of America|bank of america,bankofamerica,bofa|bankofamerica.com,bofa.com,ml.com
Chase|chase bank,chase online,jpmorgan chase,jpmorgan|chase.com,jpmorgan.com,jpmchase.com
Wells Fargo|wells fargo,wellsfargo|wellsfargo.com,wf.com
Citibank|citibank,citi bank|citi.com,citibank.*,citigroup.com
Capital One|capital one,capitalone|capitalone.com,capitalone.co.uk
American Express|american express,americanexpress,amex|americanexpress.*,aexp.com,amex.com
Truist|truist|truist.com
USAA|usaa|usaa.com
Mastercard|mastercard|mastercard.*
Visa|visa card,visa secure|visa.*|weak
HSBC|hsbc|hsbc.*,hsbc.co.uk
Barclays|barclays|barclays.*,barclaycard.co.uk,barclaycardus.com
Lloyds|lloyds bank,lloydsbank|lloydsbank.com,lloydsbank.co.uk,lloydsbanking.com
NatWest|natwest|natwest.com,nwolb.com
Santander|santander|santander.*,bancosantander.es,gruposantander.com,santander.com.br
BBVA|bbva|bbva.*,bbva.com
CaixaBank|caixabank|caixabank.*,lacaixa.es
ING|ing diba,ing-diba,ing direct|ing.*,ing-diba.de,ingdirect.*
Rabobank|rabobank|rabobank.*
ABN AMRO|abn amro,abnamro|abnamro.*
Deutsche Bank|deutsche bank,deutschebank|deutsche-bank.de,db.com,deutschebank.*
Commerzbank|commerzbank|commerzbank.*
Sparkasse|sparkasse,sparkassen,s-pushtan|sparkasse.*,sparkasse.de,s-finanzgruppe.de,dsgv.de
Volksbank|volksbank,raiffeisen,vr-bank|volksbank.*,vr.de,raiffeisen.*,raiffeisenbank.*,bvr.de
Postbank|postbank|postbank.*
DKB|dkb|dkb.de
comdirect|comdirect|comdirect.de
N26|n26|n26.com
UniCredit|unicredit|unicredit.*,unicreditgroup.eu,hypovereinsbank.de
Intesa Sanpaolo|intesa sanpaolo,intesasanpaolo|intesasanpaolo.com,isybank.com
Poste Italiane|poste italiane,posteitaliane,postepay|poste.it,posteitaliane.it,postepay.it
Nexi|nexi|nexi.it
Credit Agricole|credit agricole,crédit agricole,creditagricole|credit-agricole.fr,ca-paris.fr,ca-cib.com
BNP Paribas|bnp paribas,bnpparibas|bnpparibas.*,bnpparibas.com
Societe Generale|societe generale,société générale|societegenerale.*,sg.fr
Ameli|ameli,assurance maladie,carte vitale|ameli.fr,assurance-maladie.fr
Impots|impots.gouv,direction générale des finances publiques,dgfip|gouv.fr
Antai|antai|antai.gouv.fr,gouv.fr
Itau|itaú,itau unibanco|itau.*,itau.com.br
Bradesco|bradesco|bradesco.com.br
Nubank|nubank|nubank.com.br
Mercado Pago|mercado pago,mercadopago,mercado livre,mercadolibre,mercadolivre|mercadopago.*,mercadolivre.com.br,mercadolibre.*,mercadolibre.com
Banco do Brasil|banco do brasil|bb.com.br
Serasa|serasa|serasa.com.br,serasaexperian.com.br
Livelo|livelo|livelo.com.br
Correios|correios|correios.com.br
UBS|ubs|ubs.com|weak
Viseca|viseca|viseca.ch
Swisscom|swisscom|swisscom.ch,swisscom.com,bluewin.ch
SwissPass|swisspass|swisspass.ch,sbb.ch
Telekom|telekom,t-online,magentacloud|telekom.*,t-online.de,telekom-dienste.de,t-mobile.*
Vodafone|vodafone|vodafone.*
IONOS|ionos,1&1|ionos.*,1und1.de,1and1.*,ionos.com
Strato|strato|strato.de,strato.com|weak
WEB.DE|web.de|web.de,1und1.de
GMX|gmx|gmx.*
GoDaddy|godaddy|godaddy.com,secureserver.net
Namecheap|namecheap|namecheap.com
OVH|ovh,ovhcloud|ovh.*,ovhcloud.com,ovh.com
cPanel|cpanel|cpanel.net
Zoom|zoom meeting,zoom video|zoom.us,zoom.com
Slack|slack|slack.com,slack-msgs.com|weak
GitHub|github|github.com,githubusercontent.com,github.io
eBay|ebay|ebay.*
Walmart|walmart|walmart.*
Costco|costco|costco.*
Best Buy|best buy,geek squad,geeksquad|bestbuy.com,geeksquad.com,bestbuy.ca
Norton|norton,nortonlifelock,norton lifelock|norton.com,nortonlifelock.com,lifelock.com,gendigital.com,symantec.com
McAfee|mcafee|mcafee.com,trellix.com
Spotify|spotify|spotify.com
Disney|disney+,disneyplus|disneyplus.com,disney.*,disneyonline.com
Steam|steam guard,steampowered|steampowered.com,steamcommunity.com
Roblox|roblox|roblox.com
Yahoo|yahoo|yahoo.*,yahoo-inc.com,ymail.com,yahooinc.com
AOL|aol|aol.com
Comcast|xfinity,comcast|xfinity.com,comcast.*,comcast.net
AT&T|at&t|att.com,att.net,att-mail.com
Verizon|verizon|verizon.com,verizonwireless.com,verizon.net
IRS|internal revenue service,irs.gov|irs.gov
HMRC|hmrc,hm revenue|hmrc.gov.uk,gov.uk
DVLA|dvla|dvla.gov.uk,gov.uk
TV Licensing|tv licensing|tvlicensing.co.uk,bbc.co.uk
NHS|nhs|nhs.uk,nhs.net
Social Security|social security administration|ssa.gov
Medicare|medicare|medicare.gov,cms.gov
ELSTER|elster,bundeszentralamt für steuern,finanzamt|elster.de,bzst.de,bund.de
myGov|mygov|my.gov.au,gov.au,mygov.be
PagoPA|pagopa,agenzia delle entrate|pagopa.it,pagopa.gov.it,agenziaentrate.it,agenziaentrate.gov.it
Agencia Tributaria|agencia tributaria|agenciatributaria.gob.es,gob.es
E-ZPass|e-zpass,ezpass,sunpass,fastrak|e-zpassny.com,e-zpassnj.com,sunpass.com,bayareafastrak.org,ezpassva.com
QuickBooks|quickbooks,intuit|intuit.com,quickbooks.com
Stripe|stripe|stripe.com|weak
Shopify|shopify|shopify.com,shopifyemail.com,myshopify.com
Booking.com|booking.com|booking.com
Airbnb|airbnb|airbnb.*
Ticketmaster|ticketmaster|ticketmaster.*
Lowe's|lowe's,lowes|lowes.com
Home Depot|home depot,homedepot|homedepot.com
Harbor Freight|harbor freight|harborfreight.com
State Farm|state farm|statefarm.com
Klarna|klarna|klarna.*
Revolut|revolut|revolut.com
Wise|transferwise|wise.com,transferwise.com
Robinhood|robinhood|robinhood.com|weak
Fidelity|fidelity investments|fidelity.com
Schwab|charles schwab|schwab.com
SAP Concur|sap concur|concur.com,concursolutions.com,sap.com
Proton|protonmail|proton.me,protonmail.com
Zimbra|zimbra|zimbra.com
`;

export const BRANDS: readonly Brand[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [name, words, domains, weak] = row.split('|') as [string, string, string, string | undefined];
    return { name, words: words.split(','), domains: domains.split(','), ...(weak ? { weak: true as const } : {}) };
  });
