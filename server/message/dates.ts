/** Date-times of mail, RFC 5322 section 3.3, with the liberties senders take. */

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const ZONES: Record<string, number> = {
  ut: 0,
  gmt: 0,
  utc: 0,
  z: 0,
  edt: -4,
  est: -5,
  cdt: -5,
  cst: -6,
  mdt: -6,
  mst: -7,
  pdt: -7,
  pst: -8,
};
const DATE =
  /(\d{1,2})[ -]{1,3}([A-Za-z]{3})[a-z]*[ -]{1,3}(\d{2,4}),?\s{1,3}(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d{1,9})?(?:\s{1,3}([+-]\d{4}|[+-]\d{2}:\d{2}|[A-Za-z]{1,5}))?/;

/** null when it cannot be read or lies outside the years 1970 to 2200. */
export function readDate(value: string): Date | null {
  const text = value.slice(0, 200);
  const match = DATE.exec(text);
  if (match === null) return sane(new Date(Date.parse(text.replace(/\([^()]*\)/g, '').trim())));
  const month = MONTHS.indexOf((match[2] as string).toLowerCase());
  if (month < 0 || month % 3 !== 0) return null;
  let year = Number(match[3]);
  // RFC 5322 section 4.3, two and three digits.
  if (year < 50) year += 2000;
  else if (year < 1000) year += 1900;
  const day = Number(match[1]);
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const utc = Date.UTC(year, month / 3, day, hour, minute, second);
  return sane(new Date(utc - zoneMinutes(match[7] ?? '') * 60_000));
}

function zoneMinutes(zone: string): number {
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (numeric === null) return (ZONES[zone.toLowerCase()] ?? 0) * 60;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  return numeric[1] === '-' ? -minutes : minutes;
}

function sane(date: Date): Date | null {
  const time = date.getTime();
  return time >= 0 && time < Date.UTC(2200, 0) ? date : null;
}
