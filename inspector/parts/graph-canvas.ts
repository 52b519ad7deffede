import type { ValueScale } from "../layout/graph-values.ts";
import type { Palette } from "../layout/palette.ts";
import type { Points } from "../layout/thin-series.ts";
import type { TimeScale } from "../layout/time-scale.ts";
import type { EventGap } from "../source/picture.ts";

/** A line to be drawn. `style` chooses its colour and its dashes. */
export interface GraphLine extends Points {
  readonly style: number;
  /** It stands out from the others. */
  readonly isStrong: boolean;
}

export interface GraphScene {
  readonly lines: readonly GraphLine[];
  readonly scale: TimeScale;
  readonly values: ValueScale;
  /** What is marked over all graphs. Pixels. */
  readonly marks: readonly { readonly x: number; readonly colour: string }[];
  readonly gaps: readonly EventGap[];
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
}

/** The colours of lines; red means that something failed, and is none of them. */
export const lineColours = ["blue", "green", "purple", "amber", "round", "grey"] as const;

/** Dashes tell lines apart where colours do not. Pixels. */
export const lineDashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];

/** Above and below the lines. Pixels. */
export const GRAPH_MARGIN = 6;

/** The place of a value on the canvas. Pixels from the top. */
export function valueY(values: ValueScale, height: number, value: number): number {
  return height - GRAPH_MARGIN - values.share(value) * (height - GRAPH_MARGIN * 2);
}

/** Draws a graph on a canvas whose field is set to CSS pixels. */
export function drawGraph(context: CanvasRenderingContext2D, scene: GraphScene): void {
  const { width, height, palette, values, scale } = scene;
  context.clearRect(0, 0, width, height);
  context.lineWidth = 1;
  for (const tick of values.ticks) {
    context.fillStyle = tick === 0 ? palette.line2 : palette.line;
    context.fillRect(0, Math.round(valueY(values, height, tick)), width, 1);
  }
  context.fillStyle = palette["amber-bg"];
  for (const { start, end } of scene.gaps) {
    const left = scale.x(start);
    context.fillRect(left, 0, Math.max(4, scale.x(end) - left), height);
  }
  context.globalAlpha = 0.55;
  for (const { x, colour } of scene.marks) {
    context.fillStyle = colour;
    context.fillRect(Math.round(x), 0, 1, height);
  }
  context.globalAlpha = 1;
  const isOneStrong = scene.lines.some(({ isStrong }) => isStrong);
  for (const line of scene.lines) {
    context.globalAlpha = isOneStrong && !line.isStrong ? 0.3 : 1;
    drawLine(context, scene, line);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Points further apart than this are shown as such. Pixels. */
const SEPARATE = 14;

function drawLine(
  context: CanvasRenderingContext2D,
  { scale, values, palette, height, width }: GraphScene,
  line: GraphLine,
): void {
  const colour = palette[lineColours[line.style % lineColours.length] ?? "grey"];
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = line.isStrong ? 2.5 : 1.5;
  context.lineJoin = "round";
  context.setLineDash([...(lineDashes[line.style % lineDashes.length] ?? [])]);
  const dots: [number, number][] = [];
  context.beginPath();
  let [lastX, isOpen] = [Number.NEGATIVE_INFINITY, false];
  for (let index = 0; index < line.t.length; index++) {
    const value = line.values[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      isOpen = false;
      continue;
    }
    const x = scale.x(line.t[index] ?? 0);
    const y = valueY(values, height, value);
    const next = scale.x(line.t[index + 1] ?? Number.POSITIVE_INFINITY);
    const isAlone = !isOpen && !(next < Infinity && !Number.isNaN(line.values[index + 1]));
    if (isOpen) context.lineTo(x, y);
    else context.moveTo(x, y);
    if (isAlone || (x - lastX > SEPARATE && next - x > SEPARATE)) dots.push([x, y]);
    isOpen = true;
    lastX = x;
  }
  context.stroke();
  for (const [x, y] of dots) {
    if (x < -4 || x > width + 4) continue;
    context.beginPath();
    context.arc(x, y, 2, 0, Math.PI * 2);
    context.fill();
  }
}
