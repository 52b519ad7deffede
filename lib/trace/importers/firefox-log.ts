import type { TimedEvent } from "../assemble.ts";
import { assembleTrace } from "../assemble.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { compose } from "../stats-pairs.ts";
import type { TracePeer } from "../trace.ts";

/**
 * The connection log of Firefox' `about:webrtc`: nICEr's lines. They have no time, and they know what no other browser tells:
 * every state of every candidate pair.
 *
 *     ICE-PEER(PC:{79947919-…} …:default)/CAND-PAIR(5Xsm): setting pair to state IN_PROGRESS: 5Xsm|IP4:192.0.2.2:35088/UDP|IP4:192.0.2.2:46508/UDP(host(…)|candidate:…)
 */
export const firefoxLog: Importer = defineImporter({
  id: "firefox-log",
  name: { en: "Firefox connection log", ko: "Firefox 연결 로그" },
  recognise({ head, text }) {
    const isLog =
      /(?:ICE|ICE-PEER)\(PC:\{|CAND-PAIR\(|\+{4} BEGIN \(process id|insert 'ice'/.test(head) ||
      (!head.startsWith("{") &&
        !head.startsWith("<") &&
        /CAND-PAIR\(\w+\): /.test(text.slice(0, 500_000)));
    return {
      fits: isLog,
      likeness: isLog ? 0.8 : 0,
      reason: isLog
        ? {
            en: "It has lines of nICEr, such as ICE(PC:…).",
            ko: "ICE(PC:…)와 같은 nICEr의 줄이 있습니다.",
          }
        : {
            en: "It has no lines of nICEr, such as ICE(PC:…).",
            ko: "ICE(PC:…)와 같은 nICEr의 줄이 없습니다.",
          },
    };
  },
  read(source) {
    const lines = source.head.startsWith("[")
      ? stringsOf(source.json().value)
      : source.text.split(/\r?\n/);
    const peers = new Map<string, TracePeer>();
    const events: TimedEvent[] = [];
    for (const [index, line] of lines.entries()) {
      const pc = /PC:\{([0-9a-f]{8})/.exec(line)?.[1];
      if (pc === undefined) continue;
      const event = pairState(line) ?? iceState(line);
      if (!event) continue;
      if (!peers.has(pc)) peers.set(pc, { id: pc, name: pc, engine: "Firefox" });
      events.push({ at: index, event: { peer: pc, pc, origin: index, ...event } });
    }
    const isCut = source.head.startsWith("[") && source.json().isCut;
    const trace = assembleTrace({
      format: "firefox-log",
      source,
      clock: "none",
      agent: "Firefox",
      limits: [
        "no-clock",
        "no-calls",
        "no-candidates",
        "no-stats",
        "no-signaling",
        ...(isCut ? (["cut-off"] as const) : []),
      ],
      peers: [...peers.values()],
      events,
    });
    return {
      traces: events.length === 0 ? [] : [trace],
      diagnostics: events.length === 0 ? [noPairs] : [],
    };
  },
});

const noPairs = {
  code: "import/no-connections",
  severity: "warning",
  message: {
    en: "The log holds no candidate pair and no state of ICE.",
    ko: "로그에 candidate 페어나 ICE 상태가 없습니다.",
  },
} as const;

function pairState(line: string): TimedEvent["event"] | undefined {
  const at = line.indexOf("setting pair to state ");
  if (at === -1) return undefined;
  const match =
    /^setting pair to state (\w+): \w+\|([^|]+)\|([^|(]+)\((\w+)\([^)]*\)\|(.*)\)$/.exec(
      line.slice(at, at + 1000),
    );
  if (!match) return undefined;
  const [, state = "", from = "", to = "", localType = "", given = ""] = match;
  const local = compose({ ...endpoint(from), candidateType: localType });
  const type = /typ (\w+)/.exec(given)?.[1] ?? given.slice(0, 5);
  const remote = given.startsWith("candidate:")
    ? given
    : compose({ ...endpoint(to), candidateType: type });
  if (local === undefined || remote === undefined) return undefined;
  return { kind: "pair", local, remote, state: pairStates.get(state) ?? state.toLowerCase() };
}

/** nICEr's words in those of W3C's statistics. */
const pairStates: ReadonlyMap<string, string> = new Map([["IN_PROGRESS", "in-progress"]]);

/** `IP4:192.0.2.2:35088/UDP` or `IP6:[fd00::2]:41704/UDP` */
function endpoint(text: string): Readonly<Record<string, unknown>> {
  const match = /^IP[46]:\[?([^\]/]+?)\]?:(\d+)\/(\w+)/.exec(text);
  return match ? { address: match[1], port: match[2], protocol: match[3]?.toLowerCase() } : {};
}

function iceState(line: string): TimedEvent["event"] | undefined {
  const match = /:default\) is now (checking|connected|completed|failed|disconnected)\b/.exec(line);
  return match?.[1] === undefined ? undefined : { kind: "state", machine: "ice", to: match[1] };
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
