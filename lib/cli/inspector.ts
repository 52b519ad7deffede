import type { InspectorServer } from "../serve/server.ts";
import { createInspectorServer, ServeError } from "../serve/server.ts";
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
      en: "the address to listen on; 127.0.0.1",
      ko: "서버가 사용할 주소. 기본값은 127.0.0.1",
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
];

/** Starts the inspector's server as the options say, and prints its address alone on a line. */
export async function startInspector({ options, json, io }: Invocation): Promise<InspectorServer> {
  const { port, host, traces } = options;
  try {
    const stream = demoStream(() => server);
    const server: InspectorServer = await createInspectorServer({
      signaling: { play: stream.play },
      port: portOf(port ?? io.env["PORT"]),
      ...(typeof host === "string" && { host }),
      ...(typeof traces === "string" && { traces }),
    });
    io.out(json ? JSON.stringify({ inspector: server.url }) : `Inspector: ${server.url}`);
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

function portOf(text: string | true | undefined): number {
  if (text === undefined || text === "") return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError({
    en: `A port is a number from 0 to 65535; got ${JSON.stringify(text)}.`,
    ko: `포트는 0부터 65535까지의 숫자입니다. 받은 값: ${JSON.stringify(text)}`,
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
      return sentence;
    default:
      return code satisfies never;
  }
}
