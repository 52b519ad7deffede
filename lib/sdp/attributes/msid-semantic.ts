import { specification } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import { optionalWords } from "../fields.ts";

/** What an `a=msid-semantic` line says. */
export interface MsidSemantic {
  /** `WMS`: WebRTC MediaStreams. */
  readonly semantic: string;
  /** The ids of the streams of this description, or `*` for all. */
  readonly streams: readonly string[];
}

/**
 * `a=msid-semantic`, of the drafts before RFC 8830, which dropped it. Browsers still write it, with a blank before `WMS`.
 *
 *     a=msid-semantic: WMS *
 */
export const msidSemantic: Attribute<MsidSemantic, "semantic" | "stream"> = defineAttribute({
  name: "msid-semantic",
  levels: ["session"],
  multiplicity: "many",
  mux: "TBD",
  rfc: specification(
    "draft-ietf-mmusic-msid-05",
    "3",
    "https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-msid-05#section-3",
  ),
  read: (scan) => ({ semantic: scan.word("semantic"), streams: optionalWords(scan, "stream") }),
  print: ({ semantic, streams }) => [semantic, ...streams].join(" "),
  summary: ({ semantic, streams }) => ({
    en: `Says that msids mean ${semantic === "WMS" ? "WebRTC MediaStreams" : semantic}${streams.length === 0 ? "" : `, for ${streams.includes("*") ? "all streams" : streams.join(", ")}`}. A leftover of old drafts: receivers read a=msid only.`,
    ko: `msid가 ${semantic === "WMS" ? "WebRTC MediaStream" : semantic}${streams.length === 0 ? "" : `(${streams.includes("*") ? "모든 스트림" : streams.join(", ")})`}을 뜻함을 알립니다. 옛 draft의 흔적이며 받는 쪽은 a=msid만 읽습니다.`,
  }),
  parts: {
    semantic: {
      name: { en: "semantic", ko: "의미" },
      meaning: { en: "WMS: WebRTC MediaStreams.", ko: "WMS는 WebRTC MediaStream입니다." },
    },
    stream: {
      name: { en: "MediaStream id", ko: "MediaStream id" },
      meaning: (text) =>
        text === "*"
          ? { en: "All streams of the description.", ko: "이 description의 모든 스트림입니다." }
          : { en: "A MediaStream of the description.", ko: "이 description의 MediaStream입니다." },
    },
  },
});
