/** Today's unsolicited business mail: no fraud, nobody asked for it. Form as in english.ts; `#?` is spam. */
export const ENGLISH_SPAM = `
#? seo
S I found errors on your website
S Quick question about your website
S First page of Google
S Re: your website
1 I was looking at your website and noticed that you do not rank for your most important keywords.
1 We found {n2} technical errors on your website that stop you from getting more customers.
1 Hope you are well. I can redesign your website at a very affordable price.
2 We are a full service agency with a team of {n2} experts in SEO, web design and app development.
2 Can I send you a free audit report and our price list?
2 May I send you a quote? Reply with your phone number.
3 Thanks & regards, {person}, business development
3 Not interested? Reply with "no thanks".
#? leads
S Attendees list: {topic} expo
S Re: attendees list
S Email list of decision makers
S Following up
1 Would you be interested in acquiring the attendees email list of the expo? The list has {n4} contacts with name, title, phone and email.
1 We can provide you with a verified contact list of decision makers in your industry.
1 Just bringing this to the top of your inbox, did you have a chance to read my previous email?
2 Let me know and I will send you counts and the discounted price.
2 We guarantee 95% deliverability. Shall I share pricing?
3 Regards, {person}, marketing executive
#? outsourcing
S Dedicated developers from $1{n1}/hour
S Reduce your development costs
S Virtual assistants for your team
1 Our company provides dedicated developers at a fraction of the cost. Start with a free trial week.
1 We help companies like yours to outsource accounting, design and customer support.
2 Do you have 15 minutes on {weekday} for a call?
2 Check out our portfolio and let me know what you think.
3 Best, {person}
#? factory
S Offer: LED lights from the manufacturer
S Packaging manufacturer with 1{n1} years experience
S CNC parts, best price
1 Dear sir or madam, this is {person} from a factory in Shenzhen. We produce high quality products with competitive price and fast delivery.
1 We are glad to know that you are in the market of packaging. We export to Europe and America.
2 Please feel free to contact us for catalogue and free samples.
3 Best wishes, {person}, sales manager
#? pills
S No prescription needed
S Save {n2}% on your meds
S Lose weight without diet
S Doctors hate this simple trick
1 Order quality medication online, no prescription, discreet worldwide shipping. Save up to {n2}%.
1 Scientists discovered a simple evening ritual that melts fat while you sleep.
1 This strange trick ends back pain in only {n1} days.
2 Order now, the discount ends today.
2 Watch the video before it is taken down.
B Order now
B Watch video
#? watches
S Swiss quality watches from $1{n2}
S Designer bags, {n2}% off
1 Exclusive replica watches and bags, indistinguishable from the original, now {n2}% off.
2 Free shipping worldwide. Visit our online store.
B Visit store
#? casino
S {n2} free spins are waiting
S Your bonus of {amount}
1 Join now and get {n2} free spins and a welcome bonus of {amount}. No deposit needed.
2 Play today, the offer is limited. 18+, terms apply.
B Play now
#? trading
S He made {amount} in three weeks
S The stock that will explode in {month}
S Passive income with AI trading
1 Our AI trading system turns $250 into thousands every month. Thousands of members already profit.
1 Insiders are buying this small stock. It could rise by {n4}% before {month}.
2 Join our free channel before the places are gone.
B Join free
#? funding
S Pre-approved: up to {n2}0,000 for your business
S Business line of credit
1 Your business qualifies for up to {n2}0,000 in working capital. Bad credit is no problem.
2 Apply in two minutes, no obligation.
B Check my offer
#? masterclass
S Last chance: free masterclass
S 10x your pipeline
1 Discover the seven-step framework that top closers use. The masterclass is free, seats are almost gone.
2 Register now and get our playbook worth {amount}.
B Reserve my seat
#? journal
S Call for papers: special issue
S Invitation to submit your manuscript
S Speaker invitation: world congress in {city}
1 Dear researcher, we read your valuable paper with interest and invite you to submit a manuscript to our international open access journal. Fast publication within {n1} days.
1 We cordially invite you to be a speaker at our world congress in {city}. Your eminent presence will be highly appreciated.
2 Kindly submit before {date}. Article processing charges apply.
3 Awaiting your positive response, {person}, editorial office
`;
export const GERMAN_SPAM = `
#? eintrag
S Korrektur Ihres Firmeneintrags
S Ihr Eintrag im Branchenbuch
1 Bitte prüfen und unterschreiben Sie den beigefügten Eintrag Ihrer Firma und senden Sie ihn bis zum {date} zurück.
2 Der Eintrag kostet {amount} monatlich, Laufzeit zwei Jahre.
#? kredit
S Kredit ohne Schufa: Auszahlung heute
S Sofortkredit bis {n2}.000 Euro
1 Kredit ohne Schufa, ohne Einkommensnachweis, Auszahlung noch heute. Auch für Selbständige.
2 Jetzt unverbindlich anfragen.
B Jetzt beantragen
#? solar
S Photovoltaik ab {n2} Euro im Monat
S Letzte Plätze in Ihrer Region
1 Sichern Sie sich jetzt Ihre Solaranlage ohne Anzahlung. Nur noch wenige Plätze in Ihrer Region.
2 Kostenlose Beratung, Rückruf innerhalb von 24 Stunden.
B Angebot anfordern
#? gesundheit
S Rückenschmerzen? Dieser Trick hilft
S Abnehmen ohne Diät
1 Ein Orthopäde verrät den simplen Trick, mit dem Schmerzen in {n1} Minuten verschwinden.
1 Diese Kapsel verbrennt Fett im Schlaf. Prominente schwören darauf.
2 Nur heute mit {n2} % Rabatt.
B Jetzt bestellen
#? webseite
S Ihre Website bei Google auf Platz 1
S Kurze Frage zu Ihrer Webseite
1 Ihre Website hat {n2} Fehler, die Sie Kunden kosten. Wir bringen Sie auf die erste Seite bei Google.
1 Wir erstellen Ihre neue Webseite zum Festpreis von {amount}.
2 Wann passt Ihnen ein kurzes Telefonat?
3 Beste Grüße, {person}, Vertrieb
`;
