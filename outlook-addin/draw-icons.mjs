/**
 * Draws the mark (a hook that comes back up, on a rounded square) in every size the manifest names:
 * `node outlook-addin/draw-icons.mjs`. Pure Node: coverage by 8 x 8 samples a pixel, written as 8-bit RGBA PNG.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const SIZES = [16, 20, 24, 25, 32, 40, 48, 50, 64, 75, 80, 96, 128, 144];
const GROUND = [11, 110, 127];
const LINE = [255, 255, 255];
const SAMPLES = 8;

const folder = new URL('./icons/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const size of SIZES) writeFileSync(new URL(`icon-${size}.png`, folder), png(size, draw(size)));

/** RGBA pixels, not premultiplied. */
function draw(size) {
  const pixels = Buffer.alloc(size * size * 4);
  // Below 32 px a thin line turns grey: the hook gets heavier.
  const half = size < 32 ? 0.068 : 0.056;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let ground = 0;
      let line = 0;
      for (let sy = 0; sy < SAMPLES; sy++) {
        for (let sx = 0; sx < SAMPLES; sx++) {
          const u = (x + (sx + 0.5) / SAMPLES) / size;
          const v = (y + (sy + 0.5) / SAMPLES) / size;
          if (!insideSquare(u, v)) continue;
          ground++;
          if (hook(u, v, half)) line++;
        }
      }
      const share = ground === 0 ? 0 : line / ground;
      const at = (y * size + x) * 4;
      for (let c = 0; c < 3; c++) pixels[at + c] = Math.round(GROUND[c] + (LINE[c] - GROUND[c]) * share);
      pixels[at + 3] = Math.round((ground / SAMPLES ** 2) * 255);
    }
  }
  return pixels;
}

function insideSquare(u, v) {
  const radius = 0.22;
  const dx = Math.max(Math.abs(u - 0.5) - (0.5 - radius), 0);
  const dy = Math.max(Math.abs(v - 0.5) - (0.5 - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

/** Eye, shank, bend and a barbed point, in unit coordinates. */
function hook(u, v, half) {
  const eye = Math.abs(Math.hypot(u - 0.6, v - 0.235) - 0.075) <= half * 0.8;
  const shank = segment(u, v, 0.6, 0.31, 0.6, 0.62) <= half;
  const bend = v >= 0.62 && Math.abs(Math.hypot(u - 0.44, v - 0.62) - 0.16) <= half;
  const point = segment(u, v, 0.28, 0.62, 0.28, 0.46) <= half;
  const barb = segment(u, v, 0.28, 0.46, 0.385, 0.565) <= half * 0.9;
  return eye || shank || bend || point || barb;
}

function segment(u, v, ax, ay, bx, by) {
  const t = Math.min(1, Math.max(0, ((u - ax) * (bx - ax) + (v - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(u - ax - t * (bx - ax), v - ay - t * (by - ay));
}

function png(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((size * 4 + 1) * size);
  for (let y = 0; y < size; y++) pixels.copy(rows, y * (size * 4 + 1) + 1, y * size * 4, (y + 1) * size * 4);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** CRC-32 of the PNG specification, annex D; zlib.crc32 needs Node 22. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
