import type { Message } from "../../text.ts";
import { exportRtcstats } from "../../trace/export-rtcstats.ts";
import { writeTrace } from "../../trace/file.ts";
import { importTrace } from "../../trace/import-trace.ts";
import type { Trace } from "../../trace/trace.ts";
import { choice } from "../choice.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { inFile } from "../in-file.ts";
import { readArchive } from "../read-archive.ts";
import type { Redaction } from "../redacted.ts";
import { redactionOf, redactionOptions } from "../redacted.ts";
import { writeTraceFile } from "../write-trace-file.ts";

/** Makes a recording or an SDP fit to be given away. */
export const redact: Command = defineCommand({
  name: "redact",
  summary: {
    en: "mask addresses, credentials, names and ids, to share a trace, a dump or an SDP",
    ko: "trace, 덤프, SDP를 공유할 수 있도록 주소, 자격 증명, 이름, id를 가립니다",
  },
  operands: "[FILE]",
  options: [
    {
      name: "as",
      value: "trace|rtcstats",
      description: {
        en: "what a session is written as; trace unless given",
        ko: "세션을 쓰는 형식. 없으면 trace",
      },
    },
    {
      name: "out",
      value: "FOLDER",
      description: {
        en: "write a trace file for each session there, instead of printing",
        ko: "출력하는 대신 세션마다 trace 파일을 이 폴더에 씁니다",
      },
    },
    ...redactionOptions,
  ],
  async run(invocation) {
    const { io, json, lang, operands, options } = invocation;
    const [name, ...rest] = operands;
    if (rest.length > 0) throw new UsageError(oneFile);
    const as = choice(invocation, "as", ["trace", "rtcstats"]) ?? "trace";
    if (as === "rtcstats" && options["out"] !== undefined) throw new UsageError(outIsTrace);
    const redaction = redactionOf(invocation);
    const { files, diagnostics } = await readArchive(io, name);
    const texts = files.map(({ text }) => text);
    const [first] = texts;
    if (first === undefined)
      throw new UsageError(inFile(name ?? "-", diagnostics[0]?.message ?? noSession));
    if (texts.length === 1 && /^\s*v=0\s/.test(first)) {
      if (as !== "trace" || options["out"] !== undefined) throw new UsageError(sdpIsPrinted);
      print(invocation, "sdp", redaction.description(first));
    } else {
      const results = texts.map((text) => importTrace(text));
      const traces = results.flatMap((result) => result.traces);
      const reason = results.flatMap((result) => result.diagnostics)[0]?.message;
      if (traces.length === 0) throw new UsageError(inFile(name ?? "-", reason ?? noSession));
      await keep(invocation, as, traces, redaction);
    }
    if (!json) io.err((redaction.isOn ? checked : unmasked)[lang]);
    return 0;
  },
});

async function keep(
  invocation: Invocation,
  as: "trace" | "rtcstats",
  traces: readonly Trace[],
  redaction: Redaction,
): Promise<void> {
  const { io, json, options } = invocation;
  const folder = options["out"];
  if (typeof folder !== "string" && traces.length > 1 && !json)
    throw new UsageError(severalSessions(traces.length));
  // All are checked before the first one is written.
  const masked = traces.map((trace) => redaction.trace(trace));
  for (const trace of masked) {
    if (typeof folder !== "string")
      print(invocation, as, as === "trace" ? writeTrace(trace) : exportRtcstats(trace));
    else {
      const path = await writeTraceFile(folder, trace);
      io.out(json ? JSON.stringify({ path, events: trace.events.length }) : path);
    }
  }
}

function print({ io, json }: Invocation, format: string, text: string): void {
  if (json) io.out(JSON.stringify({ format, text }));
  else io.write(text);
}

const oneFile = {
  en: "redact takes one file, or - for the standard input. Give several files the same masks with --key.",
  ko: "redact에는 파일 하나, 또는 표준 입력을 뜻하는 -를 적으십시오. 여러 파일에 같은 마스크를 쓰려면 --key를 지정하십시오.",
};

const noSession = { en: "There is no session in it.", ko: "세션이 들어 있지 않습니다." };

const outIsTrace = {
  en: "--out writes trace files; an rtcstats dump is printed.",
  ko: "--out은 trace 파일을 씁니다. rtcstats 덤프는 출력만 됩니다.",
};

const sdpIsPrinted = {
  en: "An SDP is printed as SDP; --as and --out are for sessions.",
  ko: "SDP는 SDP 그대로 출력됩니다. --as와 --out은 세션에만 쓸 수 있습니다.",
};

function severalSessions(count: number): Message {
  return {
    en: `The file holds ${count} sessions. Write them to a folder with --out FOLDER.`,
    ko: `파일에 세션이 ${count}개 있습니다. --out FOLDER로 폴더에 쓰십시오.`,
  };
}

const checked: Message = {
  en: "Masked, and read again: no address, credential, fingerprint, name or id of the original is left. Times, ports, codecs, states and browser versions stay.",
  ko: "가린 뒤 다시 읽어 확인했습니다. 원래의 주소, 자격 증명, fingerprint, 이름, id는 남아 있지 않습니다. 시각, 포트, 코덱, 상태, 브라우저 버전은 그대로입니다.",
};

const unmasked: Message = {
  en: "Nothing is masked (--no-redact).",
  ko: "아무것도 가리지 않았습니다(--no-redact).",
};
