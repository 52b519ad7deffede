import type { Message } from "../text.ts";
import type { TraceEvent } from "./event.ts";

/** A value that is an event, or the reason why it is none. */
export type EventReading = { readonly event: TraceEvent } | { readonly fault: Message };

/**
 * Checks that a value out of JSON has the fields that every event has and those its kind promises.
 * An event of an unknown kind is accepted with whatever fields it has, and so are unknown fields of a known kind.
 */
export function readEvent(value: unknown): EventReading {
  if (!isObject(value)) return { fault: notAnObject };
  const kind = value["kind"];
  const checks = (typeof kind === "string" && checksByKind.get(kind)) || commonChecks;
  for (const [name, check] of checks) {
    if (!check.accepts(value[name])) return { fault: wrongField(name, check.expected) };
  }
  return { event: value as unknown as TraceEvent };
}

interface Check {
  readonly expected: Message;
  accepts(value: unknown): boolean;
}

type Shape = Readonly<Record<string, Check>>;

const text: Check = {
  expected: { en: "a string", ko: "문자열" },
  accepts: (value) => typeof value === "string",
};

const number: Check = {
  expected: { en: "a number", ko: "숫자" },
  accepts: (value) => typeof value === "number",
};

const whole: Check = {
  expected: { en: "a whole number from 1", ko: "1 이상의 정수" },
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
};

const list: Check = {
  expected: { en: "a list", ko: "배열" },
  accepts: Array.isArray,
};

const object: Check = {
  expected: { en: "an object", ko: "객체" },
  accepts: isObject,
};

const candidate: Check = {
  expected: {
    en: "null or an object with a candidate text",
    ko: "null 또는 candidate 문자열을 가진 객체",
  },
  accepts: (value) => value === null || (isObject(value) && typeof value["candidate"] === "string"),
};

const track: Check = {
  expected: { en: "an object with id and kind", ko: "id와 kind를 가진 객체" },
  accepts: (value) =>
    isObject(value) && typeof value["id"] === "string" && typeof value["kind"] === "string",
};

const failure: Check = {
  expected: { en: "an object with name and message", ko: "name과 message를 가진 객체" },
  accepts: (value) =>
    isObject(value) && typeof value["name"] === "string" && typeof value["message"] === "string",
};

function oneOf(...words: readonly string[]): Check {
  return {
    expected: { en: `one of ${words.join(", ")}`, ko: `${words.join(", ")} 중 하나` },
    accepts: (value) => typeof value === "string" && words.includes(value),
  };
}

function optional(check: Check): Check {
  return {
    expected: check.expected,
    accepts: (value) => value === undefined || check.accepts(value),
  };
}

const everyEvent: Shape = {
  seq: whole,
  t: number,
  kind: text,
  peer: optional(text),
  pc: optional(text),
  origin: optional(number),
};

const shapes: Readonly<Record<string, Shape>> = {
  create: {},
  call: { call: number, method: text, arguments: list },
  settle: { call: number, error: optional(failure) },
  state: { machine: text, id: optional(text), from: optional(text), to: text },
  candidate: { side: oneOf("local", "remote"), candidate, error: optional(object) },
  pair: { local: text, remote: text, state: text },
  signal: {
    direction: oneOf("out", "in"),
    transport: text,
    type: text,
    cut: optional(number),
    status: optional(number),
  },
  track: { track, streams: optional(list) },
  channel: { id: text, label: text, side: oneOf("local", "remote") },
  message: {
    id: text,
    direction: oneOf("out", "in"),
    type: oneOf("text", "binary"),
    size: number,
    data: optional(text),
  },
  "negotiation-needed": {},
  stats: { report: object },
  note: { text },
  alive: {},
  end: { reason: oneOf("closed", "lost", "recorder-stopped") },
} satisfies Record<TraceEvent["kind"], Shape>;

/** All that is checked of an event, put together once: a file has a million of them. */
const commonChecks: readonly (readonly [string, Check])[] = Object.entries(everyEvent);
const checksByKind: ReadonlyMap<string, typeof commonChecks> = new Map(
  Object.entries(shapes).map(([kind, shape]) => [
    kind,
    [...commonChecks, ...Object.entries(shape)],
  ]),
);

const notAnObject: Message = {
  en: "An event is a JSON object.",
  ko: "이벤트는 JSON 객체여야 합니다.",
};

function wrongField(name: string, expected: Message): Message {
  return {
    en: `The field ${name} is not ${expected.en}.`,
    ko: `${name} 필드의 값이 올바르지 않습니다(${expected.ko}이어야 합니다).`,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
