import { formatDiagnostics } from "../../diagnostic.ts";
import { printStunAddress } from "../../ice/stun-attribute.ts";
import type { MappingReport } from "../../stun/test-mapping.ts";
import { testMapping } from "../../stun/test-mapping.ts";
import type { ServerReport, ServerTestOptions } from "../../stun/test-server.ts";
import { testServer } from "../../stun/test-server.ts";
import type { Language, Message } from "../../text.ts";
import { withParticles } from "../../text.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand, UsageError } from "../command.ts";
import { readInput } from "../read-input.ts";
import { printTable } from "../table.ts";

/** Tests STUN and TURN servers, each address by itself. */
export const servers: Command = defineCommand({
  name: "servers",
  summary: {
    en: "test STUN and TURN servers: reachable, mapped address, relay, and how the NAT maps",
    ko: "STUN과 TURN 서버를 검사합니다: 응답, 매핑된 주소, relay, NAT의 매핑 방식",
  },
  operands: "[URL… | FILE]",
  options: [
    {
      name: "username",
      value: "NAME",
      description: { en: "the user name for TURN", ko: "TURN 사용자 이름" },
    },
    {
      name: "credential",
      value: "PASSWORD",
      description: {
        en: "the password for TURN; TURN_CREDENTIAL in the environment when not given",
        ko: "TURN 비밀번호. 적지 않으면 환경 변수 TURN_CREDENTIAL을 씁니다",
      },
    },
    {
      name: "timeout",
      value: "SECONDS",
      description: {
        en: "how long each test may take; 5 when not given",
        ko: "검사 하나의 제한 시간. 적지 않으면 5초입니다",
      },
    },
  ],
  async run(invocation) {
    const { io, json, lang } = invocation;
    const timeoutMs = timeoutOf(invocation);
    const tests = await wantedTests(invocation);
    const reports = (
      await Promise.all(tests.map(({ url, ...rest }) => testServer(url, { ...rest, timeoutMs })))
    ).flat();
    // Whoever answered over UDP shows how the NAT maps.
    const heard = reports.flatMap(({ transport, server, isReachable }) =>
      transport === "udp" && isReachable && server !== undefined ? [server] : [],
    );
    const mapping = await testMapping(heard, { timeoutMs: Math.min(timeoutMs, 2000) });
    if (json) {
      for (const report of reports) io.out(JSON.stringify(report));
      io.out(JSON.stringify({ nat: mapping }));
    } else print(invocation, reports, mapping, lang);
    const isBad = reports.some(({ diagnostics }) =>
      diagnostics.some(({ severity }) => severity !== "info"),
    );
    return isBad ? 1 : 0;
  },
});

interface WantedTest extends ServerTestOptions {
  readonly url: string;
}

