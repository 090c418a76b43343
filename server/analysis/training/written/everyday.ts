/**
 * What colleagues and partners write to each other all day, by language: sentences that stand alone, drawn two to six a
 * mail. Corpora of today's ordinary office mail do not exist in public.
 */
export interface Everyday {
  subjects: string[];
  openings: string[];
  sentences: string[];
  closings: string[];
}

const lines = (text: string) => text.trim().split('\n');

export const EVERYDAY: Record<string, Everyday> = {
  en: {
    subjects: lines(`Test report for {topic}
Delivery dates for next week
Re: brochure, last changes
Team lunch on {weekday}
Purchase order {ref}
Delivery {ref} checked
Quote for six units
Audit plan, please review
Out of office next week
Room change for {weekday}
New printer on the second floor
Umbrella left behind
Slides for the board
Customer visit on {date}
Who works when next week
Your reservation {ref} is confirmed
Invoice {ref}
Fair in {city}: our stand
Holiday calendar
Leaving drinks for {person}
New phone numbers from {month}
First aid course on {weekday}`),
    openings: lines(`Hi all,
Hi {person},
Hello,
Dear colleagues,
Good morning,
Dear {person},
Team,`),
    sentences: lines(`The second sample passed all tests, the report is in the project folder.
The packing machine is stopped because of a worn belt; the spare part comes on {weekday}.
Could you check the numbers in column D before I send them on?
The supplier confirmed delivery for {date}, two days later than planned.
Please find the drawing with the new hole pattern attached.
I have booked the big room from ten to twelve.
The customer asked for the manual in English too.
Thanks for your help at the fair, the feedback was very good.
We counted 48 boxes instead of 50, two are missing.
The price per unit is {amount} from 100 pieces on, delivery six weeks after the order.
Payment terms are 30 days net as usual.
Lunch is on me, please tell me by {weekday} whether you can make it.
There are sandwiches left in the meeting room.
The file server is down for maintenance on Saturday morning; no action is needed from you.
The new laptops are handed out from next week on.
IT will never ask you for your password, not by phone and not by email.
Please use the usual ticket form if something does not work.
The key ring is at reception, it was found in the parking lot.
Probe 4 is not recognised over USB any more; I have swapped the cable already.
The certificate download fails with an error, could you look into it?
We moved the licence to a new PC and need a new file.
Please find the revised quote attached, the delivery time is unchanged.
The display shows the wrong language after the update.
The drift starts after forty minutes and is gone after a restart.
There is cake in the kitchen, first come first served.
Could you send me the latest price list?
I will be in the office from ten on.
Thanks, received.
Works for me.
The VPN drops at the customer's site, the tunnel comes back after a minute.
New cleaning times from {month} on, please leave the desks clear.
Timesheets by noon on {weekday}, please.
My thesis is about the same topic, may I ask you three questions?
I would like to apply for the position that you advertised; my CV is attached.
The goods arrived damaged, see the photos.
The pump of line two will be replaced on {weekday}, please plan for half a day.
We are happy with the device and would recommend it to others.
The ticket was moved to the second level, you will hear from us by {weekday}.
Next week's menu: lentil soup, fish with potatoes, pasta.
The laptop is ready, you can pick it up at the help desk. Bring the old one.
I'll be on parental leave until {month}, {person} takes over.
I am on the train, so the connection is bad; I will call you when I arrive.
The audit starts at nine with a walk through the workshop.
Can somebody cover the hotline on {weekday} afternoon?
The minutes of the last meeting are on the intranet.
Somebody left an umbrella in the lift, it is at reception now.
The invoice has been checked and released for payment.
Please send the signed contract back by post, the address has not changed.
We would like to order the same quantity as last year.
Your room is booked for two nights, breakfast is included.
Your stand number is B12, the build-up starts on {weekday} at eight.
The first aid course takes place on {weekday} at ten; please sign up.
Let me know if the date does not suit you.
We will meet in front of the building at a quarter to six.
The new colleague starts on the first, her desk is next to the window.
I have updated the plan, changes are marked in yellow.
The canteen is closed for two weeks in {month}; details are on the intranet.
One of the housings arrived damaged, photos are attached.
Please enter your holidays for next year in the calendar until {date}.
The truck arrives between seven and nine, please keep the gate free.
I will forward the certificate as soon as the laboratory has sent it.
The firmware update fixed the problem with the display.
Do we have a current list of the open orders?
It was good to see you in {city}, thank you for the tour.`),
    closings: lines(`Best regards
{person}
Kind regards, {person}
Thanks, {person}
Cheers
Best wishes from {city}, {person}
Regards, {person}, Purchasing`),
  },
  de: {
    subjects: lines(`Prüfbericht {topic}
Liefertermine nächste Woche
AW: Entwurf Messestand
Sommerfest, wer hilft mit?
Bestellung {ref}
Prüfplan, bitte durchsehen
Brille liegen geblieben
Einteilung für die Woche
Ersthelferkurs am {weekday}
Inventur: Einteilung
Frachtpapiere
Rechnung {ref}
Mahnung zu Rechnung {ref}
Servicetermin nächste Woche
Neue Visitenkarten
Ihr Ticket für die Messe
Abstimmung am {weekday}
Drucker im Lager streikt
Neue Telefonnummern
Stromabschaltung am Samstag
Messmittel zur Prüfung
Broschüre, letzter Stand
Blumen für den Empfang`),
    openings: lines(`Hallo zusammen,
Hallo {person},
Guten Morgen,
Liebe Kolleginnen und Kollegen,
Sehr geehrte Damen und Herren,
Sehr geehrter Herr {person},
Moin,`),
    sentences: lines(`Das zweite Muster hat alle Prüfungen bestanden, der Bericht liegt im Projektordner.
Die Verpackungsmaschine steht bis {weekday}, weil ein Riemen verschlissen ist.
Könntest du bitte die Zahlen in Spalte D prüfen, bevor ich sie weitergebe?
Der Lieferant hat den {date} bestätigt, zwei Tage später als geplant.
Anbei die Zeichnung mit dem neuen Lochbild.
Ich habe den großen Raum von zehn bis zwölf reserviert.
Der Kunde möchte die Anleitung auch auf Englisch.
Danke für eure Hilfe am Stand, die Rückmeldungen waren sehr gut.
Wir haben 48 statt 50 Kartons gezählt, zwei fehlen.
Der Stückpreis beträgt {amount} ab 100 Stück, Lieferzeit sechs Wochen.
Das Zahlungsziel ist wie üblich 30 Tage netto.
Im Besprechungsraum stehen noch belegte Brötchen.
Der Dateiserver ist am Samstag von acht bis zwölf wegen Wartung nicht erreichbar, ihr müsst nichts tun.
Die neuen Notebooks werden ab nächster Woche ausgegeben.
Die IT fragt nie nach eurem Passwort, weder am Telefon noch per E-Mail.
Bei Störungen bitte wie gewohnt ein Ticket aufmachen.
Der Schlüsselbund liegt am Empfang, er wurde auf dem Parkplatz gefunden.
Der Messkopf wird über USB nicht mehr erkannt, das Kabel ist schon getauscht.
Der Download des Zertifikats bricht ab, könnt ihr mal schauen?
Die Lizenz ist auf einen neuen Rechner umgezogen, wir brauchen eine neue Datei.
Nach dem Update ist die Anzeige in der falschen Sprache.
In der Küche steht Kuchen, bedient euch.
Könnten Sie uns bitte die aktuelle Preisliste schicken?
Danke, angekommen.
Passt, machen wir so.
Beim Kunden bricht das VPN ab, nach einer Minute ist der Tunnel wieder da.
Ab {month} gelten neue Reinigungszeiten, bitte die Schreibtische abends freiräumen.
Bitte die Stundenzettel bis {weekday} mittag abgeben.
Mit Interesse habe ich Ihre Anzeige gelesen und bewerbe mich um die Stelle; Lebenslauf anbei.
Die Ware kam beschädigt an, siehe Fotos.
Die Räumungsübung ist am {weekday} um zehn, bitte das Gebäude zügig verlassen.
Das Dienstrad-Leasing startet im {month}, Infos gibt es in der Personalabteilung.
Speiseplan: Linsensuppe, Fisch mit Kartoffeln, Nudeln.
Der Laptop ist fertig und kann am Helpdesk abgeholt werden.
Die Inventur ist am {date}, das Lager bleibt an dem Tag geschlossen.
Das Ticket liegt jetzt beim zweiten Level, Sie hören bis {weekday} von uns.
Ich sitze im Zug und melde mich, sobald ich angekommen bin.
Das Audit beginnt um neun mit einem Rundgang durch die Werkstatt.
Kann jemand am {weekday}nachmittag die Hotline übernehmen?
Das Protokoll der letzten Sitzung liegt im Intranet.
Im Aufzug lag eine Brille, sie ist jetzt am Empfang.
Die Rechnung wurde geprüft und zur Zahlung freigegeben.
Auf unserer Rechnung steht noch der offene Betrag von {amount}; bitte überweisen Sie ihn bis zum {date}.
Bitte schicken Sie den unterschriebenen Vertrag per Post zurück.
Wir möchten die gleiche Menge wie im letzten Jahr bestellen.
Ihr Zimmer ist für zwei Nächte reserviert, das Frühstück ist inbegriffen.
Ihre Standnummer ist B12, der Aufbau beginnt am {weekday} um acht.
Der Ersthelferkurs findet am {weekday} um zehn statt, bitte meldet euch an.
Gib kurz Bescheid, wenn der Termin nicht passt.
Wir treffen uns um Viertel vor sechs vor dem Haus.
Die neue Kollegin fängt am Ersten an, ihr Platz ist am Fenster.
Ich habe den Plan aktualisiert, Änderungen sind gelb markiert.
Die Kantine bleibt im {month} zwei Wochen geschlossen, alles Weitere steht im Intranet.
Ein Gehäuse kam beschädigt an, Fotos anbei.
Bitte tragt euren Urlaub für das nächste Jahr bis {date} ein.
Der Lkw kommt zwischen sieben und neun, bitte das Tor freihalten.
Das Zertifikat leite ich weiter, sobald das Labor es geschickt hat.
Mit dem Firmware-Update ist das Problem mit der Anzeige behoben.
Für die Ausfuhr brauchen wir noch die Warenverkehrsbescheinigung.
Der Drucker im Lager zieht das Papier schief ein, im Büro läuft alles.`),
    closings: lines(`Viele Grüße
{person}
Mit freundlichen Grüßen, {person}
Danke und Gruß, {person}
Beste Grüße aus {city}, {person}
Freundliche Grüße, {person}, Einkauf`),
  },
  fr: {
    subjects: lines(`Bon de commande {ref}
Compte rendu de la réunion
Planning de la semaine
RE: livraison
Facture {ref}
Pot de départ`),
    openings: lines(`Bonjour à tous,
Bonjour {person},
Bonjour,
Madame, Monsieur,`),
    sentences: lines(`Le deuxième échantillon a passé tous les tests.
Le fournisseur confirme la livraison pour le {date}.
Merci de vérifier les chiffres avant l'envoi.
La facture a été validée pour paiement.
Le serveur sera arrêté samedi matin pour maintenance, vous n'avez rien à faire.
Un carton est arrivé abîmé, photos ci-jointes.
La réunion aura lieu {weekday} à dix heures dans la grande salle.
Nous souhaitons commander la même quantité que l'an dernier.
Il reste des sandwichs dans la salle de réunion.`),
    closings: lines(`Cordialement, {person}
Bien à vous, {person}
Bonne journée, {person}`),
  },
  es: {
    subjects: lines(`Pedido {ref}
Acta de la reunión
RE: entrega
Factura {ref}
Turnos de la semana`),
    openings: lines(`Hola a todos:
Hola {person}:
Buenos días:
Estimados señores:`),
    sentences: lines(`La segunda muestra ha pasado todas las pruebas.
El proveedor confirma la entrega para el {date}.
¿Puedes revisar las cifras antes de enviarlas?
La factura está aprobada para el pago.
El servidor estará parado el sábado por mantenimiento, no tenéis que hacer nada.
Una caja llegó dañada, adjunto fotos.
La reunión es el {weekday} a las diez en la sala grande.
Queremos pedir la misma cantidad que el año pasado.`),
    closings: lines(`Un saludo, {person}
Saludos cordiales, {person}
Gracias, {person}`),
  },
  pt: {
    subjects: lines(`Pedido {ref}
Ata da reunião
RES: entrega
Nota fiscal {ref}`),
    openings: lines(`Olá a todos,
Bom dia {person},
Prezados,`),
    sentences: lines(`A segunda amostra passou em todos os testes.
O fornecedor confirma a entrega para {date}.
Pode conferir os números antes de enviar?
A nota foi aprovada para pagamento.
O servidor ficará parado no sábado para manutenção, não é preciso fazer nada.
Uma caixa chegou danificada, seguem fotos.
A reunião é {weekday} às dez na sala grande.
Sobraram sanduíches na sala de reunião.`),
    closings: lines(`Atenciosamente, {person}
Abraço, {person}
Obrigado, {person}`),
  },
  it: {
    subjects: lines(`Ordine {ref}
Verbale della riunione
R: consegna
Fattura {ref} per ordine {ref}`),
    openings: lines(`Ciao a tutti,
Buongiorno {person},
Gentili signori,`),
    sentences: lines(`Il secondo campione ha superato tutte le prove.
Il fornitore conferma la consegna per il {date}.
Puoi controllare i numeri prima dell'invio?
La fattura è stata approvata per il pagamento.
Il server sarà fermo sabato per manutenzione, non dovete fare nulla.
Una cassa è arrivata danneggiata, allego le foto.
La riunione è {weekday} alle dieci nella sala grande.
In allegato la nostra fattura, pagamento a 30 giorni come al solito.`),
    closings: lines(`Cordiali saluti, {person}
A presto, {person}
Grazie, {person}`),
  },
};
