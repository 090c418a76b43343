import type { EffectWords } from './effect-words.ts';

export const effectsDe: EffectWords = {
  provider: { microsoft365: 'Microsoft 365', google: 'Gmail' },
  effect: {
    microsoft365: {
      Quarantine:
        'Ein verborgener Ordner des Postfachs, den in Outlook niemand sieht. Dort bleiben die Kopien, bis Sie sie zurücklegen; nichts läuft ab.',
      Inbox: 'Zurück in den Ordner, in dem sie lag, gelesen oder ungelesen wie zuvor.',
      JunkEmail: 'Junk-E-Mail: dort weiter sichtbar. Ein Schritt legt sie zurück.',
      DeletedItems: 'Gelöschte Elemente: dort weiter sichtbar und zu öffnen. Ein Schritt legt sie zurück.',
      RecoverableItemsDeletions:
        'Wiederherstellbare Elemente: nicht mehr zu sehen, aber im Postfach wiederherstellbar. Exchange löscht sie nach 14 bis 30 Tagen; bis dahin lässt sie sich zurücklegen.',
      RecoverableItemsPurges:
        'Endgültig gelöscht: Weder das Postfach noch Reelback kann sie zurückholen. Nur die Exchange-Administration kann das noch, über eDiscovery, solange die Aufbewahrung reicht.',
    },
    google: {
      Quarantine:
        'Der Papierkorb mit einem verborgenen Label von uns: Dort ist sie weiter zu sehen. Google löscht sie nach 30 Tagen; bis dahin lässt sie sich genau zurücklegen.',
      Inbox: 'Ihre Labels kommen zurück wie zuvor, gelesen oder ungelesen.',
      JunkEmail:
        'Spam: dort weiter sichtbar, und der Spamfilter des Postfachs lernt daraus. Google löscht sie nach 30 Tagen; bis dahin lässt sie sich zurücklegen.',
      DeletedItems:
        'Der Papierkorb: Dort ist sie weiter zu sehen. Google löscht sie nach 30 Tagen; bis dahin lässt sie sich zurücklegen.',
      RecoverableItemsDeletions: 'Gmail hat keinen solchen Ort.',
      RecoverableItemsPurges:
        'Endgültig gelöscht: Niemand kann sie zurückholen. Das lässt sich nicht rückgängig machen.',
    },
  },
  unsupported: {
    microsoft365: 'Diese Microsoft-Cloud bietet das nicht an: Dort blieben die Kopien, wo sie sind.',
    google: 'Gmail hat für Gelöschtes nur den Papierkorb: Dort blieben die Kopien, wo sie sind.',
  },
  refused: (providers) =>
    `${providers} hat keinen solchen Ort, und dort können Kopien liegen. Bitte wählen Sie ein anderes Ziel.`,
  onlyRestore: 'In den Posteingang kommt eine Nachricht nur, indem sie zurückgelegt wird.',
};
