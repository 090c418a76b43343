import type { Exposure } from '../submission.ts';
import type { Language } from './language.ts';

/** Most urgent first: the order in which a person should act. */
const URGENCY: readonly Exposure[] = ['entered_password', 'opened_attachment', 'replied', 'clicked_link'];

/** What to do now, in order, for what has already happened with a dangerous message; [] when nothing has. */
export function exposureAdvice(exposure: readonly Exposure[], language: Language): string[] {
  return URGENCY.filter((kind) => exposure.includes(kind)).flatMap((kind) => ADVICE[language][kind]);
}

const ADVICE: Record<Language, Record<Exposure, string[]>> = {
  en: {
    entered_password: [
      'Change that password now, everywhere you use it. Type the address of the real site yourself; do not use the link in the message.',
      'Then call your IT or security team, so that they can sign a stranger out. Nobody will blame you: being quick is what helps.',
    ],
    opened_attachment: [
      'Take the device off the network (Wi-Fi and cable), leave it switched on, and call your IT or security team from another device.',
    ],
    replied: [
      'Do not write again. If you sent bank details or money, call your bank now, and then your IT or security team.',
    ],
    clicked_link: [
      'Close the page. If you typed nothing there and nothing was downloaded, that is usually all. If something was downloaded, do not open it and tell your IT or security team.',
    ],
  },
  de: {
    entered_password: [
      'Ändern Sie dieses Passwort jetzt, überall, wo Sie es benutzen. Geben Sie die Adresse der echten Seite selbst ein; benutzen Sie nicht den Link aus der Nachricht.',
      'Rufen Sie dann Ihre IT oder Ihr Sicherheitsteam an, damit Fremde abgemeldet werden. Niemand macht Ihnen einen Vorwurf: Es hilft, schnell zu sein.',
    ],
    opened_attachment: [
      'Trennen Sie das Gerät vom Netz (WLAN und Kabel), lassen Sie es eingeschaltet, und rufen Sie Ihre IT oder Ihr Sicherheitsteam von einem anderen Gerät an.',
    ],
    replied: [
      'Schreiben Sie nicht noch einmal. Wenn Sie Bankdaten oder Geld geschickt haben, rufen Sie jetzt Ihre Bank an und danach Ihre IT oder Ihr Sicherheitsteam.',
    ],
    clicked_link: [
      'Schließen Sie die Seite. Wenn Sie dort nichts eingegeben haben und nichts heruntergeladen wurde, ist das meist alles. Wurde etwas heruntergeladen, öffnen Sie es nicht, und sagen Sie es Ihrer IT oder Ihrem Sicherheitsteam.',
    ],
  },
};