/** URLs as operands, or W3C's `iceServers` as JSON in a file or on the standard input. */
async function wantedTests(invocation: Invocation): Promise<readonly WantedTest[]> {
  const { io, operands, options } = invocation;
  const username = textOf(options["username"]);
  const credential = textOf(options["credential"]) ?? io.env["TURN_CREDENTIAL"];
  const account = {
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
  const [first] = operands;
  const isUrl = (operand: string): boolean => /^(?:stun|turn)s?:/i.test(operand);
  if (first !== undefined && operands.every(isUrl))
    return operands.map((url) => ({ url, ...account }));
  if (operands.length > 1)
    throw new UsageError({
      en: `URLs of servers are needed, or one file; ${JSON.stringify(operands.find((operand) => !isUrl(operand)))} is no URL that begins with stun:, stuns:, turn: or turns:.`,
      ko: withParticles(
        `서버 URL들, 또는 파일 하나가 필요합니다. ${JSON.stringify(operands.find((operand) => !isUrl(operand)))}은(는) stun:, stuns:, turn:, turns:로 시작하는 URL이 아닙니다.`,
      ),
    });
  const tests = readIceServers(await readInput(io, first));
  return tests.map((test) => ({ ...account, ...test }));
}

/** Reads an `RTCIceServer`, a list of them, or an object with `iceServers` in it, such as an `RTCConfiguration`. */
function readIceServers(text: string): readonly WantedTest[] {
  const tests = [serversIn(parseJson(text))].flat().flatMap((server) => {
    if (typeof server !== "object" || server === null) return [];
    const { urls, url, username, credential } = server as Record<string, unknown>;
    return [urls ?? url].flat().flatMap((each) =>
      typeof each !== "string"
        ? []
        : [
            {
              url: each,
              ...(typeof username === "string" && { username }),
              ...(typeof credential === "string" && { credential }),
            },
          ],
    );
  });
  if (tests.length === 0)
    throw new UsageError({
      en: `No servers to test. Give URLs (sdpscope servers stun:stun.example.org), or a file with iceServers: [{"urls": "turn:…", "username": "…", "credential": "…"}]`,
      ko: `검사할 서버가 없습니다. URL을 적거나(sdpscope servers stun:stun.example.org) iceServers가 든 파일을 주십시오: [{"urls": "turn:…", "username": "…", "credential": "…"}]`,
    });
  return tests;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function serversIn(value: unknown): unknown {
  const isHolder = typeof value === "object" && value !== null && "iceServers" in value;
  return isHolder ? value.iceServers : value;
}

function timeoutOf({ options }: Invocation): number {
  const text = textOf(options["timeout"]) ?? "5";
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0 && seconds <= 60) return seconds * 1000;
  throw new UsageError({
    en: `--timeout is a number of seconds up to 60; got ${JSON.stringify(text)}.`,
    ko: `--timeout의 값은 60 이하의 초입니다. 받은 값: ${JSON.stringify(text)}`,
  });
}

function textOf(value: string | true | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

const titles: Readonly<Record<Language, readonly string[]>> = {
  en: ["", "url", "server", "seen as", "relay", "time", "software"],
  ko: ["", "url", "서버", "보이는 주소", "relay", "시간", "소프트웨어"],
};

function print(
  { io }: Invocation,
  reports: readonly ServerReport[],
  { mapping, diagnostics }: MappingReport,
  lang: Language,
): void {
  for (const line of printTable([titles[lang], ...reports.map(row)])) io.out(line);
  for (const { url, diagnostics: found } of reports) {
    if (found.length === 0) continue;
    io.out(`\n${url}`);
    io.out(formatDiagnostics("", found, { lang, colour: io.isColour }).trimEnd());
  }
  io.out("");
  if (diagnostics.length > 0)
    io.out(formatDiagnostics("", diagnostics, { lang, colour: io.isColour }).trimEnd());
  else io.out(mappingWords[mapping ?? "unknown"][lang]);
}

function row(report: ServerReport): readonly string[] {
  const { url, server, mapped, relayed, lifetime, ms, software, diagnostics } = report;
  const isBad = diagnostics.some(({ severity }) => severity === "error");
  return [
    isBad ? "✗" : "✓",
    url,
    server === undefined ? "" : printStunAddress(server),
    mapped === undefined ? "" : printStunAddress(mapped),
    relayed === undefined ? "" : `${printStunAddress(relayed)} (${lifetime ?? "?"} s)`,
    `${Math.round(ms)} ms`,
    software ?? "",
  ];
}

const mappingWords: Readonly<Record<NonNullable<MappingReport["mapping"]> | "unknown", Message>> = {
  none: {
    en: "No NAT on the way to these servers.",
    ko: "이 서버들까지 가는 길에 NAT가 없습니다.",
  },
  "endpoint-independent": {
    en: "The NAT maps alike for every server (endpoint-independent): a reflexive address serves every peer.",
    ko: "NAT가 모든 서버에 대해 같은 주소로 매핑합니다(endpoint-independent). srflx 주소를 모든 peer에게 쓸 수 있습니다.",
  },
  "endpoint-dependent": {
    en: "The NAT maps differently for each server (endpoint-dependent).",
    ko: "NAT가 서버마다 다르게 매핑합니다(endpoint-dependent).",
  },
  unknown: {
    en: "How a NAT maps cannot be told: that takes answers of two addresses over UDP.",
    ko: "NAT의 매핑 방식은 알 수 없습니다. UDP로 두 주소의 응답이 필요합니다.",
  },
};
