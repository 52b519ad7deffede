import type { Trace } from "../../../lib/trace/trace.ts";
import type { NatKind } from "../../support/nat-lab.ts";
import { createNatLab, natLabObstacle, stunServers, turnServer } from "../../support/nat-lab.ts";
import { coturnPath, startTurnServer } from "../../support/turn-server.ts";
import type { Elsewhere, Endpoint } from "../endpoint.ts";
import { defineEndpoint } from "../endpoint.ts";
import { missingModule } from "../installed.ts";
import { openProgram } from "../program.ts";
import { nodeAgentArguments, openNodeAgent } from "./node.ts";

const coturn = "apt-get install coturn, npm ci";
const namespaces = "apt-get install iproute2 nftables coturn, npm ci; as root on Linux";

/** Relay candidates alone, through a real coturn, with libwebrtc at the other end. */
function relayed(
  name: string,
  title: string,
  url: (port: number, tlsPort: number) => string,
): Endpoint {
  return defineEndpoint({
    name,
    title,
    install: coturn,
    missing: () => (coturnPath === undefined ? "no turnserver" : missingModule("@roamhq/wrtc")),
    async open() {
      const server = await startTurnServer();
      const agent = await openNodeAgent("wrtc");
      const { username, credential, port, tlsPort } = server;
      return {
        version: `(${agent.version} at the other end)`,
        agent,
        peer: {
          iceServers: [{ urls: url(port, tlsPort), username, credential }],
          iceTransportPolicy: "relay",
        },
        detour: (trace) => otherThan("relay", trace),
        async close() {
          await agent.close();
          await server.stop();
        },
      };
    },
  });
}

export const coturnUdp: Endpoint = relayed(
  "coturn-udp",
  "coturn relay over UDP",
  (port) => `turn:127.0.0.1:${port}`,
);
export const coturnTcp: Endpoint = relayed(
  "coturn-tcp",
  "coturn relay over TCP",
  (port) => `turn:127.0.0.1:${port}?transport=tcp`,
);
export const coturnTls: Endpoint = relayed(
  "coturn-tls",
  "coturn relay over TLS",
  (_, tlsPort) => `turns:127.0.0.1:${tlsPort}?transport=tcp`,
);

/** Two hosts behind two NATs, with libwebrtc on the other host. */
function behindNats(name: string, title: string, kind: NatKind): Endpoint {
  const stun = stunServers[0];
  const isSymmetric = kind === "symmetric";
  return defineEndpoint({
    name,
    title,
    install: namespaces,
    missing: () => natLabObstacle() ?? missingModule("@roamhq/wrtc"),
    async elsewhere(): Promise<Elsewhere> {
      const lab = await createNatLab();
      lab.setNat(kind);
      return {
        start(args) {
          process.env["INTEROP_OTHER_HOST"] = lab.spaceOf("hostB");
          const child = lab.start("hostA", process.execPath, args);
          delete process.env["INTEROP_OTHER_HOST"];
          child.stdin?.end();
          return child;
        },
        close: () => lab.close(),
      };
    },
    /** Runs on hostA. */
    async open() {
      const other = process.env["INTEROP_OTHER_HOST"] ?? "";
      const command = ["netns", "exec", other, process.execPath, ...nodeAgentArguments("wrtc")];
      const agent = await openProgram("ip", command);
      const iceServers = [{ urls: stun }, ...(isSymmetric ? [turnServer] : [])];
      return {
        version: `(${agent.version} at the other end)`,
        agent,
        peer: { iceServers },
        options: { iceServers },
        detour: (trace) => (isSymmetric ? undefined : relayIn(trace)),
        close: () => agent.close(),
      };
    },
  });
}

export const natPreserving: Endpoint = behindNats(
  "nat-port-preserving",
  "two NATs, STUN",
  "port-preserving",
);
export const natSymmetric: Endpoint = behindNats(
  "nat-symmetric",
  "two symmetric NATs, STUN and TURN",
  "symmetric",
);

function otherThan(type: string, trace: Trace): string | undefined {
  const pair = selectedPair(trace);
  return pair?.local.includes(` typ ${type}`) ? undefined : `not over a ${type}: ${pair?.local}`;
}

function relayIn(trace: Trace): string | undefined {
  const pair = selectedPair(trace);
  const isRelayed = `${pair?.local} ${pair?.remote}`.includes(" typ relay");
  return isRelayed ? `over a relay: ${pair?.local}` : undefined;
}

function selectedPair({ events }: Trace): { local: string; remote: string } | undefined {
  const event = events.findLast((each) => each.kind === "pair" && each.selected === true);
  if (event?.kind !== "pair") return undefined;
  return { local: String(event.local), remote: String(event.remote) };
}
