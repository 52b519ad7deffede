import type { MarkBox, SliceBox } from "../layout/lane-geometry.ts";
import { CHARACTER, placeMarks, placeSlices } from "../layout/lane-geometry.ts";
import type { Palette } from "../layout/palette.ts";
import { printable } from "../layout/printable.ts";
import type { TimeScale } from "../layout/time-scale.ts";
import type { EventGap, LaneColumns } from "../source/picture.ts";
import { shapes, tones } from "../source/picture.ts";
import { outlines } from "./outlines.ts";

/** A lane to be drawn: `y` is its top on the canvas. */
export interface LaneRow {
  readonly lane: LaneColumns;
  readonly y: number;
  /** What is written into a slice of it, with so many characters of room. */
  readonly textOf: (index: number, room: number) => string;
}

/** A lane as it was drawn: what lies under a point is looked up here. */
export interface DrawnLane extends LaneRow {
  readonly slices: readonly SliceBox[];
  readonly marks: readonly MarkBox[];
}

export interface LaneScene {
  readonly rows: readonly LaneRow[];
  readonly scale: TimeScale;
  readonly gaps: readonly EventGap[];
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
  /** The events that are selected. */
  readonly covered: readonly number[];
  /** A stall's words. */
  readonly stalled: string;
  readonly mono: string;
}

const LANE = 20;
const BAR = 16;

/** Colours of the tones, in the order of `tones`: of the text and edge, and of the bar. */
function toneColours(palette: Palette): readonly (readonly [string, string])[] {
  return [
    [palette.grey, palette["grey-bg"]],
    [palette.blue, palette["blue-bg"]],
    [palette.green, palette["green-bg"]],
    [palette.amber, palette["amber-bg"]],
    [palette.red, palette["red-bg"]],
    [palette.edge, palette.raised],
  ];
}

const failed = tones.indexOf("failed");
const ended = tones.indexOf("ended");

/**
 * Draws lanes on a canvas whose field is set to CSS pixels. What is drawn is bounded by the pixels: a million slices take as
 * long as a thousand. Returns what was drawn, to look up what lies under a point.
 */
export function drawLanes(
  context: CanvasRenderingContext2D,
  scene: LaneScene,
): readonly DrawnLane[] {
  const { palette, width, height, scale } = scene;
  context.clearRect(0, 0, width, height);
  const colours = toneColours(palette);
  const hatch = hatchOf(context, palette.red);
  const drawn: DrawnLane[] = [];
  context.lineWidth = 1;
  for (const row of scene.rows) {
    const slices = placeSlices(row.lane.slices, scale);
    const marks = placeMarks(row.lane.marks, scale);
    drawn.push({ ...row, slices, marks });
    context.fillStyle = palette.line;
    context.globalAlpha = 0.55;
    context.fillRect(0, row.y, width, 1);
    context.globalAlpha = 1;
    for (const box of slices) drawSlice(context, scene, row, box, colours, hatch);
    for (const box of marks) drawMark(context, scene, row, box);
  }
  for (const gap of scene.gaps) drawGap(context, scene, gap);
  return drawn;
}

