import type { Diagnostic } from "../../diagnostic.ts";
import type { Message } from "../../text.ts";
import type { TimedEvent } from "../assemble.ts";
import { assembleTrace } from "../assemble.ts";
import type { TypeReading } from "../description-type.ts";
import { descriptionType } from "../description-type.ts";
import type { DescriptionInit } from "../event.ts";
import { findPayloads } from "../find-payloads.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { readDescriptionInit } from "../payload.ts";
import { findSdp } from "../sdp-blocks.ts";
import type { TracePeer } from "../trace.ts";

/** Descriptions by themselves: SDP text, one or several, with or without words between them, or `{ type, sdp }` as JSON. */
export const sdp: Importer = defineImporter({
  id: "sdp",
  name: { en: "SDP", ko: "SDP" },
  recognise({ head, text }) {
    const isText = /^[ \t"'`>]*v=0[ \t]*(?:\\r|\\n|\r|\n)/.test(head);
    const isInit = /^[[{]/.test(head) && /"sdp"\s*:\s*"v=0/.test(head);
    const isPlain = !/^[[{<]|^RTCStatsDump/.test(head);
    const isInside = isPlain && !isText && findSdp(text.slice(0, LOOKED_AT), 1).length > 0;
    const fits = isText || isInit || isInside;
    return {
      fits,
      likeness: isText ? 0.95 : isInit ? 0.5 : isInside ? 0.35 : head.startsWith("v=") ? 0.6 : 0,
      reason: fits
        ? {
            en: "A description begins with v=0 in it.",
            ko: "v=0으로 시작하는 description이 있습니다.",
          }
        : { en: "No line of it is v=0.", ko: "v=0인 줄이 없습니다." },
    };
  },
  read(source) {
    const found =
      source.head.startsWith("{") || source.head.startsWith("[")
        ? ofJson(source.json().value)
        : ofText(source.text);
    const diagnostics = found.flatMap(({ reading, at }): Diagnostic[] =>
      reading === undefined ? [] : [concluded(reading, at)],
    );
    const events = found.map(({ description }, index): TimedEvent => {
      const { type } = description;
      return {
        at: index,
        event: {
          kind: "signal",
          peer: type === "offer" ? "offerer" : "answerer",
          direction: "out",
          transport: "memory",
          type,
          data: description,
        },
      };
    });
    const limits = [
      "no-clock",
      "no-calls",
      "no-states",
      "no-stats",
      ...(found.some(({ reading }) => reading) ? (["inferred-types"] as const) : []),
    ] as const;
    const trace = assembleTrace({
      format: "sdp",
      source,
      clock: "none",
      limits,
      peers: peers.filter(({ id }) => events.some(({ event }) => event.peer === id)),
      events,
    });
    return { traces: [trace], diagnostics };
  },
});

/** How far into a text its first description is looked for. */
const LOOKED_AT = 1_000_000;

/** A description of the source; `reading` says what its type was concluded from, where it is not written. */
interface Found {
  readonly description: DescriptionInit;
  readonly at: number;
  readonly reading?: TypeReading;
}

const peers: readonly TracePeer[] = [
  { id: "offerer", name: "Offerer" },
  { id: "answerer", name: "Answerer" },
];

function ofJson(value: unknown): readonly Found[] {
  const values = Array.isArray(value) ? value : [value];
  const found = values.flatMap((one): Found[] => {
    const description = readDescriptionInit(one);
    if (description) return [{ description, at: 0 }];
    const { sdp } = (one ?? {}) as { readonly sdp?: unknown };
    return typeof sdp === "string" ? [typed(sdp, 0)] : [];
  });
  if (found.length > 0) return found;
  // They may stand deeper, in the messages of some application.
  return findPayloads(value).flatMap((payload): Found[] =>
    payload !== null && "sdp" in payload ? [{ description: payload, at: 0 }] : [],
  );
}

function ofText(text: string): readonly Found[] {
  return findSdp(text).map(({ sdp, start, heading }) => {
    const words = heading.match(/\b(?:offer|answer|pranswer)\b/gi);
    const word = words?.at(-1)?.toLowerCase() as "offer" | "answer" | "pranswer" | undefined;
    return word === undefined ? typed(sdp, start) : { description: { type: word, sdp }, at: start };
  });
}

function typed(sdp: string, at: number): Found {
  const reading = descriptionType(sdp);
  return { description: { type: reading.type, sdp }, at, reading };
}

function concluded({ isCertain, reason }: TypeReading, at: number): Diagnostic {
  return {
    code: "import/inferred-type",
    severity: isCertain ? "info" : "warning",
    message: reason satisfies Message,
    span: { start: at, end: at + 3 },
  };
}
