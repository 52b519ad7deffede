import type { Message } from "../text.ts";
import type { TraceHeader } from "./trace.ts";

/** A value that is a header, or the reason why it is none. */
export type HeaderReading = { readonly header: TraceHeader } | { readonly fault: Message };

/**
 * Checks that a value out of JSON is the header of a trace. Unknown fields are kept.
 * A header without `clock`, `source` or `peers` gets `wall`, the format `unknown` and no peers.
 */
export function readHeader(value: unknown): HeaderReading {
  if (!isObject(value)) return { fault: notAHeader };
  const version = value["sdpscope"];
  if (version === undefined) return { fault: notAHeader };
  if (version !== 1) return { fault: otherVersion(version) };
  const { id, startedAt, clock = "wall", source = { format: "unknown" }, peers = [] } = value;
  if (typeof id !== "string" || id === "") return { fault: wrongField("id") };
  if (typeof startedAt !== "string" || Number.isNaN(Date.parse(startedAt))) {
    return { fault: wrongField("startedAt") };
  }
  if (typeof clock !== "string" || !clocks.has(clock)) return { fault: wrongField("clock") };
  if (!isObject(source) || typeof source["format"] !== "string") {
    return { fault: wrongField("source") };
  }
  if (!Array.isArray(peers) || !peers.every(isPeer)) return { fault: wrongField("peers") };
  const header = { ...value, clock, source, peers } as unknown as TraceHeader;
  return { header };
}

const clocks: ReadonlySet<string> = new Set<TraceHeader["clock"]>([
  "monotonic",
  "wall",
  "second",
  "none",
]);

function isPeer(value: unknown): boolean {
  return isObject(value) && typeof value["id"] === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const notAHeader: Message = {
  en: 'A trace begins with a header line such as {"sdpscope":1,…}.',
  ko: '트레이스는 {"sdpscope":1,…}과 같은 헤더 줄로 시작합니다.',
};

function otherVersion(version: unknown): Message {
  const shown = JSON.stringify(version).slice(0, 40);
  return {
    en: `The trace has version ${shown} of the format; version 1 is known here.`,
    ko: `트레이스의 형식 버전은 ${shown}입니다. 이 프로그램은 버전 1을 읽습니다.`,
  };
}

function wrongField(name: string): Message {
  return {
    en: `The header's field ${name} is missing or malformed.`,
    ko: `헤더의 ${name} 필드가 없거나 형식이 올바르지 않습니다.`,
  };
}
