/** Times: how long ago for the eye, the full time for the curious and for machines. */
import { useSurroundings } from './context.ts';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** A week ago and older is a date; within a minute is "now". */
export function ago(at: Date, now: Date, language: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  if (Math.abs(seconds) > 7 * 86_400)
    return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 0];
  return size === 0 ? format.format(0, 'second') : format.format(Math.trunc(seconds / size), unit);
}

/** The browser's own habit of writing dates, where it speaks the chosen language. */
const localeOf = (language: string) => navigator.languages.find((tag) => tag.startsWith(language)) ?? language;

export function When({ at, full = false }: { at: string; full?: boolean }) {
  const { language } = useSurroundings();
  const date = new Date(at);
  const locale = localeOf(language);
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(date);
  return (
    <time dateTime={at} title={exact}>
      {full ? exact : ago(date, new Date(), locale)}
    </time>
  );
}
