import type { InspectorServer } from "../serve/server.ts";
import { createInspectorServer, ServeError } from "../serve/server.ts";
import type { TraceLimits } from "../serve/trace-room.ts";
import type { Message } from "../text.ts";
import type { CommandOption, Invocation } from "./command.ts";
import { UsageError } from "./command.ts";
import { demoStream } from "./demo-stream.ts";

/** The options of every command that starts the inspector's server. */
export const inspectorOptions: readonly CommandOption[] = [
  {
    name: "port",
    value: "PORT",
    description: {
      en: "the port, 0 for any free one; PORT in the environment, or 7377",
      ko: "포트. 0이면 비어 있는 포트. 기본값은 환경 변수 PORT 또는 7377",
    },
  },
  {
    name: "host",
    value: "ADDRESS",
    description: {
      en: "the address to listen on; with another one than 127.0.0.1 everything asks for a token",
      ko: "서버가 사용할 주소. 기본값은 127.0.0.1. 다른 주소를 쓰면 모든 접속에 토큰이 필요합니다",
    },
  },
  {
    name: "traces",
    value: "FOLDER",
    description: {
      en: "where traces are written and read; ./traces",
      ko: "트레이스를 쓰고 읽는 폴더. 기본값은 ./traces",
    },
  },
  {
    name: "max-traces",
    value: "COUNT",
    description: {
      en: "how many traces the folder may hold before no new one is taken; 1000",
      ko: "폴더에 둘 수 있는 트레이스 수. 넘으면 새 트레이스를 받지 않습니다. 기본값은 1000",
    },
  },
  {
    name: "max-trace-size",
    value: "SIZE",
    description: {
      en: "how large one trace may grow, such as 500M or 2G; 256M",
      ko: "트레이스 하나의 최대 크기(예: 500M, 2G). 기본값은 256M",
    },
  },
  {
    name: "max-total-size",
    value: "SIZE",
    description: {
      en: "how large all traces of the folder may grow together; 4G",
      ko: "폴더에 있는 모든 트레이스의 최대 크기. 기본값은 4G",
    },
  },
];

/** Starts the inspector's server as the options say, and prints its address alone on a line. */
export async function startInspector(invocation: Invocation): Promise<InspectorServer> {
  const { options, json, lang, io } = invocation;
  const { port, host, traces } = options;
  const limits = limitsOf(options);
  // From here on Ctrl-C ends what is open.
  void io.signal;
  try {
    const stream = demoStream(() => server);
    const server: InspectorServer = await createInspectorServer({
      signaling: { play: stream.play },
      port: portOf(port ?? io.env["PORT"]),
      limits,
      report: (problem) => io.err(`sdpscope: ${problem[lang]}`),
      ...(typeof host === "string" && { host }),
      ...(typeof traces === "string" && { traces }),
    });
    const link = server.link();
    io.out(json ? JSON.stringify({ inspector: link }) : `Inspector: ${link}`);
    if (!json && link !== server.url) io.out(words.guarded[lang]);
    return {
      ...server,
      async close() {
        await stream.close();
        await server.close();
      },
    };
  } catch (error) {
    if (!(error instanceof ServeError)) throw error;
    throw new UsageError(sentenceOf(error));
  }
}

const DEFAULT_PORT = 7377;

const words = {
  guarded: {
    en: "Other machines reach it, by this machine's own address in place of a loopback one. Whoever has the token sees the traces; without it nothing is given.",
    ko: "다른 컴퓨터에서도 접속할 수 있습니다. 주소가 루프백이면 이 컴퓨터의 주소로 바꾸십시오. 토큰이 있으면 트레이스를 볼 수 있고, 없으면 아무것도 제공하지 않습니다.",
  },
} as const;

function portOf(text: string | true | undefined): number {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError({
    en: `A port is a number from 0 to 65535; got ${JSON.stringify(text)}.`,
    ko: `포트는 0부터 65535까지의 숫자입니다. 받은 값: ${JSON.stringify(text)}`,
  });
}

function limitsOf(options: Invocation["options"]): TraceLimits {
  const count = options["max-traces"];
  return {
    ...(count !== undefined && { maxTraces: countOf(count) }),
    ...sizeOption(options, "max-trace-size", "maxTraceBytes"),
    ...sizeOption(options, "max-total-size", "maxTotalBytes"),
  };
}

function countOf(text: string | true): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new UsageError({
    en: `--max-traces is a whole number from 1; got ${JSON.stringify(text)}.`,
    ko: `--max-traces의 값은 1 이상의 정수입니다. 받은 값: ${JSON.stringify(text)}`,
  });
}

function sizeOption(
  options: Invocation["options"],
  name: string,
  limit: keyof TraceLimits,
): TraceLimits {
  const text = options[name];
  if (text === undefined) return {};
  const [, digits, unit = ""] = /^(\d{1,9})([KMGT]?)$/i.exec(String(text)) ?? [];
  const size = Number(digits) * 1024 ** ["", "K", "M", "G", "T"].indexOf(unit.toUpperCase());
  if (size > 0) return { [limit]: size };
  throw new UsageError({
    en: `--${name} is a number of bytes, or one with K, M, G or T behind it, such as 500M; got ${JSON.stringify(text)}.`,
    ko: `--${name}의 값은 바이트 수이거나 뒤에 K, M, G, T를 붙인 수입니다(예: 500M). 받은 값: ${JSON.stringify(text)}`,
  });
}

function sentenceOf({ code, sentence }: ServeError): Message {
  switch (code) {
    case "port-in-use":
      return {
        en: `${sentence.en} Choose another one with --port or PORT; 0 is any free one.`,
        ko: `${sentence.ko} --port나 PORT로 다른 포트를 지정하십시오. 0이면 비어 있는 포트를 사용합니다.`,
      };
    case "traces-folder":
      return {
        en: `${sentence.en} Choose another one with --traces.`,
        ko: `${sentence.ko} --traces로 다른 폴더를 지정하십시오.`,
      };
    case "address":
      return {
        en: `${sentence.en} Give an address of this machine with --host, such as 127.0.0.1.`,
        ko: `${sentence.ko} --host로 이 컴퓨터의 주소를 지정하십시오. 예: 127.0.0.1`,
      };
    default:
      return code satisfies never;
  }
}
