import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files below a directory in the order of their names, or the file itself.
 * @throws what the file system throws for a path that is not there
 */
export function mailFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.jsonl'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
