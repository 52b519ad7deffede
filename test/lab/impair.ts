import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { networkInterfaces } from "node:os";

/** What a network does to what is sent through it. */
export interface Impairment {
  /** So many of a hundred datagrams vanish. */
  readonly lostPercent?: number;
  /** No more gets through in a second; others want more than that, so that each datagram waits in a queue. */
  readonly kilobits?: number;
  /** How long the queue is. */
  readonly queueMs?: number;
}

/** The network of the calls: a host that talks to itself, in a network namespace of its own. */
export interface ImpairedNetwork {
  set(impairment: Impairment): void;
  close(): void;
}

const ADDRESS = "192.0.2.10";
/** What fills the queue is sent to this port. */
const SINK = 9;

/**
 * Makes a network that can lose and delay what is sent. What a kernel without `netem` has is enough: nftables drops by chance, and
 * a token bucket that others fill too holds up and drops as a full line does.
 */
export function createImpairedNetwork(): ImpairedNetwork {
  const others = Object.keys(networkInterfaces()).filter((name) => name !== "lo");
  if (others.length > 0) {
    throw new Error(
      "Only a network of its own is impaired: unshare --map-root-user --net node test/lab/run.mjs traces lossy",
    );
  }
  // The token bucket takes nothing longer than its burst.
  run("ip", "link", "set", "lo", "mtu", "1500", "up");
  run("ip", "link", "add", "call0", "type", "veth", "peer", "name", "call1");
  run("ip", "addr", "add", `${ADDRESS}/24`, "dev", "call0");
  for (const end of ["call0", "call1"]) run("ip", "link", "set", end, "up");
  const sink = createSocket("udp4");
  sink.bind(SINK, ADDRESS);
  const source = createSocket("udp4");
  const bulk = Buffer.alloc(1000);
  let timer: NodeJS.Timeout | undefined;
  return {
    set({ lostPercent = 0, kilobits, queueMs = 0 }) {
      clearInterval(timer);
      execFileSync("nft", ["-f", "-"], { input: dropRules(lostPercent) });
      if (kilobits === undefined) {
        quietly("tc", "qdisc", "del", "dev", "lo", "root");
        return;
      }
      const bucket = ["tbf", "rate", `${kilobits}kbit`, "burst", "4kb", "latency", `${queueMs}ms`];
      run("tc", "qdisc", "replace", "dev", "lo", "root", ...bucket);
      let sent = 0;
      const start = Date.now();
      timer = setInterval(() => {
        // A little more than the line takes: the queue is full from its own length on.
        const due = ((Date.now() - start) * kilobits * 1.02) / 8 / (bulk.length + 42);
        for (; sent < due; sent++) source.send(bulk, SINK, ADDRESS);
      }, 5);
    },
    close() {
      clearInterval(timer);
      sink.close();
      source.close();
    },
  };
}

/** Dropped where it arrives: a sender would be told of what is dropped on its way out. */
function dropRules(percent: number): string {
  const drop = `iifname "lo" ip daddr ${ADDRESS} udp dport != ${SINK} numgen random mod 100 < ${percent} drop`;
  return `
table ip impair
delete table ip impair
table ip impair {
  chain in { type filter hook input priority 0; policy accept;
    ${percent > 0 ? drop : ""}
  }
}
`;
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args);
}

function quietly(command: string, ...args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: "ignore" });
  } catch {
    // There was none.
  }
}