function drawSlice(
  context: CanvasRenderingContext2D,
  scene: LaneScene,
  { lane, y, textOf }: LaneRow,
  box: SliceBox,
  colours: ReturnType<typeof toneColours>,
  hatch: CanvasPattern | undefined,
): void {
  const [ink, ground] = colours[box.tone] ?? ["", ""];
  const top = y + 2;
  if (box.isPoint) {
    drawCross(context, box.x, y + LANE / 2, scene.palette.red);
    if (box.count > 1) {
      context.fillStyle = scene.palette.red;
      writeSmall(context, scene, `×${count(box.count)}`, box.x + 8, y);
    }
    if (isSelected(lane.slices.seq, box, scene)) outline(context, scene, box.x - 6, top, 12);
    return;
  }
  context.fillStyle = box.count > 1 ? ink : ground;
  if (box.count > 1) context.globalAlpha = 0.55;
  context.fillRect(box.x, top, box.width, BAR);
  context.globalAlpha = 1;
  const red = scene.palette["red-bg"];
  if (box.tone === failed && box.count === 1 && hatch) {
    context.fillStyle = hatch;
    context.fillRect(box.x, top, box.width, BAR);
  }
  if (box.stalledX !== undefined) {
    context.fillStyle = red;
    context.fillRect(box.x + box.stalledX, top, box.width - box.stalledX, BAR);
    if (hatch) {
      context.fillStyle = hatch;
      context.fillRect(box.x + box.stalledX, top, box.width - box.stalledX, BAR);
    }
    context.fillStyle = scene.palette.red;
    context.fillRect(box.x + box.stalledX, top, 2, BAR);
  }
  context.fillStyle = ink;
  if (box.tone === ended) {
    for (let dash = 0; dash < BAR; dash += 4) context.fillRect(box.x, top + dash, 2, 2);
  } else if (box.count === 1) {
    context.fillRect(box.x, top, Math.min(2, box.width), BAR);
    if (lane.kind === "calls" && box.width > 5)
      context.fillRect(box.x + box.width - 2, top, 2, BAR);
  }
  if (box.count === 1 && box.textWidth > 12) {
    const room = Math.floor((box.textWidth - 9) / CHARACTER);
    const stop = box.stalledX === undefined ? room : Math.floor((box.stalledX - 9) / CHARACTER);
    const text = printable(textOf(box.index, room), 80);
    const cut = fitted(text, Math.min(room, stop));
    context.fillStyle = box.tone === ended ? scene.palette.grey : ink;
    if (cut !== "") writeBar(context, scene, cut, box.x + box.textX + 6, y);
  }
  if (box.stalledX !== undefined) drawStall(context, scene, box, y);
  if (isSelected(lane.slices.seq, box, scene)) outline(context, scene, box.x, top, box.width);
}

/** The stall says what it is as far right as it can be read: clear of a fold that lies over it. */
function drawStall(
  context: CanvasRenderingContext2D,
  scene: LaneScene,
  box: SliceBox,
  y: number,
): void {
  const from = box.x + (box.stalledX ?? 0) + 8;
  const clear = clearStretch(scene, from, box.x + box.width - 4);
  const texts = [scene.stalled, scene.stalled.split(" · ")[0] ?? ""];
  const text = texts.find((one) => measure(one) + 10 <= clear.end - clear.start);
  if (text === undefined) return;
  const width = measure(text) + 10;
  const left = clear.end - width;
  context.fillStyle = scene.palette["red-bg"];
  context.fillRect(left, y + 2, width, BAR);
  context.fillStyle = scene.palette.red;
  context.font = `600 10.5px ${scene.mono}`;
  context.textBaseline = "middle";
  context.fillText(text, left + 5, y + LANE / 2 + 0.5);
}

/** The longest part of a stretch that no fold lies over. */
function clearStretch(
  { scale }: LaneScene,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  let best = { start, end: start };
  let from = start;
  const take = (until: number): void => {
    if (until - from > best.end - best.start) best = { start: from, end: until };
  };
  for (const fold of scale.folds) {
    if (fold.x + fold.width <= from || fold.x >= end) continue;
    take(fold.x - 4);
    from = fold.x + fold.width + 4;
  }
  take(end);
  return best;
}

/** About the width of a text in the bars' type: Hangul is twice as wide. */
function measure(text: string): number {
  let width = 0;
  for (const character of text) width += character > "\u1100" ? 11 : 6.4;
  return width;
}

function drawMark(
  context: CanvasRenderingContext2D,
  scene: LaneScene,
  { lane, y }: LaneRow,
  box: MarkBox,
): void {
  const { palette } = scene;
  const shape = shapes[lane.marks.shape[box.index] ?? 0] ?? "unknown";
  const isRefused = box.isBad && shape !== "error";
  const colour = {
    host: palette.blue,
    srflx: palette.green,
    prflx: palette.amber,
    relay: palette.purple,
    error: palette.red,
    end: palette.faint,
    unknown: palette.faint,
  }[shape];
  context.save();
  context.translate(box.x - 5, y + 5);
  const path = pathOf(outlines[shape]);
  if (isRefused) {
    context.strokeStyle = palette.red;
    context.lineWidth = 1.4;
    context.stroke(path);
    context.beginPath();
    context.moveTo(0.5, 9.5);
    context.lineTo(9.5, 0.5);
    context.stroke();
  } else {
    context.fillStyle = colour;
    context.fill(path);
  }
  context.restore();
  if (box.count > 1) {
    context.fillStyle = isRefused ? palette.red : palette.dim;
    writeSmall(context, scene, `×${count(box.count)}`, box.x + 8, y);
  }
  if (isSelected(lane.marks.seq, box, scene)) outline(context, scene, box.x - 7, y + 2, 14);
}

