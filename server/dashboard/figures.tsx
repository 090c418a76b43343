/** Numbers for a glance: tiles, and bars beside what they count. */
import type { ComponentChildren } from 'preact';
import { useSurroundings } from './context.ts';
import { visible } from './visible.ts';
import type { Words } from './words-en.ts';

export const percent = (share: number, language: string) =>
  new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: share > 0.99 && share < 1 ? 2 : 1,
  }).format(share);
const number = (n: number, language: string) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(n);

/** In the unit that people think in. */
export function duration(
  seconds: number,
  { words: { metrics: words }, language }: { words: Words; language: string },
): string {
  if (seconds < 90) return words.seconds(number(seconds, language));
  if (seconds < 5_400) return words.minutes(number(seconds / 60, language));
  if (seconds < 172_800) return words.hours(number(seconds / 3_600, language));
  return words.daysLong(number(seconds / 86_400, language));
}

/** How a number stands to the one of the time before; null where there was none. */
export function changeOf(
  now: number,
  before: number,
  { words: { metrics: words }, language }: { words: Words; language: string },
): string | null {
  if (before === 0) return null;
  const change = (now - before) / before;
  const share = percent(Math.round(Math.abs(change) * 100) / 100, language);
  if (Math.abs(change) < 0.005) return words.same;
  return words.before(change > 0 ? words.more(share) : words.fewer(share));
}

export function Tiles({ children }: { children: ComponentChildren }) {
  return <dl class="tiles">{children}</dl>;
}

interface TileProps {
  label: string;
  value: number | string;
  /** Lines below it; null and false are none. */
  hints?: (string | null | false | undefined)[];
}

export function Tile({ label, value, hints = [] }: TileProps) {
  const { language } = useSurroundings();
  return (
    <div class="card">
      <dt>{label}</dt>
      <dd class="value">{typeof value === 'number' ? number(value, language) : value}</dd>
      {hints.map(
        (hint) =>
          hint && (
            <dd key={hint} class="quiet small">
              {hint}
            </dd>
          ),
      )}
    </div>
  );
}

interface BarsProps {
  title: string;
  rows: readonly { key: string; count: number }[];
  /** The words for a key; the key itself where there are none. It may be a stranger's. */
  nameOf?: (key: string) => string | undefined;
  lead?: string;
  /** Shares are taken of this; default: of the sum. */
  of?: number;
}

/** What is counted, each beside a bar; a table to whoever listens. Nothing at all where nothing was counted. */
export function Bars({ title, rows, nameOf, lead, of }: BarsProps) {
  const { language } = useSurroundings();
  const counted = rows.filter(({ count }) => count > 0);
  if (counted.length === 0) return null;
  const most = Math.max(...counted.map(({ count }) => count));
  const whole = of ?? counted.reduce((all, { count }) => all + count, 0);
  return (
    <section class="card bars">
      <table>
        <caption>
          <h2>{title}</h2>
          {lead && <p class="quiet small">{lead}</p>}
        </caption>
        <tbody>
          {counted.map(({ key, count }) => (
            <tr key={key}>
              <th scope="row" dir="auto">
                {nameOf?.(key) ?? visible(key)}
                <progress max={most} value={count} aria-hidden="true" />
              </th>
              <td>
                {number(count, language)}
                {whole > 0 && <span class="quiet"> {percent(count / whole, language)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A table that may be wider than its place: it scrolls in itself, by keyboard too. */
export function WideTable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it
    <section class="wide-table" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
