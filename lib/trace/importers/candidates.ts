import type { TimedEvent } from "../assemble.ts";
import { assembleTrace } from "../assemble.ts";
import type { CandidateInit } from "../event.ts";
import { findPayloads } from "../find-payloads.ts";
import type { ImportSource } from "../import-source.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";

/** Candidates by themselves: lines `candidate:…` or `a=candidate:…`, or `RTCIceCandidateInit` as JSON, one a line or a list. */
export const candidates: Importer = defineImporter({
  id: "candidates",
  name: { en: "ICE candidates", ko: "ICE candidate" },
  recognise({ head }) {
    const isLine = /^["'`]?(?:a=)?candidate:\S+ \d+ /.test(head);
    const isInit =
      /^\[?\s*\{/.test(head) && /"candidate"\s*:\s*"(?:a=)?candidate:/.test(head.slice(0, 600));
    const isInside =
      !isLine && /(?:^|\n)\s*(?:a=)?candidate:\S+ \d+ /.test(head) && !/^[[{<]/.test(head);
    const fits = isLine || isInit || isInside;
    return {
      fits,
      likeness: isLine
        ? 0.9
        : isInit
          ? 0.45
          : isInside
            ? 0.3
            : head.includes("candidate:")
              ? 0.2
              : 0,
      reason: fits
        ? { en: "A line of it is a candidate.", ko: "candidate인 줄이 있습니다." }
        : {
            en: "None of its first lines is a candidate.",
            ko: "앞부분에 candidate인 줄이 없습니다.",
          },
    };
  },
  read(source) {
    const events = read(source).map(
      (candidate, index): TimedEvent => ({
        at: index,
        event: { peer: "peer", pc: "1", kind: "candidate", side: "local", candidate },
      }),
    );
    const trace = assembleTrace({
      format: "candidates",
      source,
      clock: "none",
      limits: ["no-clock", "unknown-sides", "no-calls", "no-states", "no-stats"],
      peers: [{ id: "peer" }],
      events,
    });
    return { traces: [trace], diagnostics: [] };
  },
});

function read({ head, text, json }: ImportSource): readonly (CandidateInit | null)[] {
  if (head.startsWith("[")) return inits(json().value);
  return text.split(/\r\n|\r|\n/).flatMap((line): readonly (CandidateInit | null)[] => {
    const bare = line.trim().replace(/^["'`]|["'`],?$/g, "");
    if (bare.startsWith("{")) return inits(bare);
    if (/^(?:a=)?end-of-candidates$/.test(bare)) return [null];
    if (!/^(?:a=)?candidate:/.test(bare)) return [];
    return [{ candidate: bare.replace(/^a=/, "") }];
  });
}

function inits(value: unknown): readonly (CandidateInit | null)[] {
  return findPayloads(value).flatMap((payload) =>
    payload === null || "candidate" in payload ? [payload] : [],
  );
}
