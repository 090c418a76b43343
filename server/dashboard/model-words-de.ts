/** Was die Übersicht über das urteilende Modell sagt, auf Deutsch. */
import type { modelEn } from './model-words-en.ts';

const plural = (n: number, one: string, many: string) => `${n.toLocaleString('de')} ${n === 1 ? one : many}`;

export const modelDe: typeof modelEn = {
  model: {
    title: 'Modell',
    judges: {
      title: 'Urteilt gerade',
      shipped: 'Das mitgelieferte Modell allein.',
      taught: 'Das mitgelieferte Modell, um höchstens 2 Logit verschoben durch das, was Ihr Team ihm beigebracht hat.',
      rests:
        'Eine Version ist gewählt, wurde aber neben einem anderen mitgelieferten Modell trainiert: Sie ruht, bis eine neue trainiert ist.',
      by: (name) => `gewählt von ${name}`,
      itself: 'Reelback',
      back: 'Eine Version zurück',
    },
    drift: {
      title: 'Etwas hat sich verändert',
      disposition: (verdict, before, now) =>
        `${verdict}: ${now} der gemeldeten Mails in den letzten sieben Tagen, ${before} in den vier Wochen davor.`,
      margin: (before, now) =>
        `Der mittlere Abstand gemeldeter Mails hat sich von ${before} auf ${now} Logit verschoben.`,
      disagreement: (now) =>
        `Bei ${now} der Mails, über die Menschen entschieden haben, sahen sie es anders als das Modell.`,
      advice: 'Solange das anhält, wird keine Version von selbst übernommen. Bitte sehen Sie sich die Meldungen an.',
      quiet: 'Keine Veränderung: Die letzten sieben Tage gleichen den vier Wochen davor.',
    },
    queue: {
      title: 'Was es lernen könnte',
      lead: 'Ein Beispiel je Kampagne. Alle Meldenden zusammen wiegen nie mehr als halb so viel wie das Team.',
      kinds: {
        team: 'vom Team entschieden',
        confirmed: 'Meldungen, die sich als richtig oder falsch erwiesen',
        report: 'unklar, von Meldenden, die meist recht haben',
      },
      leftOut: (n) => `${plural(n, 'Meldung', 'Meldungen')} über dem, was eine Person beibringen darf`,
      fresh: (n, needed) =>
        `${plural(n, 'Entscheidung', 'Entscheidungen')}, die noch keine Version kennt; ${needed} sind nötig.`,
      train: 'Jetzt trainieren',
      asked: 'Ein Training wartet auf den Beginn.',
      running: 'Training läuft …',
      ended: {
        proposed: 'Das letzte Training ergab eine bessere Version.',
        promoted: 'Das letzte Training ergab eine bessere Version, und sie urteilt.',
        rejected: 'Das letzte Training ergab keine bessere Version.',
        failed: 'Das letzte Training schlug fehl; das Protokoll sagt, warum.',
      },
    },
    setting: {
      title: 'Wenn es genug zu lernen gibt',
      lead: 'Eine Version wird gemessen, bevor sie urteilt, und urteilt nie, wenn mehr erwünschte Mails auffielen.',
      modes: {
        propose: ['Vorschlagen', 'Trainiert von selbst; ein Mensch lässt sie urteilen.'],
        auto: ['Von selbst übernehmen', 'Eine bessere Version urteilt sofort, außer wenn sich etwas verändert hat.'],
        off: ['Nur auf Wunsch', 'Trainiert, wenn jemand den Knopf drückt.'],
      },
    },
    versions: {
      title: 'Versionen',
      none: 'Noch keine: Dem mitgelieferten Modell wurde hier noch nichts beigebracht.',
      state: { proposed: 'Besser, wartet auf Sie', promoted: 'Hat geurteilt', rejected: 'Nicht besser' },
      judges: 'Urteilt',
      promote: 'Urteilen lassen',
      learnt: (n) => `gelernt aus ${plural(n, 'Kampagne', 'Kampagnen')}`,
      otherBase: 'Neben einem anderen mitgelieferten Modell trainiert.',
      figures: 'Zahlen',
      columns: { mail: 'Mails', now: 'Was damals urteilte', version: 'Diese Version' },
      rows: {
        labelPhish: 'Ihre Phishing-Mails erkannt',
        labelFlagged: 'Ihre erwünschten Mails auffällig',
        phish: 'Geschriebenes Phishing erkannt',
        flagged: 'Geschriebene erwünschte Mails auffällig',
      },
      of: (n, all) => `${n} von ${all}`,
      why: {
        too_few_labels: 'Zu wenige Entscheidungen, aus denen sie nicht gelernt hatte.',
        not_better: 'Sie ist sich Ihrer Entscheidungen nicht sicherer als das, was damals urteilte.',
        more_errors: 'Sie irrt sich öfter über Ihre Entscheidungen.',
        false_positives: 'Mehr erwünschte Mails fielen auf.',
        validation_fell: 'Sie übersähe Mails, die das mitgelieferte Modell erkennt.',
        moves_everything: 'Sie verschiebt Mails, über die niemand etwas gesagt hat.',
      },
    },
    notice: {
      drift: 'Was gemeldet wird, oder was Menschen darüber sagen, ist nicht mehr, was das Modell gewohnt ist.',
      waits: 'Eine bessere Version des Modells wartet auf Sie.',
    },
    refusal: {
      training_runs: 'Ein Training läuft schon.',
      model_not_better: 'Diese Version wurde gemessen und ist nicht besser.',
      model_of_another_base:
        'Diese Version wurde neben einem anderen mitgelieferten Modell trainiert: Trainieren Sie eine neue.',
      model_judges_already: 'Diese Version urteilt schon.',
      model_is_shipped: 'Das mitgelieferte Modell urteilt allein: Es gibt nichts, wohin man zurück könnte.',
    },
    card: {
      title: 'Das mitgelieferte Modell',
      lead: 'Anteil erkannter Phishing-Mails bei festem Anteil an Fehlalarmen, auf Mails, die es nicht kannte. Alles Weitere steht in der Modellkarte.',
      slice: 'Mails',
      recall: 'Erkannt',
    },
  },
};
