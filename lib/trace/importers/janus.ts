import type { Diagnostic } from "../../diagnostic.ts";
import type { TimedEvent } from "../assemble.ts";
import { assembleTrace, isTime } from "../assemble.ts";
import type { UnrecordedEvent } from "../event.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { readJsonLines } from "../json-lines.ts";
import { readDescriptionInit } from "../payload.ts";
import { readJson } from "../read-json.ts";
import { compose } from "../stats-pairs.ts";

/**
 * Event handler lines of a Janus server: the server's side of a session. One event or a list of events a line, or one list.
 *
 *     {"type":8,"timestamp":1697705722151000,"session_id":1,"handle_id":2,"event":{"owner":"remote","jsep":{"type":"offer","sdp":"v=0…"}}}
 *            ^ 1 session, 2 handle, 4 external, 8 JSEP, 16 WebRTC, 32 media, 64 plugin, 128 transport, 256 core
 */
export const janus: Importer = defineImporter({
  id: "janus",
  name: { en: "Janus event handler log", ko: "Janus 이벤트 핸들러 로그" },
  recognise({ head }) {
    const isJson = /^[[{]/.test(head);
    const isJanus =
      isJson &&
      /"type"\s*:\s*\d+\b/.test(head) &&
      /"timestamp"\s*:\s*\d+/.test(head) &&
      /"session_id"|"emitter"|"handle_id"/.test(head) &&
      /"event"\s*:/.test(head);
    return {
      fits: isJanus,
      likeness: isJanus ? 0.85 : isJson && head.includes('"session_id"') ? 0.3 : 0,
      reason: isJanus
        ? {
            en: "Its events have a numeric type, a timestamp and a session_id.",
            ko: "이벤트에 숫자 type, timestamp, session_id가 있습니다.",
          }
        : {
            en: "It has no events with a numeric type, a timestamp and a session_id.",
            ko: "숫자 type, timestamp, session_id를 가진 이벤트가 없습니다.",
          },
    };
  },
  read(source) {
    // One value over several lines, or a value a line.
    const isOne = /^[[{]\s*\n|^[^\n]*,\s*\n/.test(source.head);
    const whole = isOne ? readJson(source.text) : undefined;
    const lines = whole?.value === undefined ? readJsonLines(source.text) : undefined;
    const values = lines ? lines.lines : [{ value: whole?.value, at: 0 }];
    const events: TimedEvent[] = [];
    let others = 0;
    for (const { value, at: origin } of values) {
      for (const one of flatten(value)) {
        const at = numberOf(one["timestamp"]) / 1000;
        const found = isTime(at) ? translate(one) : [];
        if (found.length === 0) others++;
        const pc = one["handle_id"] === undefined ? undefined : String(one["handle_id"]);
        for (const event of found) {
          events.push({
            at,
            event: {
              peer: "janus",
              ...(pc !== undefined && { pc }),
              ...(lines && { origin }),
              ...event,
            },
          });
        }
      }
    }
    // Old versions count microseconds from the machine's start.
    const isDated = events.every(({ at }) => at > 1e12);
    const emitter = values.flatMap(({ value }) => flatten(value)).find((one) => one["emitter"]);
    const name = emitter === undefined ? "Janus" : String(emitter["emitter"]);
    const isCut = lines?.isCut === true || whole?.isCut === true;
    const trace = assembleTrace({
      format: "janus",
      source,
      clock: "wall",
      limits: [
        "no-calls",
        ...(isDated ? [] : (["no-date"] as const)),
        ...(isCut ? (["cut-off"] as const) : []),
      ],
      peers: [{ id: "janus", name, engine: "Janus" }],
      events,
    });
    const diagnostics: Diagnostic[] = [...(lines?.diagnostics ?? [])];
    if (events.length === 0) diagnostics.push(nothingInIt);
    if (others > 0) diagnostics.push(leftOut(others));
    return { traces: events.length === 0 ? [] : [trace], diagnostics };
  },
});

type Fields = Readonly<Record<string, unknown>>;

function translate(one: Fields): readonly UnrecordedEvent[] {
  const event = fieldsOf(one["event"]);
  switch (one["type"]) {
    case 8:
      return description(event);
    case 16:
      return connectivity(event);
    case 32:
      return [
        {
          kind: "stats",
          report: { [`media-${String(event["mid"] ?? event["media"] ?? 0)}`]: event },
        },
      ];
    case 1:
    case 2:
    case 4:
    case 64:
    case 128:
    case 256: {
      const plugin = event["plugin"] ?? event["name"];
      const text =
        typeof plugin === "string" ? `${plugin} ${JSON.stringify(event)}` : JSON.stringify(event);
      return [{ kind: "note", text: text.slice(0, 2000) }];
    }
    default:
      return [];
  }
}

/** What the client sent is `remote` to the server. */
function description(event: Fields): readonly UnrecordedEvent[] {
  const data = readDescriptionInit(event["jsep"]);
  if (!data) return [];
  const direction = event["owner"] === "remote" ? "in" : "out";
  return [{ kind: "signal", direction, transport: "janus", type: data.type, data }];
}

function connectivity(event: Fields): readonly UnrecordedEvent[] {
  const { ice, dtls, connection, reason } = event;
  if (typeof ice === "string")
    return [{ kind: "state", machine: "ice", to: iceStates.get(ice) ?? ice }];
  if (typeof dtls === "string") {
    return [{ kind: "state", machine: "dtls", to: dtls === "trying" ? "connecting" : dtls }];
  }
  if (typeof connection === "string") {
    const to =
      connection === "webrtcup" ? "connected" : connection === "hangup" ? "closed" : connection;
    const state: UnrecordedEvent = { kind: "state", machine: "connection", to };
    const note =
      typeof reason === "string"
        ? [{ kind: "note", text: `${connection}: ${reason}` } as const]
        : [];
    return [
      state,
      ...note,
      ...(to === "closed" ? [{ kind: "end", reason: "closed" } as const] : []),
    ];
  }
  for (const side of ["local", "remote"] as const) {
    const text = event[`${side}-candidate`];
    if (typeof text !== "string" || text === "") continue;
    const bare = text.trim();
    const candidate = bare.includes("candidate:") ? bare.replace(/^a=/, "") : `candidate:${bare}`;
    return [{ kind: "candidate", side, candidate: { candidate } }];
  }
  return selectedPair(event);
}

/** `192.0.2.1:52365 [host,udp] <-> 192.0.2.2:58226 [prflx,udp]`, in newer versions with both ends as objects too. */
function selectedPair(event: Fields): readonly UnrecordedEvent[] {
  const text = event["selected-pair"];
  const ends = fieldsOf(event["candidates"]);
  const [left = "", right = ""] = typeof text === "string" ? text.split(" <-> ") : [];
  const local = endText(fieldsOf(ends["local"])) ?? pairText(left);
  const remote = endText(fieldsOf(ends["remote"])) ?? pairText(right);
  if (local === undefined || remote === undefined) return [];
  return [{ kind: "pair", local, remote, state: "succeeded", selected: true }];
}

function endText({ address, port, type, transport }: Fields): string | undefined {
  return compose({ address, port, candidateType: type, protocol: transport });
}

function pairText(text: string): string | undefined {
  const match = /^(\S+):(\d+) \[(\w+),(\w+)\]/.exec(text);
  if (!match) return undefined;
  const [, address, port, candidateType, protocol] = match;
  return compose({ address, port, candidateType, protocol });
}

/** libnice's words in W3C's. */
const iceStates: ReadonlyMap<string, string> = new Map([
  ["gathering", "new"],
  ["connecting", "checking"],
  ["ready", "completed"],
]);

function flatten(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.flatMap((one) => flatten(one)) : [fieldsOf(value)];
}

const nothingInIt: Diagnostic = {
  code: "import/no-connections",
  severity: "warning",
  message: { en: "The log holds no whole event.", ko: "로그에 온전한 이벤트가 없습니다." },
};

function leftOut(count: number): Diagnostic {
  return {
    code: "import/other-messages",
    severity: "info",
    message: {
      en: `${count} events are of no known type or have no time and were left out.`,
      ko: `알 수 없는 유형이거나 시각이 없는 이벤트 ${count}개는 제외했습니다.`,
    },
  };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}
