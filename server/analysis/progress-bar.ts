/** A bar on a terminal; silent elsewhere. */
export interface ProgressBar {
  step(): void;
  end(): void;
}

const WIDTH = 30;

export function progressBar(
  out: { write(text: string): unknown; isTTY?: boolean },
  title: string,
  total: number,
): ProgressBar {
  if (!out.isTTY || total === 0) return { step() {}, end() {} };
  let done = 0;
  let shown = -1;
  return {
    step() {
      done++;
      const filled = Math.floor((WIDTH * done) / total);
      const percent = Math.floor((100 * done) / total);
      if (percent === shown) return;
      shown = percent;
      out.write(`\r${title} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(percent).padStart(3)} %`);
    },
    end() {
      out.write(`\r${' '.repeat(title.length + WIDTH + 8)}\r`);
    },
  };
}
