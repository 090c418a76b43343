/** Scenarios in German; form as in english.ts. */
export const GERMAN = `
# signin
S Neue Anmeldung in Ihrem {brand}-Konto
S Sicherheitshinweis: Anmeldung mit neuem Gerät
S Neue Anmeldung über {device}
1 In Ihrem {brand}-Konto gab es eine neue Anmeldung mit einem {device}-Gerät.
1 Wir haben eine Anmeldung aus {city} festgestellt, die wir bisher nicht kannten.
2 Wenn Sie das waren, müssen Sie nichts weiter tun.
2 Waren Sie das? Dann können Sie diese Nachricht ignorieren.
3 Falls nicht, ändern Sie bitte Ihr Passwort in den Kontoeinstellungen.
3 Wenn Sie diese Anmeldung nicht erkennen, prüfen Sie bitte Ihre Geräte in der App.
D Gerät: {device}
D Ort: {city} (ungefähr)
B Aktivitäten prüfen
B Geräte verwalten
# code
S {n6} ist Ihr Bestätigungscode
S Ihr Einmalcode
1 Ihr Bestätigungscode lautet {n6}. Er ist 10 Minuten gültig.
1 Geben Sie diesen Code in der App ein: {n6}
2 Geben Sie den Code niemandem weiter. Unsere Mitarbeiter fragen nie danach.
2 Wenn Sie keinen Code angefordert haben, können Sie diese Nachricht löschen.
# password
S Ihr Passwort wurde geändert
S Passwort zurücksetzen
1 Das Passwort Ihres {brand}-Kontos wurde am {date} geändert.
1 Sie haben angefordert, Ihr Passwort zurückzusetzen. Der Link ist 24 Stunden gültig.
2 Falls Sie das nicht waren, wenden Sie sich bitte an unseren Kundenservice.
2 Wenn Sie dies nicht angefordert haben, bleibt Ihr Passwort unverändert.
B Passwort zurücksetzen
# parcel
S Ihr Paket kommt am {weekday}
S Ihre Sendung {ref} ist unterwegs
S Ihr Paket wurde zugestellt
S Ihr Paket liegt zur Abholung bereit
1 Gute Nachrichten: Ihre Sendung {ref} von {shop} ist auf dem Weg zu Ihnen.
1 Ihr Paket wird heute zwischen {n1}:00 und {n1}:45 Uhr zugestellt.
1 Wir haben Ihr Paket bei Ihrem Nachbarn abgegeben.
1 Ihr Paket liegt in der Filiale {city} für Sie bereit. Bitte bringen Sie einen Ausweis mit.
2 Mit der Sendungsnummer können Sie den Weg jederzeit verfolgen.
2 Sie sind nicht zu Hause? Wählen Sie kostenlos einen Ablageort oder einen anderen Tag.
3 Bitte antworten Sie nicht auf diese automatisch erstellte Nachricht.
D Sendungsnummer: {ref}
D Absender: {shop}
B Sendung verfolgen
B Zustelloptionen
# signup
S Bitte bestätigen Sie Ihre Anmeldung
S Willkommen bei {brand}
S Bestätigen Sie Ihre E-Mail-Adresse
1 Vielen Dank für Ihre Anmeldung bei {brand}. Bitte bestätigen Sie Ihre E-Mail-Adresse.
1 Sie oder jemand anderes hat diese Adresse für unseren Newsletter eingetragen. Bitte bestätigen Sie, dass Sie das waren.
1 Schön, dass Sie da sind! Ihr Kundenkonto ist eingerichtet.
2 Wenn Sie sich nicht angemeldet haben, ignorieren Sie diese E-Mail einfach.
2 Sie können sich jederzeit wieder abmelden.
B Anmeldung bestätigen
B E-Mail-Adresse bestätigen
# invoice
S Ihre Rechnung {ref}
S Rechnung für {month}
S Zahlungseingang bestätigt
S Ihre Rechnung steht bereit
S Ihr Abo verlängert sich am {date}
1 Ihre Rechnung {ref} über {amount} steht in Ihrem Kundenkonto bereit.
1 Anbei erhalten Sie unsere Rechnung {ref}. Bitte überweisen Sie den Betrag innerhalb von 14 Tagen.
1 Wir haben Ihre Zahlung über {amount} erhalten. Vielen Dank.
1 Der Betrag von {amount} wird am {date} von Ihrem Konto abgebucht.
2 Sie müssen nichts weiter tun.
2 Bei Fragen zur Rechnung antworten Sie einfach auf diese E-Mail.
D Rechnungsnummer: {ref}
D Betrag: {amount}
B Rechnung ansehen
B Zum Kundenkonto
# order
S Ihre Bestellung {ref}
S Bestellbestätigung
S Ihre Buchung in {city}
1 Vielen Dank für Ihre Bestellung. Sobald die Ware versendet wird, informieren wir Sie.
1 Ihre Buchung bei {shop} in {city} am {date} ist bestätigt.
2 Sie können bis zwei Tage vorher kostenlos stornieren.
2 Die voraussichtliche Lieferung ist am {date}.
D Bestellnummer: {ref}
D Summe: {amount}
B Bestellung ansehen
# newsletter
S Neu im {month}: {topic}
S Nur dieses Wochenende: {n2} % Rabatt
S Unser Newsletter im {month}
S Einladung zum Webinar: {topic}
1 In dieser Ausgabe geht es um {topic}, dazu drei Lesetipps und ein Gespräch mit unserem Team in {city}.
1 Nur bis Sonntag: {n2} % Rabatt auf ausgewählte Artikel, online und in unseren Filialen.
1 Wir laden Sie herzlich zu unserem kostenlosen Webinar über {topic} ein.
2 Außerdem: die Gewinner unseres Fotowettbewerbs und ein Rezept zum Nachkochen.
2 Versandkostenfrei ab {amount}. Nicht mit anderen Aktionen kombinierbar.
3 Viel Spaß beim Lesen wünscht Ihr {brand}-Team
B Weiterlesen
B Jetzt einkaufen
B Jetzt anmelden
# statement
S Ihr Kontoauszug ist da
S Änderung unserer Geschäftsbedingungen
S Neue Nachricht in Ihrem Postfach
1 In Ihrem Online-Banking liegt ein neuer Kontoauszug für {month} bereit. Bitte melden Sie sich wie gewohnt an.
1 Zum {date} ändern wir unsere Geschäftsbedingungen. Die wichtigsten Punkte haben wir für Sie zusammengefasst.
2 Aus Sicherheitsgründen verschicken wir keine Links zur Anmeldung. Bitte rufen Sie unsere Seite selbst auf.
3 Freundliche Grüße, Ihre {brand}
B Mehr erfahren
# shared
S {person} hat "{doc}" mit Ihnen geteilt
S Einladung: {topic} am {date}
1 {person} hat Sie eingeladen, das Dokument {doc} zu bearbeiten.
1 {person} hat kommentiert: "Passt so, können wir die Frist auf {weekday} legen?"
2 Sie erhalten diese Nachricht, weil Sie Mitglied von {repo} sind.
B Öffnen
# internal
S Wartungsarbeiten am {weekday}
S Erinnerung: Reisekosten bis {weekday} einreichen
S Protokoll {topic}
S AW: {topic}
S Parkplatz am {date} gesperrt
1 Liebe Kolleginnen und Kollegen, am {weekday} ab 19 Uhr sind Fileserver und VPN wegen Wartung nicht erreichbar.
1 Hallo zusammen, bitte reicht eure Reisekosten für {month} bis {weekday} ein.
1 Hallo, anbei das Protokoll von heute. Sagt Bescheid, falls etwas fehlt.
1 Danke, passt so. Treffen wir uns um {n1}:30 Uhr im kleinen Raum?
1 Kurze Frage: Hast du die Zahlen zu {topic} schon? Ich brauche sie für die Folien.
2 Viele Grüße, {person}
2 Bei Fragen hilft der Service Desk unter Durchwahl {n4}. {person}
# business
S Angebot {ref}
S Vertragsentwurf {topic}
S Terminverschiebung
1 Sehr geehrte Frau {person}, wie telefonisch besprochen erhalten Sie anbei unser Angebot {ref}, gültig bis {date}.
1 Guten Tag, könnten wir unseren Termin auf {weekday} verschieben? Vormittags bin ich unterwegs.
1 Vielen Dank für die Rechnung, sie wurde heute zur Zahlung freigegeben.
2 Mit freundlichen Grüßen, {person}
2 Beste Grüße aus {city}, {person}
#! signin
S Ihr Konto wurde vorübergehend gesperrt
S Wichtig: Bestätigen Sie Ihre Daten
S {brand}: Sicherheitsüberprüfung erforderlich
1 Aufgrund ungewöhnlicher Aktivitäten wurde Ihr {brand}-Konto vorübergehend eingeschränkt.
1 Ihr Zugang läuft in Kürze ab. Aus Sicherheitsgründen müssen Sie Ihre Daten erneut bestätigen.
1 Im Rahmen der neuen EU-Richtlinie müssen alle Kunden ihre Identität bestätigen.
2 Bitte bestätigen Sie Ihre Angaben innerhalb von 24 Stunden, sonst wird Ihr Konto dauerhaft gesperrt.
2 Ohne Bestätigung fällt eine Bearbeitungsgebühr von {amount} an.
3 Ihr {brand} Kundenservice
B Jetzt bestätigen
B Zur Verifizierung
B Konto entsperren
#! mailbox
S Ihr Passwort läuft heute ab
S Ihr Postfach ist voll
S Neue Sprachnachricht für Sie
1 Ihr Passwort läuft heute ab. Behalten Sie Ihr aktuelles Passwort über die folgende Schaltfläche.
1 Ihr Postfach hat das Speicherlimit erreicht, eingehende Nachrichten werden zurückgehalten.
2 Melden Sie sich innerhalb von 24 Stunden an, sonst wird Ihr Konto deaktiviert.
3 IT-Abteilung
B Passwort behalten
B Nachrichten freigeben
#! helpdesk
S Konto muss neu bestätigt werden
S Speicherplatz aufgebraucht
S Zwei-Faktor-Anmeldung läuft ab
1 Ihr Postfach ist fast voll. Bestätigen Sie umgehend Ihr Konto, damit keine Nachrichten verloren gehen.
1 Ihre Registrierung läuft am {weekday} ab. Scannen Sie den QR-Code, um sie zu erneuern.
2 Konten, die nicht bestätigt werden, werden gelöscht.
2 Melden Sie sich mit Ihren Zugangsdaten an, um den Speicher zu erweitern.
3 Ihr IT-Service
B Postfach bestätigen
B Speicher erweitern
#! parcel
S Ihr Paket wartet auf Sie
S Zollgebühr für Sendung {ref}
1 Ihr Paket {ref} konnte wegen einer offenen Zollgebühr von {amount} nicht zugestellt werden.
1 Die Zustellung ist fehlgeschlagen, weil die Adresse unvollständig ist.
2 Bitte zahlen Sie innerhalb von 48 Stunden, sonst geht die Sendung zurück.
B Gebühr bezahlen
B Adresse bestätigen
#! ceo
S Kurze Anfrage
S Bist du gerade erreichbar?
S Neue Bankverbindung
1 Bist du gerade im Büro? Ich brauche kurz deine Hilfe, bin in einer Besprechung und kann nicht telefonieren.
1 Bitte beachten Sie, dass sich unsere Bankverbindung geändert hat. Überweisen Sie offene Beträge auf das neue Konto.
2 Bitte vertraulich behandeln. {person}
`;
