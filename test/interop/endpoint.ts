import type { ChildProcess } from "node:child_process";
import type { PeerOptions } from "../../lib/peer/options.ts";
import type { Trace } from "../../lib/trace/trace.ts";
import type { Agent, AgentOptions } from "./agent.ts";

/** Who makes the offer: our peer, or the endpoint. */
export type Offerer = "peer" | "endpoint";

/** A way that content takes. */
export type Way = "toEndpoint" | "toPeer" | "echo";

/** A row of the matrix: something that our peer is called by, and calls. */
export interface Endpoint {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** How it is installed: Debian packages and npm, no other source. */
  readonly install: string;
  /** What is missing on this machine; undefined when it can run. */
  readonly missing: () => string | undefined;
  open(): Promise<RunningEndpoint>;
  /** Where the cells have to be run in a place of their own: a copy of the matrix that runs there. */
  readonly elsewhere?: () => Promise<Elsewhere>;
}

/** A place where a copy of the matrix runs. */
export interface Elsewhere {
  /** Starts a Node program there, with its output as pipe. */
  start(args: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

/** A row that runs. */
export interface RunningEndpoint {
  readonly version: string;
  readonly agent: Agent;
  /** What our peer, and a bare werift, are given for this row. */
  readonly peer?: Pick<PeerOptions, "iceServers" | "iceTransportPolicy" | "answersWithChannel">;
  /** What the endpoint is given for this row. */
  readonly options?: Partial<AgentOptions>;
  /**
   * Which ways content takes: both, unless told otherwise. `echo` sends back what it gets, so that what arrives at the
   * peer has been at the endpoint; `toPeer` only sends.
   */
  readonly ways?: (offerer: Offerer) => readonly Way[];
  /** Whether the connection took the way that the row is about; else a sentence that says which. */
  readonly detour?: (trace: Trace) => string | undefined;
  /** Whether it counts frames that it does not decode, since it has no decoder. */
  readonly hasNoDecoder?: boolean;
  close(): Promise<void>;
}

/** Declares an endpoint. */
export function defineEndpoint(endpoint: Endpoint): Endpoint {
  return endpoint;
}
