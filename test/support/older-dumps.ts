/** A text that a machine wrote for a moment, by its locale. */
export type WriteTime = (at: number) => string;

/** `2020. 11. 5. 오후 9:35:34`, nine hours east of UTC. */
export const inKorean: WriteTime = (at) => {
  const { year, month, day, hour, minute, second } = parts(at + 9 * 3_600_000);
  return `${year}. ${month}. ${day}. ${hour < 12 ? "오전" : "오후"} ${hour % 12 || 12}:${two(minute)}:${two(second)}`;
};

/** `11/5/2020, 9:35:34 PM`, eight hours west of UTC. */
export const inAmerican: WriteTime = (at) => {
  const { year, month, day, hour, minute, second } = parts(at - 8 * 3_600_000);
  return `${month}/${day}/${year}, ${hour % 12 || 12}:${two(minute)}:${two(second)} ${hour < 12 ? "AM" : "PM"}`;
};

/** `5.11.2020, 21:35:34`, one hour east of UTC. */
export const inGerman: WriteTime = (at) => {
  const { year, month, day, hour, minute, second } = parts(at + 3_600_000);
  return `${day}.${month}.${year}, ${two(hour)}:${two(minute)}:${two(second)}`;
};

/**
 * A webrtc-internals dump of today as Chromium 86 would have written it: names without `on` and in camel case, values as text,
 * times as the machine's locale writes them, no `timestamp` series.
 */
export function asOldInternals(text: string, write: WriteTime): string {
  const dump = JSON.parse(text) as Dump;
  const connections = Object.entries(dump.PeerConnections).map(([key, connection]) => [
    key,
    {
      pid: connection.pid,
      url: connection.url,
      rtcConfiguration: "{ iceServers: [], iceTransportPolicy: all }",
      constraints: "",
      updateLog: connection.updateLog.flatMap((entry) => oldEntry(entry, write)),
      stats: Object.fromEntries(
        Object.entries(connection.stats).filter(([name]) => !name.endsWith("-timestamp")),
      ),
    },
  ]);
  const old = {
    getUserMedia: [],
    PeerConnections: Object.fromEntries(connections),
    UserAgent:
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.75 Safari/537.36",
  };
  return JSON.stringify(old, null, 2);
}

/** An rtcstats dump of version 3 as version 2 stored it: absolute times, the newest line first as Jitsi's server writes it. */
export function asLines(text: string): string {
  let time = 0;
  const lines = text
    .split("\n")
    .slice(2)
    .filter((line) => line !== "")
    .map((line) => {
      const event = JSON.parse(line) as unknown[];
      time += event.at(-1) as number;
      const [name, pc, value] = event;
      const bare = typeof value === "string" && value.startsWith('"') ? JSON.parse(value) : value;
      return JSON.stringify([name, pc, bare, Math.round(time * 1000) / 1000]);
    });
  const client = JSON.stringify([
    "connectionInfo",
    null,
    { userAgent: "Chrome", origin: "https://meet.example", path: "/room" },
    time,
  ]);
  return `${[client, ...lines].join("\n")}\n`;
}

interface Dump {
  readonly PeerConnections: Readonly<
    Record<
      string,
      {
        readonly pid: number;
        readonly url: string;
        readonly updateLog: readonly Entry[];
        readonly stats: Readonly<Record<string, unknown>>;
      }
    >
  >;
}

interface Entry {
  readonly type: string;
  readonly value: string;
  readonly timestamp: number;
}

/** What Chromium 86 did not write yet. */
const later = new Set([
  "addTransceiver",
  "addTrack",
  "ontrack",
  "createDataChannel",
  "ondatachannel",
]);

function oldEntry({ type, value, timestamp }: Entry, write: WriteTime): readonly object[] {
  if (later.has(type)) return [];
  const time = write(timestamp);
  const read = value.startsWith("{") || value.startsWith('"') ? JSON.parse(value) : value;
  if (typeof read === "object" && "sdp" in read) {
    return [{ time, type, value: `type: ${read.type}, sdp: ${read.sdp}` }];
  }
  if (typeof read === "object" && "candidate" in read) {
    const text = `sdpMid: ${read.sdpMid}, sdpMLineIndex: ${read.sdpMLineIndex}, candidate: ${read.candidate}, url: , relayProtocol: `;
    return [{ time, type: oldNames[type] ?? type, value: text }];
  }
  return [{ time, type: oldNames[type] ?? type, value: typeof read === "string" ? read : value }];
}

const oldNames: Readonly<Record<string, string>> = {
  onicecandidate: "icecandidate",
  onnegotiationneeded: "negotiationneeded",
  onsignalingstatechange: "signalingStateChange",
  oniceconnectionstatechange: "iceConnectionStateChange",
  onconnectionstatechange: "connectionStateChange",
  onicegatheringstatechange: "iceGatheringStateChange",
};

function parts(at: number) {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const [hour = 0, minute = 0, second = 0] = time.split(/[:.]/).map(Number);
  return { year, month, day, hour, minute, second };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
