import type { MediaAttributes } from "sdp-transform";
import { parse } from "sdp-transform";
import type { Candidate } from "../lib/ice/candidate.ts";
import { formPairs } from "../lib/ice/pair.ts";
import { parseCandidate } from "../lib/ice/parse-candidate.ts";

/**
 * Measures lib/ice against sdp-transform. Prints one line a figure; the median of several rounds counts.
 * Both sides' fields are all read, extensions included, so that nothing can be put off.
 */

const lines = {
  host: "a=candidate:1 1 udp 2130706431 192.168.1.10 49104 typ host\r\n",
  "mDNS host":
    "a=candidate:0 1 UDP 2122252543 a3ee61d2-d524-48c8-af4f-4413b9785248.local 49104 typ host\r\n",
  "IPv6 host": "a=candidate:2 1 udp 2122262783 2a00:1450:4001:81b::200e 49152 typ host\r\n",
  srflx:
    "a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.1 rport 46154\r\n",
  "srflx with three extensions":
    "a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.1 rport 46154 generation 0 ufrag 4E1i network-id 1\r\n",
};

for (const [name, line] of Object.entries(lines)) {
  // In turns, so that a busy machine slows both alike.
  const rounds = Array.from({ length: 15 }, () => {
    const ours = perCall(100_000, () => readOurs(parseCandidate(line).candidate));
    const theirs = perCall(10_000, () => {
      return readTheirs((parse(line) as unknown as MediaAttributes).candidates?.[0]);
    });
    return { ours, theirs, times: theirs / ours };
  });
  const [ours, theirs, times] = (["ours", "theirs", "times"] as const).map((key) =>
    middle(rounds.map((round) => round[key])),
  ) as [number, number, number];
  console.log(
    `parse one candidate line, ${name}: ${ours.toFixed(0)} ns, sdp-transform ${theirs.toFixed(0)} ns, ${times.toFixed(1)} times`,
  );
}

const pairing = middle(
  Array.from({ length: 15 }, () => {
    const start = performance.now();
    formPairs(hosts(1), hosts(2), "controlling");
    return performance.now() - start;
  }),
);
console.log(`form pairs, 100 × 100 candidates: ${pairing.toFixed(1)} ms`);

function readOurs(candidate: Candidate | undefined): number {
  if (candidate === undefined) throw new Error("Nothing was read.");
  const { foundation, component, transport, priority, address, port, type } = candidate;
  const { relatedAddress = "", relatedPort = 0, tcpType = "", usernameFragment = "" } = candidate;
  let sum = foundation.length + component + transport.length + priority + address.length + port;
  sum += type.length + relatedAddress.length + relatedPort + tcpType.length;
  sum += usernameFragment.length + (candidate.source ?? "").length;
  for (const { name, value } of candidate.extensions) sum += name.length + value.length;
  return sum;
}

type TheirCandidate = NonNullable<MediaAttributes["candidates"]>[number];

function readTheirs(candidate: TheirCandidate | undefined): number {
  if (candidate === undefined) throw new Error("Nothing was read.");
  const { foundation, component, transport, priority, ip, port, type } = candidate;
  const { raddr = "", rport = 0, tcptype = "", generation = 0 } = candidate;
  const { "network-id": networkId = 0, "network-cost": networkCost = 0 } = candidate;
  let sum = String(foundation).length + component + transport.length + Number(priority);
  sum += ip.length + port + type.length + raddr.length + rport + tcptype.length;
  return sum + generation + networkId + networkCost;
}

function hosts(network: number): Candidate[] {
  return Array.from({ length: 100 }, (_, index) => ({
    foundation: String(index),
    component: 1,
    transport: "udp",
    priority: 2122260223 - index * 256,
    address: `10.${network}.0.${index + 1}`,
    port: 10_000 + index,
    type: "host",
    extensions: [],
  }));
}

function perCall(count: number, call: () => number): number {
  let sum = 0;
  const start = performance.now();
  for (let round = 0; round < count; round++) sum += call();
  const elapsed = performance.now() - start;
  if (sum === 0) throw new Error("Nothing was read.");
  return (elapsed / count) * 1e6;
}

function middle(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}
