import type { Diagnostic } from "../../diagnostic.ts";
import type { TimedEvent } from "../assemble.ts";
import { assembleTrace, isTime } from "../assemble.ts";
import { descriptionType } from "../description-type.ts";
import type { FoundPayload } from "../find-payloads.ts";
import { findPayloads } from "../find-payloads.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { jsonDiagnostics } from "../json-diagnostics.ts";

/** An HTTP archive: the signaling side of a session, as WebSocket frames or as bodies of requests (WHIP, long polling). */
export const har: Importer = defineImporter({
  id: "har",
  name: { en: "HAR", ko: "HAR" },
  recognise({ head }) {
    const isLog = /^\{\s*"log"\s*:\s*\{/.test(head);
    return {
      fits: isLog,
      likeness: isLog ? 0.95 : head.startsWith("{") && head.includes('"entries"') ? 0.3 : 0,
      reason: isLog
        ? { en: 'It begins with "log".', ko: '"log"로 시작합니다.' }
        : { en: 'It does not begin with {"log":{.', ko: '{"log":{로 시작하지 않습니다.' },
    };
  },
  read(source) {
    const json = source.json();
    const log = fieldsOf(fieldsOf(json.value)["log"]);
    const entries = listOf(log["entries"]);
    const events: TimedEvent[] = [];
    let others = 0;
    const add = (at: number, direction: "in" | "out", transport: string, data: unknown): void => {
      const payloads = isTime(at) ? findPayloads(data) : [];
      if (payloads.length === 0 && data !== undefined) others++;
      for (const payload of payloads) {
        events.push({
          at,
          event: { ...place, kind: "signal", direction, transport, ...shown(payload) },
        });
      }
    };
    const carriers = new Set<Fields>();
    for (const entry of entries) {
      const before = events.length;
      const request = fieldsOf(entry["request"]);
      for (const frame of listOf(entry["_webSocketMessages"])) {
        const direction = frame["type"] === "send" ? "out" : "in";
        add(frameTime(frame["time"]), direction, "ws", frame["data"]);
      }
      const start = Date.parse(String(entry["startedDateTime"] ?? ""));
      const posted = fieldsOf(request["postData"])["text"];
      if (typeof posted === "string") add(start, "out", "http", typedBody(posted, "offer"));
      const body = bodyText(fieldsOf(fieldsOf(entry["response"])["content"]));
      if (body !== undefined && mayCarry(body)) {
        add(start + (numberOf(entry["time"]) || 0), "in", "http", typedBody(body, "answer"));
      }
      if (events.length > before) carriers.add(entry);
    }
    const diagnostics: Diagnostic[] = [...jsonDiagnostics(json)];
    if (events.length === 0) diagnostics.push(nothingFound(entries.length));
    else if (others > 0) diagnostics.push(leftOut(others));
    const { name, version } = fieldsOf(log["browser"] ?? log["creator"]);
    const agent = typeof name === "string" ? `${name} ${String(version ?? "")}`.trim() : undefined;
    const carrier = entries.find((entry) => carriers.has(entry));
    const page = listOf(log["pages"]).find(({ id }) => id === carrier?.["pageref"])?.["title"];
    const trace = assembleTrace({
      format: "har",
      source,
      clock: "wall",
      agent,
      limits: [
        "one-way",
        "no-calls",
        "no-states",
        "no-stats",
        ...(json.isCut ? (["cut-off"] as const) : []),
      ],
      peers: [
        {
          ...browser,
          ...(agent !== undefined && { engine: agent }),
          ...(typeof page === "string" && { page }),
        },
      ],
      events,
    });
    return { traces: events.length === 0 ? [] : [trace], diagnostics };
  },
});

const browser = { id: "browser", name: "browser" };
const place = { peer: browser.id } as const;

function shown(payload: FoundPayload): { readonly type: string; readonly data: unknown } {
  if (payload === null) return { type: "candidate", data: { candidate: null } };
  return { type: "sdp" in payload ? payload.type : "candidate", data: payload };
}

/** A body that is SDP alone: a request's is an offer and its response's the answer, unless `a=setup` tells otherwise. */
function typedBody(text: string, usual: "offer" | "answer"): unknown {
  if (!text.startsWith("v=0")) return text;
  const { type, isCertain } = descriptionType(text);
  return { type: isCertain ? type : usual, sdp: text };
}

/** Seconds since 1970 as Chromium writes them; playwright writes milliseconds. */
function frameTime(value: unknown): number {
  const time = numberOf(value);
  return time > 1e11 ? time : time * 1000;
}

function mayCarry(text: string): boolean {
  return text.includes("v=0") || text.includes("candidate");
}

function bodyText({ text, encoding }: Fields): string | undefined {
  return typeof text === "string" && encoding !== "base64" ? text : undefined;
}

function nothingFound(entries: number): Diagnostic {
  return {
    code: "import/no-signaling-found",
    severity: "warning",
    message: {
      en: `None of the ${entries} entries carries a description or a candidate. Chromium keeps WebSocket frames only while the developer tools are open before the page connects.`,
      ko: `항목 ${entries}개 중 description이나 candidate가 있는 것이 없습니다. Chromium은 페이지가 연결하기 전에 개발자 도구가 열려 있어야 WebSocket 프레임을 기록합니다.`,
    },
  };
}

function leftOut(count: number): Diagnostic {
  return {
    code: "import/other-messages",
    severity: "info",
    message: {
      en: `${count} messages carry neither a description nor a candidate and were left out.`,
      ko: `description이나 candidate가 없는 메시지 ${count}개는 제외했습니다.`,
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