const paths = new Map<string, Path2D>();

function pathOf(outline: string): Path2D {
  const known = paths.get(outline);
  if (known) return known;
  const made = new Path2D(outline);
  paths.set(outline, made);
  return made;
}

function drawCross(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x + 4, y - 4);
  context.lineTo(x - 4, y + 4);
  context.stroke();
  context.lineWidth = 1;
}

/** A time of which events are missing: hatched over all lanes, with dashed edges. */
function drawGap(context: CanvasRenderingContext2D, scene: LaneScene, gap: EventGap): void {
  const { scale, palette, height, width } = scene;
  const left = Math.max(0, scale.x(gap.start));
  const right = Math.min(width, Math.max(left + 4, scale.x(gap.end)));
  if (right < 0 || left > width) return;
  context.fillStyle = palette["amber-bg"];
  context.globalAlpha = 0.75;
  context.fillRect(left, 0, right - left, height);
  context.globalAlpha = 1;
  const hatch = hatchOf(context, palette.amber);
  if (hatch) {
    context.fillStyle = hatch;
    context.fillRect(left, 0, right - left, height);
  }
}

function isSelected(
  seqs: Float64Array,
  box: { readonly index: number; readonly count: number },
  { covered }: LaneScene,
): boolean {
  if (covered.length === 0) return false;
  const first = seqs[box.index] ?? 0;
  if (box.count === 1) return covered.includes(first);
  const last = seqs[box.index + box.count - 1] ?? first;
  return covered.some((seq) => seq >= first && seq <= last);
}

function outline(
  context: CanvasRenderingContext2D,
  { palette }: LaneScene,
  x: number,
  y: number,
  width: number,
): void {
  context.strokeStyle = palette.accent;
  context.lineWidth = 2;
  context.strokeRect(x, y - 1, Math.max(4, width), BAR + 2);
  context.lineWidth = 1;
}

function writeBar(
  context: CanvasRenderingContext2D,
  { mono }: LaneScene,
  text: string,
  x: number,
  y: number,
): void {
  context.font = `10px ${mono}`;
  context.textBaseline = "middle";
  context.fillText(text, x, y + LANE / 2 + 0.5);
}

function writeSmall(
  context: CanvasRenderingContext2D,
  scene: LaneScene,
  text: string,
  x: number,
  y: number,
): void {
  writeBar(context, scene, text, x, y);
}

function fitted(text: string, room: number): string {
  if (room < 3) return "";
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}

/** A number in a small place: `999`, `12k`, `1.3M`. */
function count(of: number): string {
  if (of < 1000) return String(of);
  return of < 1_000_000
    ? `${(of / 1000).toFixed(of < 10_000 ? 1 : 0)}k`
    : `${(of / 1_000_000).toFixed(1)}M`;
}

const hatches = new Map<string, CanvasPattern>();

/** Diagonal lines of a colour, the same wherever they are laid. */
function hatchOf(context: CanvasRenderingContext2D, colour: string): CanvasPattern | undefined {
  const known = hatches.get(colour);
  if (known) return known;
  const size = 8;
  const tile = document.createElement("canvas");
  tile.width = size;
  tile.height = size;
  const ink = tile.getContext("2d");
  if (!ink) return undefined;
  ink.strokeStyle = colour;
  ink.globalAlpha = 0.4;
  ink.lineWidth = 1.5;
  ink.beginPath();
  for (const shift of [-size, 0, size]) {
    ink.moveTo(shift, size);
    ink.lineTo(shift + size, 0);
  }
  ink.stroke();
  const pattern = context.createPattern(tile, "repeat") ?? undefined;
  if (pattern) hatches.set(colour, pattern);
  return pattern;
}
