/** Newsletters and service mail in other languages; form as in bulletins-english.ts. */
export const GERMAN_BULLETINS = `
# retail
S Nur noch heute: {n2} % Rabatt
S Ihre Punkte verfallen am {date}
S Ihr Warenkorb wartet
S Neue Kollektion im {month}
S Versandkostenfrei bis {weekday}
S Alles Gute zum Geburtstag!
S Letzte Chance: Sale endet heute
T Nur bis Mitternacht sparen Sie {n2} % auf das ganze Sortiment, Code SPAR{n2}.
T Sie haben noch etwas im Warenkorb. Wir haben es für Sie aufgehoben.
T Sie haben {n4} Punkte gesammelt. Lösen Sie sie bis zum {date} ein.
T Ab {amount} liefern wir versandkostenfrei, die Rückgabe ist kostenlos.
T Statt {amount} jetzt nur {amount}, solange der Vorrat reicht.
T Besuchen Sie unsere neue Filiale in {city}.
T Kundinnen und Kunden haben unsere Regenjacke mit 4,7 Sternen bewertet.
T Der Gutschein ist nicht mit anderen Aktionen kombinierbar und gilt einmal je Kundenkonto.
B Jetzt einkaufen
B Zum Warenkorb
B Punkte einlösen
B Gutschein sichern
F Sie erhalten diese E-Mail, weil Sie unseren Newsletter abonniert haben. Abmelden | Impressum | Datenschutz
# service
S Ihre Vertragsunterlagen
S Ihr Kontoauszug für {month}
S Lastschrift am {date}
S Wichtige Information zu Ihrem Vertrag
S Ihre Karte läuft bald ab
S Neue Nachricht in Ihrem Postfach
S Bitte bestätigen Sie Ihre E-Mail-Adresse
S Ihre Zählerstände ablesen
S Terminerinnerung {date}
S Neuer Empfänger angelegt
T In Ihrem Postfach liegt ein neues Dokument. Melden Sie sich wie gewohnt über unsere App an.
T Am {date} buchen wir {amount} von Ihrem Konto ab.
T Ihre Karte mit der Endziffer {n4} läuft Ende {month} ab. Die neue Karte kommt automatisch per Post.
T Zum {date} passen wir unsere Allgemeinen Geschäftsbedingungen an.
T Bitte klicken Sie auf den Button, um Ihre Anmeldung abzuschließen. Wenn Sie sich nicht angemeldet haben, müssen Sie nichts tun.
T Wir werden Sie niemals per E-Mail nach PIN oder TAN fragen.
T Ihr Termin ist am {date} um {time} Uhr. Bitte bringen Sie Ihre Versichertenkarte mit.
T Sie haben einen neuen Empfänger angelegt. Waren Sie das nicht, rufen Sie uns bitte an.
T Bitte teilen Sie uns Ihren Zählerstand bis zum {date} mit.
T Ihre Überweisung an {person} wurde ausgeführt.
B Zum Postfach
B Anmeldung bestätigen
B Zählerstand eingeben
B Details ansehen
F Dies ist eine automatisch erzeugte Nachricht, bitte antworten Sie nicht darauf.
F {brand} AG, Hauptstraße {n2}, {city}. Vorstand: {person}. Registergericht {city}.
# media
S Der Morgen: {topic}
S Die Woche in {city}
S Spendenaufruf: {topic}
S Petition: {topic}
S Vereinsnachrichten {month}
S {person} hat Ihnen geschrieben
S Neue Stellen in {city}
T Guten Morgen! Das müssen Sie heute wissen.
T Der Stadtrat stimmt am {weekday} über {topic} ab.
T Mit {amount} im Monat helfen Sie uns, unabhängig zu bleiben.
T Unterschreiben Sie jetzt, die Frist endet am {date}.
T Unsere Mitgliederversammlung findet am {date} um 19 Uhr statt.
T {n2} neue Stellen passen zu Ihrer Suche in {city}.
T {person} hat Ihnen eine Nachricht geschickt.
T Lesen Sie außerdem, warum Linsensuppe wieder in Mode ist.
B Weiterlesen
B Jetzt spenden
B Unterschreiben
B Nachricht lesen
F Newsletter abbestellen | Einstellungen ändern
`;
export const FRENCH_BULLETINS = `
# retail
S Plus que {n1} heures : -{n2} %
S Vos points expirent le {date}
S Votre panier vous attend
S La nouvelle collection est arrivée
T Jusqu'à minuit, profitez de {n2} % de remise sur tout le site.
T Vous avez {n4} points à utiliser avant le {date}.
T Livraison offerte dès {amount}, retours gratuits.
T Votre panier est conservé pendant trois jours.
B J'en profite
B Voir mon panier
F Vous recevez cet e-mail car vous êtes client de {brand}. Se désabonner
# service
S Votre relevé de {month}
S Prélèvement le {date}
S Confirmez votre adresse e-mail
S Nouvelle connexion à votre compte
S Rappel de rendez-vous
S Évolution de nos conditions générales
T Un nouveau document est disponible dans votre espace client.
T Un prélèvement de {amount} aura lieu le {date}.
T Cliquez sur le bouton pour confirmer votre inscription. Si vous n'êtes pas à l'origine de cette demande, ne faites rien.
T Nous ne vous demanderons jamais votre mot de passe par e-mail.
T Votre rendez-vous est fixé au {date} à {time}.
T Votre virement à {person} a bien été effectué.
T Nos conditions générales évoluent à partir du {date}.
B Accéder à mon espace
B Confirmer
B Voir le détail
F Ceci est un message automatique, merci de ne pas y répondre.
# media
S La lettre de {weekday}
S Votre don est doublé aujourd'hui
S Signez la pétition : {topic}
S {person} vous a envoyé un message
T Bonjour, voici l'essentiel de l'actualité.
T Grâce à vous, {n4} familles ont reçu un repas chaud.
T Signez avant {weekday} pour protéger {topic}.
T {n2} nouvelles offres d'emploi à {city}.
B Lire
B Je donne
B Je signe
F Se désinscrire | Voir dans le navigateur
`;
export const SPANISH_BULLETINS = `
# mixed
S Últimas horas: {n2} % de descuento
S Tus puntos caducan el {date}
S Tu extracto de {month} ya está disponible
S Confirma tu correo
S Hemos cobrado {amount}
S Boletín de {month}
S Firma la petición: {topic}
S Recordatorio de cita
T Solo hasta medianoche: {n2} % en toda la tienda.
T Tienes {n4} puntos; canjéalos antes del {date}.
T Ya puedes consultar tu extracto en la banca en línea, entra como siempre.
T Pulsa el botón para confirmar tu dirección. Si no te has registrado, ignora este mensaje.
T El {date} cargaremos {amount} en tu cuenta.
T Nunca te pediremos tu contraseña por correo.
T Tu cita es el {date} a las {time}.
T Gracias a ti, {n4} familias tuvieron comida caliente.
T Envío gratis a partir de {amount}.
T {person} te ha enviado un mensaje.
B Comprar ahora
B Confirmar
B Ver detalles
B Firmar
F Recibes este correo porque estás suscrito. Darse de baja
F Mensaje automático, por favor no respondas.
`;
export const PORTUGUESE_BULLETINS = `
# mixed
S Últimas horas: {n2}% de desconto
S Seus pontos vencem em {date}
S Sua fatura de {month} está disponível
S Confirme seu e-mail
S Pagamento recebido
S Novidades de {month}
S Assine a petição: {topic}
S Lembrete de consulta
S Comprovante de transferência
T Só até meia-noite: {n2}% em todo o site.
T Você tem {n4} pontos. Troque antes de {date}.
T Sua fatura fechou em {amount}, com vencimento em {date}. Ela está no débito automático.
T Clique no botão para confirmar seu cadastro. Se não foi você, ignore esta mensagem.
T Nunca pedimos sua senha por e-mail ou telefone.
T Sua consulta está marcada para {date} às {time}.
T Recebemos seu pagamento de {amount}. Obrigado!
T Frete grátis acima de {amount}.
T Você enviou {amount} para {person}.
T {person} comentou na sua publicação.
B Comprar agora
B Ver fatura
B Confirmar
B Ver detalhes
F Você recebeu este e-mail porque se cadastrou em {brand}. Cancelar inscrição
F Esta é uma mensagem automática, não responda.
`;
export const ITALIAN_BULLETINS = `
# mixed
S Solo oggi: {n2}% di sconto
S I tuoi punti scadono il {date}
S La tua bolletta di {month}
S Conferma il tuo indirizzo email
S Newsletter di {month}
S Promemoria appuntamento
T Fino a mezzanotte {n2}% su tutto il sito.
T Hai {n4} punti da usare entro il {date}.
T La bolletta di {amount} è disponibile nell'area clienti; sarà addebitata il {date}.
T Fai clic sul pulsante per confermare l'iscrizione. Se non ti sei iscritto, ignora questa email.
T Non ti chiederemo mai la password via email.
T Il tuo appuntamento è il {date} alle {time}.
T Spedizione gratuita da {amount}.
B Acquista ora
B Conferma
B Vai all'area clienti
F Ricevi questa email perché sei iscritto. Annulla iscrizione
`;
export const DUTCH_BULLETINS = `
# mixed
S Alleen vandaag: {n2}% korting
S Je punten verlopen op {date}
S Je factuur van {month} staat klaar
S Bevestig je e-mailadres
S Nieuwsbrief {month}
S Afspraakherinnering
S Je bestelling is bezorgd
S Teken de petitie: {topic}
T Tot middernacht {n2}% korting op alles.
T Je hebt {n4} punten. Wissel ze in voor {date}.
T Je factuur van {amount} staat klaar in Mijn {brand}. We schrijven het bedrag op {date} af.
T Klik op de knop om je aanmelding te bevestigen. Heb je je niet aangemeld? Dan hoef je niets te doen.
T We vragen nooit om je pincode of wachtwoord per e-mail.
T Je afspraak is op {date} om {time}.
T Gratis verzending vanaf {amount}.
T {person} heeft je een bericht gestuurd.
B Shop nu
B Bevestigen
B Bekijk factuur
B Lees verder
F Je ontvangt deze mail omdat je klant bent van {brand}. Uitschrijven
`;
