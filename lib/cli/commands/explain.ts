import { rfcLabel } from "../../rfc.ts";
import type { MediaDescription } from "../../sdp/description.ts";
import type { Line, SdpDocument } from "../../sdp/document.ts";
import type { Explanation } from "../../sdp/explain.ts";
import { explain as explainLine } from "../../sdp/explain.ts";
import { recogniseOther } from "../../sdp/not-sdp.ts";
import { parse } from "../../sdp/parse.ts";
import { readDescription } from "../../sdp/read-description.ts";
import type { Command, CommandIo, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { inFile } from "../in-file.ts";
import { oneFile } from "../one-file.ts";
import { readSdp } from "../read-sdp.ts";

/** Says what lines mean. */
export const explain: Command = defineCommand({
  name: "explain",
  summary: {
    en: "say what each line means, or one line: sdpscope explain a=setup:actpass",
    ko: "각 줄의 뜻을 설명합니다. 한 줄만도 됩니다: sdpscope explain a=setup:actpass",
  },
  operands: "[FILE | LINE]",
  options: [
    {
      name: "line",
      value: "NUMBER",
      description: { en: "only the line with this number", ko: "이 번호의 줄만 설명합니다" },
    },
  ],
  async run(invocation) {
    const operand = oneFile(invocation, "explain");
    const text =
      operand !== undefined && isLine(operand) ? operand : await readLines(invocation.io, operand);
    const document = parse(text);
    const description = readDescription(document);
    const wanted = lineNumber(invocation);
    const lines = numberedLines(document, description.media);
    if (wanted !== undefined && wanted > lines.length) {
      throw new UsageError({
        en: `The text has ${lines.length} lines; there is no line ${wanted}.`,
        ko: `텍스트는 ${lines.length}줄입니다. ${wanted}번째 줄은 없습니다.`,
      });
    }
    for (const { line, media, number } of lines) {
      if (line.source === "" || (wanted !== undefined && number !== wanted)) continue;
      const context = media === undefined ? { description } : { description, media };
      printExplanation(invocation, number, line, explainLine(line, context));
    }
    return 0;
  },
});

/** A candidate alone is no description, but has a meaning. */
async function readLines(io: CommandIo, name: string | undefined): Promise<string> {
  const text = await readSdp(io, name);
  const other = recogniseOther(text);
  if (other && !isLine(text.trimStart())) throw new UsageError(inFile(name ?? "-", other.message));
  return text;
}

/** `a=…` or a bare candidate: no file is called that. */
function isLine(operand: string): boolean {
  return operand[1] === "=" || operand.startsWith("candidate:");
}

function lineNumber({ options }: Invocation): number | undefined {
  const value = options["line"];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError({
    en: `--line is the number of a line, 1 for the first; got ${JSON.stringify(value)}.`,
    ko: `--line의 값은 줄 번호이며 첫 줄은 1입니다. 받은 값: ${JSON.stringify(value)}`,
  });
}

interface NumberedLine {
  readonly number: number;
  readonly line: Line;
  readonly media: MediaDescription | undefined;
}

function numberedLines(
  document: SdpDocument,
  media: readonly MediaDescription[],
): readonly NumberedLine[] {
  return [document.session, ...document.media]
    .flatMap(({ index, lines }) => lines.map((line) => ({ line, media: media[index] })))
    .map((entry, at) => ({ ...entry, number: at + 1 }));
}

function printExplanation(
  { io, json, lang }: Invocation,
  number: number,
  line: Line,
  explanation: Explanation,
): void {
  if (json) {
    io.out(JSON.stringify({ line: number, source: line.source, ...explanation }));
    return;
  }
  const { summary, parts, rfc } = explanation;
  const bold = (text: string): string => (io.isColour ? `\u001b[1m${text}\u001b[0m` : text);
  const dim = (text: string): string => (io.isColour ? `\u001b[2m${text}\u001b[0m` : text);
  io.out(`${dim(String(number).padStart(4))}  ${bold(line.source)}`);
  io.out(`      ${summary[lang]}${rfc === undefined ? "" : dim(`  ${rfcLabel(rfc)}`)}`);
  for (const { span, name, meaning } of parts) {
    const part = line.source.slice(span.start, span.end);
    io.out(`        ${part}  ${dim(`${name[lang]}:`)} ${meaning[lang]}`);
  }
}
