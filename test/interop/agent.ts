/** What a call carries. */
export type Content = "data" | "audio" | "video" | "all";

/** One medium of a call. */
export type MediaKind = "audio" | "video";

/** A description as it goes over the wire. */
export interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
}

/** A trickled candidate, or null for the end of them. */
export type Candidate = {
  readonly candidate: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number | null;
  readonly usernameFragment?: string | null;
} | null;

/** What the connection of an endpoint is made with. */
export interface AgentOptions {
  readonly iceServers?: readonly {
    readonly urls: string;
    readonly username?: string;
    readonly credential?: string;
  }[];
  readonly iceTransportPolicy?: "all" | "relay";
  /** What it sends, and receives. */
  readonly media: readonly MediaKind[];
  /** Whether it opens a data channel when it offers. */
  readonly hasData: boolean;
}

/** What an endpoint has seen so far. */
export interface AgentReport {
  /** W3C's `connectionState`, or the nearest that the endpoint has. */
  readonly connection: string;
  /** Messages that arrived over the data channel. */
  readonly messages: number;
  readonly audio: DecodedMedia;
  readonly video: DecodedMedia;
}

/** Media that came out of a decoder, not packets. */
export interface DecodedMedia {
  /** Video frames, or blocks of audio samples. */
  readonly decoded: number;
  /** The loudest sample, from 0 to 1, where the endpoint can tell: proof that the decoder did not make it up. */
  readonly peak?: number;
  /** How big the last picture was. */
  readonly size?: string;
}

/** An endpoint that runs, and makes connections. */
export interface Agent {
  /** As in `156.0.8078.79`. */
  readonly version: string;
  open(
    options: AgentOptions,
    onCandidate: (candidate: Candidate) => void,
  ): Promise<AgentConnection>;
  close(): Promise<void>;
}

/** One connection of an endpoint. What the endpoint refuses rejects. */
export interface AgentConnection {
  offer(): Promise<Description>;
  answer(offer: Description): Promise<Description>;
  accept(answer: Description): Promise<void>;
  addCandidate(candidate: Candidate): Promise<void>;
  /** Sends a text over the data channel; rejects while it is not open. */
  say(text: string): Promise<void>;
  report(): Promise<AgentReport>;
  close(): Promise<void>;
}

/** The endpoint's program ended by itself: nothing that the other end has done shows in it. */
export class EndpointCrash extends Error {
  override readonly name = "EndpointCrash";
}
