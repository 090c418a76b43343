/** QR codes and their like in pictures, by ZXing compiled to WebAssembly: the file of the package, nothing is fetched. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Codes of one picture; a sheet of a hundred coupons is none of ours. */
const MOST_CODES = 4;
const LONGEST_TEXT = 4_000;

/**
 * The texts of the codes in a picture (PNG, JPEG, GIF, BMP), at most four. Loaded with the first picture (40 ms, 1 MB), 6 to 70 ms
 * each; it blocks its thread meanwhile.
 * @param wasmFile zxing_reader.wasm of the zxing-wasm package
 */
export function codeReader(wasmFile: string): (image: Uint8Array) => Promise<string[]> {
  let loading: Promise<typeof import('zxing-wasm/reader')> | null = null;
  return async (image) => {
    loading ??= load(wasmFile);
    const { readBarcodes } = await loading;
    const results = await readBarcodes(image, {
      formats: ['QRCode', 'MicroQRCode', 'RMQRCode', 'Aztec', 'DataMatrix'],
      tryHarder: true,
      // The finder patterns of these are found whichever way they lie.
      tryRotate: false,
      maxNumberOfSymbols: MOST_CODES,
    });
    return results.filter(({ isValid }) => isValid).map(({ text }) => text.slice(0, LONGEST_TEXT));
  };
}

/** @param rootDir folder that has node_modules */
export function wasmFileIn(rootDir: string): string {
  return join(rootDir, 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
}

async function load(wasmFile: string) {
  const [reader, wasm] = await Promise.all([import('zxing-wasm/reader'), readFile(wasmFile)]);
  await reader.prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
    fireImmediately: true,
  });
  return reader;
}
