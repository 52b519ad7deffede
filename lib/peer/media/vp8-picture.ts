import { BoolEncoder } from "./bool-encoder.ts";

/** A colour, each part 0–255, as video has it. */
export interface Colour {
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** A picture of squares: `colours` has one for each square of 16 × 16 pixels, row by row. */
export interface SquarePicture {
  /** In squares. */
  readonly columns: number;
  readonly rows: number;
  readonly colours: readonly Colour[];
}

/**
 * A VP8 key frame of a picture of squares, exact to the pixel. RFC 6386.
 * Every macroblock is predicted from its neighbours' edges (DC_PRED); where that is not its colour already, one coefficient
 * for each plane adds the difference. The quantizer is the finest, the loop filter off.
 */
export function encodeVp8(picture: SquarePicture): Uint8Array {
  const { columns, rows } = picture;
  const modes = new BoolEncoder(AFTER_PROBABILITIES);
  const tokens = new BoolEncoder({ bytes: 0, range: 255, shifts: 24 });
  modes.write(true, 128); // mb_no_coeff_skip
  modes.writeNumber(SKIP_PROBABILITY, 8);
  const above: Contexts[] = Array.from({ length: columns }, emptyContexts);
  for (let row = 0; row < rows; row++) {
    let left = emptyContexts();
    for (let column = 0; column < columns; column++) {
      const difference = differenceAt(picture, row, column);
      const isSkipped = difference.y === 0 && difference.u === 0 && difference.v === 0;
      modes.write(isSkipped, SKIP_PROBABILITY);
      // DC_PRED for luma and chroma. RFC 6386 §11.2, §11.3.
      modes.write(true, 145);
      modes.write(false, 156);
      modes.write(false, 163);
      modes.write(false, 142);
      const next = emptyContexts();
      if (!isSkipped) writeBlocks(tokens, difference, above[column] ?? next, left, next);
      above[column] = next;
      left = next;
    }
  }
  const first = modes.finish();
  const second = tokens.finish();
  const frame = new Uint8Array(10 + first.length + second.length);
  // A key frame that is shown, version 0, and the length of its first partition. RFC 6386 §9.1.
  const tag = 0x10 | (first.length << 5);
  frame.set([tag & 0xff, (tag >> 8) & 0xff, (tag >> 16) & 0xff, 0x9d, 0x01, 0x2a]);
  const view = new DataView(frame.buffer);
  view.setUint16(6, columns * 16, true);
  view.setUint16(8, rows * 16, true);
  frame.set(first, 10);
  frame.set(second, 10 + first.length);
  return frame;
}

/**
 * How the encoder stands after a frame header that leaves everything as it is by default: only zeros, 29 for the fields
 * (RFC 6386 §9.2–§9.11), and 1056 that leave the coefficient probabilities alone, each as likely as §13.4 says. Zeros
 * move nothing but the range.
 */
const AFTER_PROBABILITIES = { bytes: 3, range: 193, shifts: 6 };

/** In 256, how likely a macroblock is not to be skipped. */
const SKIP_PROBABILITY = 32;

/** Whether the blocks of a macroblock had a coefficient: what comes next to them is coded by it. RFC 6386 §13.3. */
interface Contexts {
  y2: boolean;
  u: boolean;
  v: boolean;
}

function emptyContexts(): Contexts {
  return { y2: false, u: false, v: false };
}

/** What the prediction lacks. Above and left edges have one colour each; without any, prediction is 128. §12.2, §12.3. */
function differenceAt({ columns, colours }: SquarePicture, row: number, column: number): Colour {
  const own = colours[row * columns + column] ?? grey;
  const above = row > 0 ? (colours[(row - 1) * columns + column] ?? grey) : undefined;
  const left = column > 0 ? (colours[row * columns + column - 1] ?? grey) : undefined;
  const predicted = (part: keyof Colour): number => {
    if (above === undefined || left === undefined) return (above ?? left ?? grey)[part];
    return (above[part] + left[part] + 1) >> 1;
  };
  return { y: own.y - predicted("y"), u: own.u - predicted("u"), v: own.v - predicted("v") };
}

const grey: Colour = { y: 128, u: 128, v: 128 };

/** RFC 6386 §13: Y2, sixteen of Y, four of U, four of V. With the finest quantizer one step is 1/8 of luma, 1/2 of chroma. */
function writeBlocks(
  tokens: BoolEncoder,
  difference: Colour,
  above: Contexts,
  left: Contexts,
  next: Contexts,
): void {
  writeBlock(tokens, difference.y * 8, lumaProbabilities, count(above.y2, left.y2));
  for (let block = 0; block < 16; block++) tokens.write(false, Y_END_PROBABILITY);
  for (const plane of ["u", "v"] as const) {
    const value = difference[plane] * 2;
    const is = value !== 0;
    // Four blocks, two by two: beside them their own kind, or the neighbour's.
    writeBlock(tokens, value, chromaProbabilities, count(above[plane], left[plane]));
    writeBlock(tokens, value, chromaProbabilities, count(above[plane], is));
    writeBlock(tokens, value, chromaProbabilities, count(is, left[plane]));
    writeBlock(tokens, value, chromaProbabilities, count(is, is));
    next[plane] = is;
  }
  next.y2 = difference.y !== 0;
}

function count(one: boolean, other: boolean): 0 | 1 | 2 {
  if (one && other) return 2;
  return one || other ? 1 : 0;
}

/** A block with a coefficient in its first place, or none. RFC 6386 §13.2. */
function writeBlock(
  tokens: BoolEncoder,
  value: number,
  { first, end }: BlockProbabilities,
  context: 0 | 1 | 2,
): void {
  const p = first[context];
  if (value === 0) {
    tokens.write(false, p[0]);
    return;
  }
  const size = Math.abs(value);
  tokens.write(true, p[0]);
  tokens.write(true, p[1]);
  tokens.write(size > 1, p[2]);
  if (size > 1) writeSize(tokens, size, p);
  tokens.write(value < 0, 128);
  tokens.write(false, end[size > 1 ? 2 : 1]);
}

function writeSize(tokens: BoolEncoder, size: number, p: TokenProbabilities): void {
  tokens.write(size > 4, p[3]);
  if (size <= 4) {
    tokens.write(size > 2, p[4]);
    if (size > 2) tokens.write(size === 4, p[5]);
    return;
  }
  const at = categories.findIndex(
    ({ from }, index) => size < (categories[index + 1]?.from ?? Infinity) && size >= from,
  );
  const category = categories[at];
  if (category === undefined) return;
  tokens.write(at >= 2, p[6]);
  if (at < 2) {
    tokens.write(at === 1, p[7]);
  } else {
    tokens.write(at >= 4, p[8]);
    if (at < 4) tokens.write(at === 3, p[9]);
    else tokens.write(at === 5, p[10]);
  }
  const { from, bits } = category;
  bits.forEach((probability, index) => {
    tokens.write((((size - from) >> (bits.length - 1 - index)) & 1) === 1, probability);
  });
}

/** The tokens for numbers above 4, and the probabilities of their extra bits. RFC 6386 §13.2. */
const categories: readonly { readonly from: number; readonly bits: readonly number[] }[] = [
  { from: 5, bits: [159] },
  { from: 7, bits: [165, 145] },
  { from: 11, bits: [173, 148, 140] },
  { from: 19, bits: [176, 155, 140, 135] },
  { from: 35, bits: [180, 157, 141, 134, 130] },
  { from: 67, bits: [254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129] },
];

type TokenProbabilities = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

interface BlockProbabilities {
  /** For the first coefficient, by context. */
  readonly first: readonly [TokenProbabilities, TokenProbabilities, TokenProbabilities];
  /** That the block goes on behind it, by the coefficient's size: 0, 1, more. */
  readonly end: readonly [number, number, number];
}

/** Of the default probabilities (RFC 6386 §13.5) those that such pictures need. */
const lumaProbabilities: BlockProbabilities = {
  first: [
    [198, 35, 237, 223, 193, 187, 162, 160, 145, 155, 62],
    [131, 45, 198, 221, 172, 176, 220, 157, 252, 221, 1],
    [68, 47, 146, 208, 149, 167, 221, 162, 255, 223, 128],
  ],
  end: [1, 184, 81],
};

const chromaProbabilities: BlockProbabilities = {
  first: [
    [253, 9, 248, 251, 207, 208, 255, 192, 128, 128, 128],
    [175, 13, 224, 243, 193, 185, 249, 198, 255, 255, 128],
    [73, 17, 171, 221, 161, 179, 236, 167, 255, 234, 128],
  ],
  end: [1, 239, 155],
};

/** That a block of Y, which begins behind its first place, goes on. */
const Y_END_PROBABILITY = 253;
