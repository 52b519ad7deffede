import type { EngineConnection } from "./engine.ts";

/**
 * What is known of why a connection is not up, in one or two English sentences, for a trace and an error. Empty when
 * nothing is wrong that can be seen from here.
 */
export async function whyNotConnected(connection: EngineConnection): Promise<string> {
  if (connection.localDescription === null) return "No description was made.";
  if (connection.signalingState === "have-local-offer") return "The other end did not answer.";
  if (connection.remoteDescription === null) return "The other end sent no description.";
  const stats = [...(await connection.getStats()).values()] as readonly Stats[];
  const local = candidates(stats, "local-candidate");
  const remote = candidates(stats, "remote-candidate");
  if (local.length === 0) return `There is no candidate of this end${gathering(connection)}.`;
  if (remote.length === 0) return "The other end sent no candidate that can be used.";
  const pairs = stats.filter(({ type }) => type === "candidate-pair");
  if (pairs.length === 0) {
    return `No candidate of this end (${kinds(local)}) forms a pair with one of the other (${kinds(remote)}).`;
  }
  const working = pairs.find(({ state }) => state === "succeeded");
  if (working === undefined) {
    const answered = sum(pairs, "responsesReceived");
    const asked = sum(pairs, "requestsReceived");
    return [
      `None of ${pairs.length} candidate ${pairs.length === 1 ? "pair" : "pairs"} works: here ${kinds(local)}, there ${kinds(remote)}.`,
      `${sum(pairs, "requestsSent")} checks were sent, ${answered} answered, ${asked} received.`,
    ].join(" ");
  }
  const dtls = stats.find(({ type }) => type === "transport")?.dtlsState ?? "unknown";
  return dtls === "connected" ? "" : `ICE has a pair that works, but DTLS is ${dtls}.`;
}

interface Stats {
  readonly type: string;
  readonly state?: string;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly dtlsState?: string;
  readonly requestsSent?: number;
  readonly requestsReceived?: number;
  readonly responsesReceived?: number;
}

function candidates(stats: readonly Stats[], type: string): readonly Stats[] {
  return stats.filter((entry) => entry.type === type);
}

function gathering({ iceGatheringState }: EngineConnection): string {
  return iceGatheringState === "complete" ? "" : `, gathering is ${iceGatheringState}`;
}

/** Such as `2 host, 1 relay`. */
function kinds(list: readonly Stats[]): string {
  const counts = new Map<string, number>();
  for (const { candidateType = "unknown" } of list) {
    counts.set(candidateType, (counts.get(candidateType) ?? 0) + 1);
  }
  return [...counts].map(([kind, number]) => `${number} ${kind}`).join(", ");
}

function sum(
  pairs: readonly Stats[],
  field: "requestsSent" | "requestsReceived" | "responsesReceived",
): number {
  return pairs.reduce((total, pair) => total + (pair[field] ?? 0), 0);
}
