import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import pixelmatch from "pixelmatch";
import sharp from "sharp";

/** How pictures are compared. */
export interface PictureComparison {
  /** The folder of the committed pictures. */
  readonly committed: string;
  /** The folder for what differs: `<name>.expected.png`, `.actual.png` and `.difference.png`. */
  readonly differing: string;
  /** Whether a picture that differs replaces the committed one. */
  readonly update: boolean;
}

/** Above what rounding on another processor makes of a colour, and below any colour that a person would choose to change. */
const threshold = 0.01;
/** Pixels that may differ, fewer than a full stop has. */
const tolerance = 4;

/**
 * Compares a picture with the committed one.
 *
 * @param name the name of its file, without `.webp`
 * @param taken the picture as a PNG
 * @returns what differs, or undefined
 */
export async function differenceOf(
  name: string,
  taken: Buffer,
  { committed, differing, update }: PictureComparison,
): Promise<string | undefined> {
  const file = join(committed, `${name}.webp`);
  const place = (kind: string): string => join(differing, `${name}.${kind}.png`);
  for (const kind of ["expected", "actual", "difference"]) rmSync(place(kind), { force: true });

  const expected = existsSync(file) ? readFileSync(file) : undefined;
  const found = expected === undefined ? { text: "is missing" } : await compare(expected, taken);
  if (!found) return undefined;
  if (update) {
    mkdirSync(committed, { recursive: true });
    // Without a loss, and a quarter as large as a PNG.
    writeFileSync(file, await sharp(taken).webp({ lossless: true, effort: 6 }).toBuffer());
    return undefined;
  }
  mkdirSync(dirname(place("actual")), { recursive: true });
  writeFileSync(place("actual"), taken);
  if (expected) writeFileSync(place("expected"), await sharp(expected).png().toBuffer());
  if (found.difference) writeFileSync(place("difference"), found.difference);
  return `${name} ${found.text}`;
}

async function compare(
  expected: Buffer,
  actual: Buffer,
): Promise<{ readonly text: string; readonly difference?: Buffer } | undefined> {
  const [one, other] = await Promise.all([pixels(expected), pixels(actual)]);
  const { width, height } = one;
  if (width !== other.width || height !== other.height)
    return { text: `is ${other.width}×${other.height}, but was ${width}×${height}` };
  if (one.data.equals(other.data)) return undefined;
  const difference = Buffer.alloc(one.data.length);
  const count = pixelmatch(one.data, other.data, difference, width, height, { threshold, includeAA: true });
  if (count <= tolerance) return undefined;
  const raw = { width, height, channels: 4 } as const;
  return { text: `differs in ${count} pixels`, difference: await sharp(difference, { raw }).png().toBuffer() };
}

async function pixels(
  picture: Buffer,
): Promise<{ readonly data: Buffer; readonly width: number; readonly height: number }> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
