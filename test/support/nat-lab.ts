import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Two hosts behind two NATs, made of network namespaces, with a STUN and TURN server between them:
 *
 *     hostA 192.168.11.2 ─ natA 198.51.100.2 ─ server 192.0.2.1, 192.0.2.2 ─ natB 203.0.113.2 ─ hostB 192.168.12.2
 *     hostC 192.168.11.3 ┘
 *
 * Nothing in it has a way to the machine's own network. The addresses are those reserved for examples.
 */
export interface NatLab {
  /** Sets how both NATs give out ports. Earlier mappings are forgotten. */
  setNat(kind: NatKind): void;
  /** The network namespace of a host, for `ip netns exec`. */
  spaceOf(host: LabHost): string;
  /** Starts a program on a host. */
  start(host: LabHost, command: string, args: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

/** `port-preserving` maps a socket alike for every destination; `symmetric` takes a new random port for each. Both let in only whom was written to. */
export type NatKind = "port-preserving" | "symmetric";

export type LabHost = "hostA" | "hostB" | "hostC";

/** The two addresses of the server; it answers STUN on both. */
export const stunServers = ["stun:192.0.2.1:3478", "stun:192.0.2.2:3478"] as const;

export const turnServer = {
  urls: "turn:192.0.2.1:3478",
  username: "lab",
  credential: "labpass",
} as const;

/** Why the lab cannot be made here, in one line; undefined when it can. */
export function natLabObstacle(): string | undefined {
  if (process.platform !== "linux") return "network namespaces exist on Linux only";
  for (const tool of ["ip", "nft", "turnserver"])
    if (!succeeds("sh", ["-c", `command -v ${tool}`])) return `${tool} is not installed`;
  const name = `sdpscope-${process.pid}-try`;
  if (!succeeds("ip", ["netns", "add", name])) return "network namespaces are not allowed here";
  const canFilter = succeeds("ip", ["netns", "exec", name, "nft", "add", "table", "ip", "try"]);
  succeeds("ip", ["netns", "del", name]);
  return canFilter ? undefined : "nftables is not allowed in network namespaces here";
}

/** Makes the lab and starts its server. */
export async function createNatLab(): Promise<NatLab> {
  const folder = mkdtempSync(join(tmpdir(), "nat-lab-"));
  const processes: ChildProcess[] = [];
  const names = ["server", "natA", "natB", "hostA", "hostB", "hostC", "lanA"] as const;
  const space = (name: string): string => `sdpscope-${process.pid}-${name}`;
  const ip = (name: string, ...args: string[]): void => run("ip", ["-n", space(name), ...args]);
  const link = (a: string, aLink: string, b: string, bLink: string): void => {
    run("ip", [
      "link",
      "add",
      aLink,
      "netns",
      space(a),
      "type",
      "veth",
      "peer",
      "name",
      bLink,
      "netns",
      space(b),
    ]);
    ip(a, "link", "set", aLink, "up");
    ip(b, "link", "set", bLink, "up");
  };
  const close = async (): Promise<void> => {
    for (const child of processes) await stop(child);
    for (const name of names) succeeds("ip", ["netns", "del", space(name)]);
    rmSync(folder, { recursive: true, force: true });
  };
  removeAbandoned();
  try {
    for (const name of names) {
      run("ip", ["netns", "add", space(name)]);
      ip(name, "link", "set", "lo", "up");
    }
    link("server", "toA", "natA", "wan0");
    link("server", "toB", "natB", "wan0");
    link("natB", "lan0", "hostB", "eth0");
    // A switch, so that two hosts share one network behind natA.
    ip("lanA", "link", "add", "br0", "type", "bridge");
    ip("lanA", "link", "set", "br0", "up");
    for (const [name, end, port] of [
      ["natA", "lan0", "p0"],
      ["hostA", "eth0", "p1"],
      ["hostC", "eth0", "p2"],
    ] as const) {
      link(name, end, "lanA", port);
      ip("lanA", "link", "set", port, "master", "br0");
    }
    for (const [name, device, address] of addresses)
      ip(name, "addr", "add", address, "dev", device);
    for (const [name, gateway] of routes) ip(name, "route", "add", "default", "via", gateway);
    for (const name of ["server", "natA", "natB"])
      inside(space(name), ["sysctl", "-qw", "net.ipv4.ip_forward=1"]);
    const server = spawn(
      "ip",
      ["netns", "exec", space("server"), "turnserver", ...turnArguments(folder)],
      {
        stdio: "ignore",
      },
    );
    processes.push(server);
  } catch (error) {
    await close();
    throw error;
  }
  const setNat = (kind: NatKind): void => {
    for (const name of ["natA", "natB"])
      execFileSync("ip", ["netns", "exec", space(name), "nft", "-f", "-"], {
        input: natRules(kind),
      });
  };
  setNat("port-preserving");
  return {
    setNat,
    spaceOf: space,
    start(host, command, args) {
      const child = spawn("ip", ["netns", "exec", space(host), command, ...args], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      processes.push(child);
      return child;
    },
    close,
  };
}

const addresses = [
  ["server", "lo", "192.0.2.1/32"],
  ["server", "lo", "192.0.2.2/32"],
  ["server", "toA", "198.51.100.1/24"],
  ["natA", "wan0", "198.51.100.2/24"],
  ["server", "toB", "203.0.113.1/24"],
  ["natB", "wan0", "203.0.113.2/24"],
  ["natA", "lan0", "192.168.11.1/24"],
  ["hostA", "eth0", "192.168.11.2/24"],
  ["hostC", "eth0", "192.168.11.3/24"],
  ["natB", "lan0", "192.168.12.1/24"],
  ["hostB", "eth0", "192.168.12.2/24"],
] as const;

const routes = [
  // What has no way here vanishes in natA, as it would on the internet. Without a route coturn would end the whole
  // allocation of a client that checks a private address through it.
  ["server", "198.51.100.2"],
  ["hostA", "192.168.11.1"],
  ["hostC", "192.168.11.1"],
  ["hostB", "192.168.12.1"],
  ["natA", "198.51.100.1"],
  ["natB", "203.0.113.1"],
] as const;

/**
 * New connections from outside are dropped on the NAT itself too: else its connection table would hold the peer's early packets, and
 * masquerading would have to change the port.
 */
function natRules(kind: NatKind): string {
  const flags = kind === "symmetric" ? "random,fully-random" : "";
  return `
table ip nat
delete table ip nat
table ip nat {
  chain post { type nat hook postrouting priority 100; oifname "wan0" masquerade ${flags}
  }
}
table ip guard
delete table ip guard
table ip guard {
  chain in { type filter hook input priority 0; policy accept; iifname "wan0" ct state new drop
  }
  chain through { type filter hook forward priority 0; policy accept; iifname "wan0" ct state new drop
  }
}
`;
}

function turnArguments(folder: string): string[] {
  return [
    "-n",
    "--listening-ip=192.0.2.1",
    "--listening-ip=192.0.2.2",
    "--relay-ip=192.0.2.1",
    "--lt-cred-mech",
    "--user=lab:labpass",
    "--realm=lab.test",
    "--no-tls",
    "--no-dtls",
    "--no-cli",
    "--simple-log",
    `--log-file=${join(folder, "turn.log")}`,
    `--pidfile=${join(folder, "turn.pid")}`,
    `--userdb=${join(folder, "turn.db")}`,
  ];
}

/** A run that was killed leaves its namespaces behind: those of processes that are gone are removed. */
function removeAbandoned(): void {
  const listed = execFileSync("ip", ["netns", "list"], { encoding: "utf8" });
  for (const line of listed.split("\n")) {
    const [name = ""] = line.split(" ");
    const owner = /^sdpscope-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`))
      succeeds("ip", ["netns", "del", name]);
  }
}

function inside(space: string, command: readonly string[]): void {
  run("ip", ["netns", "exec", space, ...command]);
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    run(command, args);
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
  await ended;
  clearTimeout(timer);
}
