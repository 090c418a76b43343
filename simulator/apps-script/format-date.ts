/** `Utilities.formatDate` for the letters of java.text.SimpleDateFormat that are in use. @throws Error for another one */
export function formatDate(at: number, timeZone: string, pattern: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const month = MONTHS.indexOf(part('month').slice(0, 3)) + 1;
  const letters: Record<string, string> = {
    d: part('day'),
    dd: part('day').padStart(2, '0'),
    MM: String(month).padStart(2, '0'),
    MMM: MONTHS[month - 1] ?? '',
    yyyy: part('year'),
    HH: part('hour'),
    mm: part('minute'),
  };
  return pattern.replace(/[A-Za-z]+/g, (run) => {
    const value = letters[run];
    if (value === undefined) throw new Error(`formatDate: ${run} is not simulated`);
    return value;
  });
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
