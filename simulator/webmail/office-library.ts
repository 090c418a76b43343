import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Serves the real office.js from the package in node_modules, with the package's folder layout, which the library expects of
 * its content network. Nothing is written to disk; what is added is added to the answer.
 *
 * - `as_shipped`: every file byte for byte, but for outlook-web-16.01.js, which a host may differ in: it gets what Outlook has
 *   learned since 2022. Needs https; MicrosoftAjax.js comes from its own host.
 * - `localhost`: also lets plain http on this computer through, and brings MicrosoftAjax.js along, so that nothing is asked
 *   of the internet.
 */
export type LibraryMode = 'as_shipped' | 'localhost';

export interface OfficeLibrary {
  /** @param path below `/lib/1/hosted/`, such as `office.js`; null when the library has no such file. */
  file(path: string, mode: LibraryMode): Promise<Buffer | null>;
  /** The stand-in for `https://ajax.aspnetcdn.com/ajax/3.5/MicrosoftAjax.js`. */
  microsoftAjax(): Promise<Buffer>;
}

const HOST_FILE = 'outlook-web-16.01.js';
/** One folder deep at most, scripts only: enough for a library, too little to leave it. */
const NAME = /^(?:[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*\.js$/i;

/**
 * @param distDir the package's `dist`
 * @param additionsDir built outlook-addition.js, localhost-trust.js and microsoft-ajax.js
 */
export function officeLibrary(distDir: string, additionsDir: string): OfficeLibrary {
  const addition = (name: string) => readFile(join(additionsDir, `${name}.js`));
  return {
    async file(path, mode) {
      if (!NAME.test(path) || path.includes('..')) return null;
      const original = await readFile(join(distDir, path)).catch(() => null);
      if (original === null) return null;
      const separate = Buffer.from('\n;\n');
      if (path === HOST_FILE) {
        const parts = [original, separate, await addition('outlook-addition')];
        if (mode === 'localhost') parts.push(separate, await addition('localhost-trust'));
        return Buffer.concat(parts);
      }
      if (path === 'office.js' && mode === 'localhost') {
        return Buffer.concat([await addition('microsoft-ajax'), separate, original]);
      }
      return original;
    },
    microsoftAjax: () => addition('microsoft-ajax'),
  };
}
