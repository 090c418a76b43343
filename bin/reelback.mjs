#!/usr/bin/env node
/** `reelback <command>`: the built command line, built first when a source has changed. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';

const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));
// Standard output belongs to the command.
await prepare(rootDir, (line) => process.stderr.write(`${line}\n`));
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(rootDir, 'dist/server/cli.mjs')).href);
