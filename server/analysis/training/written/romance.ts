/** Scenarios in French, Spanish, Portuguese and Italian; form as in english.ts. */
export const FRENCH = `
# signin
S Nouvelle connexion à votre compte {brand}
S Alerte de sécurité : nouvel appareil
1 Nous avons remarqué une nouvelle connexion à votre compte {brand} depuis {city} ({device}).
2 Si c'était vous, vous n'avez rien à faire.
3 Sinon, modifiez votre mot de passe dans les paramètres de votre compte.
B Vérifier l'activité
# parcel
S Votre colis {ref} est en route
S Votre colis sera livré {weekday}
1 Bonne nouvelle : votre colis {ref} expédié par {shop} est en chemin.
1 Votre colis a été déposé au point relais de {city}. Pensez à apporter une pièce d'identité.
2 Vous pouvez suivre votre colis à tout moment.
B Suivre mon colis
# signup
S Confirmez votre inscription
S Bienvenue chez {brand}
1 Merci de votre inscription. Veuillez confirmer votre adresse e-mail pour terminer.
2 Si vous n'êtes pas à l'origine de cette demande, ignorez simplement ce message.
B Confirmer mon adresse
# invoice
S Votre facture {ref} est disponible
S Confirmation de paiement
1 Votre facture de {month} d'un montant de {amount} est disponible dans votre espace client.
1 Nous avons bien reçu votre paiement de {amount}. Merci.
2 Aucune action n'est nécessaire de votre part.
B Voir ma facture
# newsletter
S Notre lettre de {month}
S {n2} % de remise ce week-end
1 Dans ce numéro : {topic}, un entretien avec notre équipe de {city} et trois idées de lecture.
1 Ce week-end seulement, profitez de {n2} % de remise sur une sélection d'articles.
2 Livraison offerte à partir de {amount}.
3 Bonne lecture, l'équipe {brand}
B Lire la suite
B J'en profite
# business
S Devis {ref}
S Réunion de {weekday}
1 Bonjour, veuillez trouver ci-joint notre devis {ref}, valable jusqu'au {date}.
1 Bonjour, pourrions-nous déplacer notre réunion à {weekday} ?
2 Cordialement, {person}
#! signin
S Votre compte a été suspendu
S Action requise sur votre compte {brand}
1 Une activité inhabituelle a été détectée, votre compte {brand} a été limité.
2 Veuillez confirmer vos informations sous 24 heures, faute de quoi votre compte sera fermé.
B Confirmer mon compte
#! parcel
S Votre colis est en attente
1 Votre colis {ref} est retenu en raison de frais de livraison impayés de {amount}.
2 Réglez les frais sous 48 heures afin d'éviter son retour.
B Payer les frais
`;
export const SPANISH = `
# signin
S Nuevo inicio de sesión en tu cuenta de {brand}
1 Hemos detectado un nuevo inicio de sesión en tu cuenta desde {city} ({device}).
2 Si has sido tú, no tienes que hacer nada.
3 Si no reconoces esta actividad, cambia tu contraseña desde los ajustes de la cuenta.
B Revisar actividad
# parcel
S Tu paquete {ref} está en camino
1 Tu pedido de {shop} ha salido de nuestro almacén y llegará el {weekday}.
1 Tu paquete está disponible en el punto de recogida de {city}.
2 Puedes seguir el envío en cualquier momento.
B Seguir mi envío
# signup
S Confirma tu correo electrónico
S Te damos la bienvenida a {brand}
1 Gracias por registrarte. Confirma tu dirección de correo para empezar.
2 Si no has creado esta cuenta, puedes ignorar este mensaje.
B Confirmar correo
# invoice
S Tu factura de {month}
S Hemos recibido tu pago
1 Tu factura {ref} por {amount} ya está disponible en tu área de cliente.
1 Hemos recibido tu pago de {amount}. Gracias por tu confianza.
2 No tienes que hacer nada más.
B Ver factura
# newsletter
S Novedades de {month}
S {n2}% de descuento este fin de semana
1 En este número: {topic}, una entrevista desde {city} y tres recomendaciones.
1 Solo este fin de semana, {n2}% de descuento en artículos seleccionados.
2 Envío gratis a partir de {amount}.
B Leer más
B Comprar
# business
S Presupuesto {ref}
1 Buenos días, adjunto el presupuesto {ref} que comentamos por teléfono. Es válido hasta el {date}.
1 Hola, ¿podemos mover la reunión al {weekday}? Por la mañana estoy de viaje.
2 Un saludo, {person}
#! signin
S Su cuenta ha sido bloqueada
S Aviso importante de {brand}
1 Por su seguridad hemos bloqueado temporalmente su cuenta por actividad inusual.
2 Verifique su identidad en las próximas 24 horas para evitar la suspensión definitiva.
B Verificar ahora
#! parcel
S Su paquete está retenido
1 Su paquete {ref} no pudo ser entregado porque hay gastos de aduana pendientes de {amount}.
2 Pague ahora o el envío será devuelto.
B Pagar ahora
`;
export const PORTUGUESE = `
# signin
S Novo acesso à sua conta {brand}
1 Notamos um novo acesso à sua conta em {city} pelo dispositivo {device}.
2 Se foi você, não precisa fazer nada.
3 Se não reconhece este acesso, altere sua senha nas configurações do aplicativo.
B Ver atividade
# parcel
S Seu pedido {ref} saiu para entrega
1 Boa notícia: o pedido que você fez em {shop} saiu para entrega e chega {weekday}.
2 Acompanhe a entrega pelo aplicativo.
B Acompanhar pedido
# signup
S Confirme seu e-mail
1 Obrigado por criar sua conta na {brand}. Confirme seu e-mail para começar.
2 Se não foi você, ignore esta mensagem.
B Confirmar e-mail
# invoice
S Sua fatura de {month} fechou
S Recebemos seu pagamento
1 Sua fatura de {month} no valor de {amount} está disponível no aplicativo. O vencimento é {date}.
1 Recebemos seu pagamento de {amount}. Obrigado.
2 Esta é uma mensagem automática, não é preciso responder.
B Ver fatura
# newsletter
S As novidades de {month}
S {n2}% de desconto só neste fim de semana
1 Nesta edição: {topic}, uma conversa com a equipe de {city} e três dicas de leitura.
1 Aproveite {n2}% de desconto em produtos selecionados neste fim de semana.
2 Frete grátis acima de {amount}.
B Leia mais
B Comprar agora
# business
S Proposta {ref}
1 Bom dia, segue em anexo a proposta {ref} conforme conversamos. Ela vale até {date}.
2 Atenciosamente, {person}
#! signin
S Sua conta será bloqueada
S Aviso: atualize seu cadastro
1 Identificamos um acesso suspeito e sua conta {brand} foi bloqueada por segurança.
2 Atualize seus dados em até 24 horas para evitar o cancelamento.
B Regularizar agora
#! prize
S Seus pontos vencem hoje
1 Você tem {n4} pontos {brand} que expiram hoje. Resgate agora e receba {amount} de volta.
2 Acesse sua conta e confirme seus dados para resgatar.
B Resgatar pontos
`;
export const ITALIAN = `
# signin
S Nuovo accesso al tuo account {brand}
1 Abbiamo rilevato un nuovo accesso al tuo account da {city} ({device}).
2 Se sei stato tu, non devi fare nulla.
3 In caso contrario cambia la password dalle impostazioni dell'account.
B Controlla attività
# parcel
S Il tuo pacco {ref} è in arrivo
1 Il pacco spedito da {shop} è in consegna e arriverà {weekday}.
2 Puoi seguire la spedizione in ogni momento.
B Segui la spedizione
# signup
S Conferma la tua iscrizione
1 Grazie per esserti registrato. Conferma il tuo indirizzo e-mail per completare.
2 Se non sei stato tu, ignora questo messaggio.
B Conferma
# invoice
S La tua fattura di {month}
1 La fattura {ref} di {amount} è disponibile nella tua area clienti.
2 Non è necessaria alcuna azione.
B Vedi fattura
# newsletter
S Le novità di {month}
1 In questo numero: {topic}, un'intervista da {city} e tre consigli di lettura.
1 Solo questo fine settimana {n2}% di sconto su articoli selezionati.
2 Spedizione gratuita da {amount}.
B Leggi di più
# business
S Preventivo {ref}
1 Buongiorno, in allegato il nostro preventivo {ref}, valido fino al {date}.
2 Cordiali saluti, {person}
#! signin
S Il tuo conto è stato bloccato
1 Abbiamo rilevato un'attività insolita e il tuo conto {brand} è stato limitato.
2 Conferma i tuoi dati entro 24 ore per evitare la sospensione.
B Conferma ora
#! parcel
S La tua spedizione è in sospeso
1 Il pacco {ref} è in giacenza per spese doganali di {amount} non pagate.
2 Paga ora per ricevere la consegna.
B Paga ora
`;
export const DUTCH = `
# signin
S Nieuwe aanmelding bij je {brand}-account
1 We hebben een nieuwe aanmelding gezien vanuit {city} ({device}).
2 Was jij dit? Dan hoef je niets te doen.
3 Herken je dit niet, wijzig dan je wachtwoord in de instellingen.
B Activiteit bekijken
# parcel
S Je pakket {ref} is onderweg
1 Je pakket van {shop} wordt {weekday} bezorgd.
2 Volg je pakket in de app.
B Volg pakket
# invoice
S Je factuur van {month}
1 Je factuur {ref} van {amount} staat klaar in je account.
2 Je hoeft niets te doen.
B Bekijk factuur
# newsletter
S Nieuws van {month}
1 In deze nieuwsbrief: {topic}, een gesprek uit {city} en drie leestips.
1 Alleen dit weekend {n2}% korting op geselecteerde artikelen.
2 Gratis verzending vanaf {amount}.
B Lees verder
#! signin
S Uw rekening is geblokkeerd
1 Wegens ongebruikelijke activiteit is uw {brand}-rekening tijdelijk geblokkeerd.
2 Bevestig uw gegevens binnen 24 uur om afsluiting te voorkomen.
B Bevestig nu
`;
