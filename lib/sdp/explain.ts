import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message, Span } from "../text.ts";
import { readable, withParticles } from "../text.ts";
import type { ExplainContext, Wording } from "./attribute.ts";
import { readValue } from "./attribute.ts";
import type { Line } from "./document.ts";
import { grammarOf } from "./grammar-of.ts";
import { attributeName, createLine } from "./line.ts";
import type { ScanRecord } from "./scanner.ts";
import { Scanner } from "./scanner.ts";
import type { SdpTransformReading } from "./sdp-transform.ts";
import { readThroughSdpTransform } from "./sdp-transform.ts";
import { valueFaults } from "./value-faults.ts";

/** What a line says, whole and part by part. */
export interface Explanation {
  readonly summary: Message;
  /** In the order of the line, at most 1000. Parts of a value that cannot be read to its end are explained as far as they are read. */
  readonly parts: readonly ExplainedPart[];
  /** Where the syntax is defined; absent for a line that is no SDP. */
  readonly rfc?: RfcRef;
}

/** One part of a line. */
export interface ExplainedPart {
  /** Offsets in the line's source; add `spanOf(document, line).start` for its place in the text. */
  readonly span: Span;
  readonly name: Message;
  readonly meaning: Message;
}

/**
 * Explains one line, part by part, in plain words. Takes a line of a document or its text, without the line end.
 * The context makes it better: with `media`, a payload type is called by its codec.
 * Never throws on content: an unknown attribute, a broken value and a line that is no SDP are explained as that. `TypeError` for what is neither line nor text.
 */
export function explain(line: Line | string, context: ExplainContext = {}): Explanation {
  const subject = typeof line === "string" ? createLine(line, "") : line;
  if (typeof subject?.source !== "string") {
    throw new TypeError(
      "A line of a document or its text is needed, such as explain(section.lines[0]).",
    );
  }
  const found = grammarOf(subject);
  if (found === undefined) return explainUnknown(subject);
  const { grammar, valueStart, label } = found;
  const record: ScanRecord = { parts: [], faults: [] };
  const value = readValue(grammar, new Scanner(record), subject.source, valueStart);
  const parts = record.parts.flatMap(({ part, span }): readonly ExplainedPart[] => {
    const words = grammar.parts[part];
    if (words === undefined) return [];
    const text = subject.source.slice(span.start, span.end);
    const meaning = worded(words.meaning, text, value, context);
    return meaning === undefined ? [] : [{ span, name: words.name, meaning: readable(meaning) }];
  });
  if (value === undefined) {
    return { summary: unreadable(label, subject), parts, rfc: grammar.rfc };
  }
  return { summary: readable(grammar.summary(value, context)), parts, rfc: grammar.rfc };
}

/** The words of a part; `undefined` where they depend on a value that cannot be read. */
function worded<Value>(
  wording: Wording<Value>,
  text: string,
  value: Value | undefined,
  context: ExplainContext,
): Message | undefined {
  if (typeof wording !== "function") return wording;
  return value === undefined ? undefined : wording(text, value, context);
}

function unreadable(label: string, line: Line): Message {
  const fault = valueFaults(line).find(({ severity }) => severity === "error")?.message;
  return {
    en: `${fault?.en ?? `The value of this ${label} line cannot be read.`} A receiver ignores the line or refuses the whole description.`,
    ko: `${fault?.ko ?? `이 ${label} 줄의 값을 읽을 수 없습니다.`} 받는 쪽은 이 줄을 무시하거나 description 전체를 거부합니다.`,
  };
}

/** An attribute that only sdp-transform's grammar knows: its fields, by the names they have there. */
function explainForeign(
  name: string,
  line: Line,
  { key, value }: SdpTransformReading,
): Explanation {
  const fields: [string, unknown][] =
    typeof value === "object" && value !== null ? Object.entries(value) : [[key, value]];
  let from = 2 + name.length;
  const parts = fields.flatMap(([field, content]): ExplainedPart[] => {
    const text = String(content);
    const start = text === "" ? -1 : line.source.indexOf(text, from);
    if (start < 0) return [];
    from = start + text.length;
    return [
      {
        span: { start, end: from },
        name: { en: field, ko: field },
        meaning: {
          en: `The field ${field} of ${key} in sdp-transform's model.`,
          ko: `sdp-transform 모델에서 ${key}의 ${field} 필드입니다.`,
        },
      },
    ];
  });
  return {
    summary: {
      en: `The attribute ${name}, which WebRTC does not use; sdp-transform reads it as ${key}. Browsers ignore it.`,
      ko: withParticles(
        `WebRTC에서 쓰지 않는 속성 ${name}입니다. sdp-transform은 ${key}(으)로 읽으며, 브라우저는 무시합니다.`,
      ),
    },
    parts,
    rfc: rfc(8866, "5.13"),
  };
}

function explainUnknown(line: Line): Explanation {
  const name = attributeName(line);
  if (name !== undefined) {
    const read = readThroughSdpTransform(line);
    if (read) return explainForeign(name, line, read);
    return {
      summary: {
        en: `The attribute ${name} is not known here. A receiver that does not know it ignores it.`,
        ko: withParticles(
          `${name}은(는) 여기서 알지 못하는 속성입니다. 이 속성을 모르는 수신자는 무시합니다.`,
        ),
      },
      parts: [],
      rfc: rfc(8866, "5.13"),
    };
  }
  if (line.type !== "") {
    return {
      summary: {
        en: `SDP has no lines of the type ${line.type}=. A receiver may refuse the whole description.`,
        ko: `SDP에는 ${line.type}= 형식의 줄이 없습니다. 받는 쪽이 description 전체를 거부할 수 있습니다.`,
      },
      parts: [],
      rfc: rfc(8866, "5"),
    };
  }
  return {
    summary:
      line.source === ""
        ? {
            en: "A blank line. SDP has none; browsers refuse a description with one in the middle.",
            ko: "빈 줄입니다. SDP에는 빈 줄이 없으며, 중간에 있으면 브라우저가 거부합니다.",
          }
        : {
            en: "This is no SDP line: each begins with one letter and an equals sign.",
            ko: "SDP 줄이 아닙니다. 모든 줄은 한 글자와 등호로 시작합니다.",
          },
    parts: [],
  };
}
