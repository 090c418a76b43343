import { codeReader, wasmFileIn } from '../../server/lookups/read-codes.ts';
import { grayPng, pictureOfCode } from '../message/codes.ts';

const read = codeReader(wasmFileIn('.'));

test('a code is read from a picture, large, small or in a field of white', async () => {
  const text = 'https://login.example.net/renew?user=ana';
  expect(await read(await pictureOfCode(text))).toEqual([text]);
  expect(await read(await pictureOfCode(text, 2))).toEqual([text]);
  expect(await read(await pictureOfCode(text, 3, 60))).toEqual([text]);
});

test('a picture without a code has none, and broken bytes are an error or none', async () => {
  expect(await read(grayPng(300, 300, (x, y) => (x * 7 + y * 13) & 255))).toEqual([]);
  const broken = (await pictureOfCode('https://a.example/')).subarray(0, 120);
  await expect(read(broken).catch(() => [])).resolves.toEqual([]);
});

test('without the file of the package the reading fails, and is not tried to be fetched', async () => {
  await expect(codeReader('/nowhere/zxing_reader.wasm')(grayPng(100, 100, () => 0))).rejects.toThrow(/ENOENT/);
});
