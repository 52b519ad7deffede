import { TraceRefused } from "../../serve/trace-refused.ts";
import type { Language, Message } from "../../text.ts";
import type { Command, Invocation } from "../command.ts";
import { defineCommand } from "../command.ts";
import type { DemoCount, DemoResult } from "../demo-call.ts";
import { demoCall, demoRecorder } from "../demo-call.ts";
import { inspectorOptions, startInspector } from "../inspector.ts";
import { interrupted } from "../interrupted.ts";

/** Opens the inspector and runs a call of two headless peers, to be watched. */
export const demo: Command = defineCommand({
  name: "demo",
  summary: {
    en: "open the inspector and run a call of two headless peers",
    ko: "인스펙터를 열고 헤드리스 피어 두 개의 통화를 실행합니다",
  },
  operands: "",
  options: [
    ...inspectorOptions,
    {
      name: "exit",
      description: {
        en: "end after the call instead of waiting for Ctrl-C",
        ko: "Ctrl-C를 기다리지 않고 통화가 끝나면 종료합니다",
      },
    },
  ],
  async run(invocation) {
    const { io, options } = invocation;
    const server = await startInspector(invocation);
    const recorder = demoRecorder();
    let detach = (): void => {};
    let exitCode = 0;
    try {
      detach = server.attach(recorder);
      const room = server.link(`rooms/${recorder.header.id}`).replace("http", "ws");
      const result = await demoCall(room, recorder, io.signal);
      tell(invocation, recorder.header.id, result);
      if (!isComplete(result) && !io.signal.aborted) exitCode = 1;
    } catch (error) {
      io.err(sentences.failed[invocation.lang](reasonOf(error)[invocation.lang]));
      exitCode = 1;
    }
    detach();
    if (options["exit"] !== true && !io.signal.aborted) {
      if (!invocation.json) io.out(sentences.waiting[invocation.lang]);
      await interrupted(io.signal);
    }
    await server.close();
    return exitCode;
  },
});

function tell({ json, io, lang }: Invocation, trace: string, result: DemoResult): void {
  if (json) io.out(JSON.stringify({ trace, ...result }));
  else for (const line of sentences.result[lang](result)) io.out(line);
}

/** Messages and media reached both sides. */
function isComplete({ alice, bob }: DemoResult): boolean {
  const isHeard = ({ messages, audioPackets, videoPackets }: DemoCount): boolean =>
    messages > 0 && audioPackets > 0 && videoPackets > 0;
  return isHeard(alice) && isHeard(bob);
}

function reasonOf(error: unknown): Message {
  if (error instanceof TraceRefused) return error.sentence;
  const reason = error instanceof Error ? error.message : String(error);
  const isFile = error instanceof Error && "path" in error;
  return {
    en: isFile ? `${reason}. Choose another folder with --traces.` : reason,
    ko: isFile ? `${reason}. --traces로 다른 폴더를 지정하십시오.` : reason,
  };
}

const sentences = {
  result: {
    en: ({ connectedMs, alice, bob }: DemoResult) => [
      `Demo call: connected in ${connectedMs} ms and closed.`,
      `  alice received ${alice.messages} messages, ${alice.audioPackets} audio and ${alice.videoPackets} video packets`,
      `  bob   received ${bob.messages} messages, ${bob.audioPackets} audio and ${bob.videoPackets} video packets`,
    ],
    ko: ({ connectedMs, alice, bob }: DemoResult) => [
      `데모 통화: ${connectedMs} ms 만에 연결되었고 정상적으로 종료되었습니다.`,
      `  alice가 받은 것: 메시지 ${alice.messages}개, 오디오 패킷 ${alice.audioPackets}개, 비디오 패킷 ${alice.videoPackets}개`,
      `  bob이 받은 것: 메시지 ${bob.messages}개, 오디오 패킷 ${bob.audioPackets}개, 비디오 패킷 ${bob.videoPackets}개`,
    ],
  },
  failed: {
    en: (reason: string) => `The demo call failed: ${reason}`,
    ko: (reason: string) => `데모 통화가 실패했습니다: ${reason}`,
  },
  waiting: {
    en: "Press Ctrl-C to stop.",
    ko: "종료하려면 Ctrl-C를 누르십시오.",
  },
} satisfies Record<string, Record<Language, unknown>>;
