import { randomBytes } from "node:crypto";
import { createRedactor } from "../trace/redact.ts";
import type { Trace } from "../trace/trace.ts";
import type { CommandOption, Invocation } from "./command.ts";
import { UsageError } from "./command.ts";

/** The options of every command that masks what it writes. */
export const redactionOptions: readonly CommandOption[] = [
  {
    name: "key",
    value: "TEXT",
    description: {
      en: "the key of the masks, to give several files the same ones; a new random one unless given",
      ko: "마스크의 키. 여러 파일에 같은 마스크를 쓸 때 지정합니다. 없으면 매번 새 임의 키",
    },
  },
  {
    name: "no-redact",
    description: {
      en: "mask nothing",
      ko: "아무것도 가리지 않습니다",
    },
  },
];

/** Masks texts and traces. */
export interface Redaction {
  /** The masked trace; the trace itself with `--no-redact`. */
  trace(trace: Trace): Trace;
  /** The masked SDP; the SDP itself with `--no-redact`. */
  description(sdp: string): string;
  readonly isOn: boolean;
}

/**
 * The redaction that the options ask for. What it gives was read again: it throws a `UsageError` that says where and of what
 * kind, but not what, when a secret of the original is left.
 */
export function redactionOf({ options }: Invocation): Redaction {
  if (options["no-redact"] === true)
    return { trace: (trace) => trace, description: (sdp) => sdp, isOn: false };
  const key = options["key"];
  if (key === "") throw new UsageError(emptyKey);
  const redactor = createRedactor({ key: typeof key === "string" ? key : randomBytes(32) });
  return {
    isOn: true,
    trace(trace) {
      const masked = redactor.trace(trace);
      const leaks = redactor.leaks(trace, masked).map(({ kind, seq, path }) => ({
        kind,
        place: seq === undefined ? `header ${path}` : `event ${seq} ${path}`,
      }));
      if (leaks.length > 0) throw new UsageError(refusal(leaks));
      return masked;
    },
    description(sdp) {
      const masked = redactor.description(sdp).toString();
      const leaks = redactor.leaks(sdp, masked).map(({ kind, span }) => ({
        kind,
        place: `line ${masked.slice(0, span.start).split(/\r\n|\n|\r/).length}`,
      }));
      if (leaks.length > 0) throw new UsageError(refusal(leaks));
      return masked;
    },
  };
}

const emptyKey = {
  en: "--key is a text that is not empty.",
  ko: "--key에는 빈 값이 아닌 텍스트를 적으십시오.",
};

/** More places than this help nobody. */
const SHOWN = 5;

function refusal(
  leaks: readonly { readonly kind: string; readonly place: string }[],
): UsageError["sentence"] {
  const places = leaks.slice(0, SHOWN).map(({ kind, place }) => `\n  ${kind}: ${place}`);
  const more = leaks.length > SHOWN ? `\n  … +${leaks.length - SHOWN}` : "";
  return {
    en: `Nothing was written: ${leaks.length === 1 ? "one secret is" : `${leaks.length} secrets are`} left after masking.${places.join("")}${more}`,
    ko: `아무것도 쓰지 않았습니다. 가린 뒤에도 원래 값이 ${leaks.length}개 남아 있습니다.${places.join("")}${more}`,
  };
}
