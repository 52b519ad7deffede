import type { Diagnostic } from "../../diagnostic.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { readJsonLines } from "../json-lines.ts";
import type { RtcstatsExpander } from "../rtcstats-compression.ts";
import { createRtcstatsExpander } from "../rtcstats-compression.ts";
import type { RtcstatsEntry } from "../rtcstats-log.ts";
import { createStatsChanges, rtcstatsTraces } from "../rtcstats-log.ts";
import { methodNames } from "../rtcstats-names.ts";

/**
 * rtcstats, file format 3: what rtcstats-js sends and its server stores, and the second download of `chrome://webrtc-internals`.
 *
 *     RTCStatsDump
 *     {"fileFormat":3,…}
 *     ["create","PC_0",{"iceServers":[]},1758602115670]
 *     [2,"PC_0",null,"2-0",5]
 *                          ^ milliseconds since the line before
 */
export const rtcstats: Importer = defineImporter({
  id: "rtcstats",
  name: { en: "rtcstats dump", ko: "rtcstats 덤프" },
  recognise({ head }) {
    const fits = /^RTCStatsDump\r?\n/.test(head);
    return {
      fits,
      likeness: fits ? 1 : head.startsWith("RTCStats") ? 0.6 : 0,
      reason: fits
        ? { en: "Its first line is RTCStatsDump.", ko: "첫 줄이 RTCStatsDump입니다." }
        : { en: "Its first line is not RTCStatsDump.", ko: "첫 줄이 RTCStatsDump가 아닙니다." },
    };
  },
  read(source) {
    const first = source.text.indexOf("\n");
    const { lines, diagnostics, isCut } = readJsonLines(source.text, first + 1);
    const header = fieldsOf(lines.find(({ value }) => !Array.isArray(value))?.value);
    const expanders = new Map<string, RtcstatsExpander>();
    const changes = new Map<string, ReturnType<typeof createStatsChanges>>();
    let time = 0;
    let userAgent = textOf(header["userAgent"]);
    let isChromium = false;
    const entries: RtcstatsEntry[] = [];
    for (const { value: line, at: origin } of lines) {
      if (!Array.isArray(line) || line.length < 2) continue;
      const [method, pc, given, ...extra] = line as readonly unknown[];
      const delta = extra.pop();
      if (typeof delta === "number" && Number.isFinite(delta)) time += delta;
      const name = methodNames.get(String(method)) ?? String(method);
      const id = pc === null || pc === undefined ? null : String(pc);
      const expander = expanders.get(id ?? "") ?? createRtcstatsExpander();
      expanders.set(id ?? "", expander);
      let value = given;
      if (name === "getStats" && id !== null) {
        const report = fieldsOf(given);
        if (isFull(report)) {
          // Chromium writes whole reports, and its own rates with them.
          const change = changes.get(id) ?? createStatsChanges();
          changes.set(id, change);
          value = change(report);
        } else value = expander.stats(report);
      } else value = expander.value(name, given);
      if (name === "create" && id === null) {
        userAgent ??= agentOf(fieldsOf(given));
        isChromium ||= "userAgentData" in fieldsOf(given);
      }
      const [word] = extra;
      entries.push({
        at: time,
        name,
        pc: id,
        value,
        ...(typeof word === "string" && /^\w+-\d+$/.test(word) && { correlation: word }),
        ...(name === "create" && typeof word === "string" && { address: word }),
        origin,
      });
    }
    const lost = [...expanders.values()].reduce((sum, expander) => sum + expander.lost, 0);
    const address = textOf(header["origin"]);
    return rtcstatsTraces({
      format: "rtcstats",
      source,
      clock: "monotonic",
      entries,
      agent: userAgent,
      address: address === undefined ? undefined : `${address}${textOf(header["url"]) ?? ""}`,
      isCut,
      limits: isChromium ? ["no-refused-sdp", "no-end-of-candidates", "assumed-success"] : [],
      diagnostics: lost === 0 ? diagnostics : [...diagnostics, lostSections(lost)],
    });
  },
});

/** A report whose entries have all their fields, as none of the compressed ones has its `id`. */
function isFull(report: Readonly<Record<string, unknown>>): boolean {
  return Object.values(report).every((entry) => "id" in fieldsOf(entry));
}

function agentOf(environment: Readonly<Record<string, unknown>>): string | undefined {
  const brands = fieldsOf(environment["userAgentData"])["brands"];
  if (!Array.isArray(brands)) return textOf(environment["userAgent"]);
  const named = brands.map(fieldsOf).filter(({ brand }) => !/not.?a.?brand/i.test(String(brand)));
  const chosen = named.find(({ brand }) => brand !== "Chromium") ?? named[0];
  return chosen === undefined
    ? undefined
    : `${String(chosen["brand"])} ${String(chosen["version"])}`;
}

function lostSections(count: number): Diagnostic {
  return {
    code: "import/lost-sections",
    severity: "warning",
    message: {
      en: `${count} media sections are written as "same as before", and what was before is not in the log.`,
      ko: `미디어 섹션 ${count}개는 "이전과 같음"으로 기록되었으나 이전 내용이 로그에 없습니다.`,
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
