import type { CodecPattern } from "../codec/codec.ts";
import type { ServerChoice } from "../offer-answer/server-codecs.ts";
import type { JoinSignaling } from "../signaling/client.ts";
import type { Recorder } from "../trace/recorder.ts";
import type { Engine, EngineConfiguration, IceServer, MediaKind } from "./engine.ts";

/** What a headless peer is made with. */
export interface PeerOptions {
  /**
   * The room to join, such as `ws://127.0.0.1:8080/rooms/demo`; or what joins another member over something else, such
   * as `startBareChannel(channel, { isCaller: true })`: then `capacity` and `token` do not count.
   */
  readonly room: string | JoinSignaling;
  /** The peer's name in the room and its id in the trace. */
  readonly name: string;
  /** How many members the room holds; counts only for who opens it. */
  readonly capacity?: number;
  readonly token?: string;
  /** Where the peer's steps are recorded; a recorder of its own unless given. Peers that share one make one trace. */
  readonly recorder?: Recorder;
  /** What to send and receive; synthetic audio and video both ways unless told otherwise, nothing for `[]`. */
  readonly media?: readonly (MediaKind | PeerMedia)[];
  /** The label of the data channel that this peer opens when it offers; `data` unless told otherwise, false for none. */
  readonly channel?: string | false;
  /** Whether that channel is opened as well when the other side offers a data section: Janus waits for it. False unless told otherwise. */
  readonly answersWithChannel?: boolean;
  /** The codecs to offer and accept, in the order of preference; all that the engine knows unless told otherwise. */
  readonly codecs?: { readonly [Kind in MediaKind]?: readonly CodecPattern[] };
  /**
   * The codecs that a server has announced before any offer: the offer keeps exactly the best variant of each, as
   * `matchServerCodecs` decides, and has sections of these kinds only, without `a=extmap-allow-mixed`.
   */
  readonly serverCodecs?: ServerChoice;
  /** Whether candidates are sent as they are found; true unless told otherwise. Without, descriptions wait for all of them. */
  readonly trickle?: boolean;
  /** None unless told otherwise: then no address outside is asked for anything. */
  readonly iceServers?: readonly IceServer[];
  /** `relay` uses addresses of TURN servers only. */
  readonly iceTransportPolicy?: EngineConfiguration["iceTransportPolicy"];
  /** How long a connection may take to come up, in milliseconds; 30 000 unless told otherwise. */
  readonly timeoutMs?: number;
  /** How long `connect` waits for somebody to call or to be called by, in milliseconds; 60 000 unless told otherwise, 0 for no limit. */
  readonly aloneTimeoutMs?: number;
  /** Aborting it closes the peer; what waits rejects with the code `aborted`. */
  readonly signal?: AbortSignal;
  /** A folder: what is received is written there, video as IVF and Opus as Ogg, one file for each track. */
  readonly saveTo?: string;
  /** Whether the text of data channel messages is recorded too, not only kind and size; false unless told otherwise. */
  readonly recordContent?: boolean;
  /** What makes the connections; werift unless told otherwise. */
  readonly engine?: Engine;
  /** A message came over a data channel, from the member with this id in the room. */
  readonly onMessage?: (data: string | ArrayBuffer, from: string) => void;
  /** A whole file came, sent by the other side's `sendFile`. */
  readonly onFile?: (file: ReceivedFile, from: string) => void;
}

/** One medium of a peer. */
export interface PeerMedia {
  readonly kind: MediaKind;
  /** `sendrecv` unless told otherwise. */
  readonly direction?: "sendrecv" | "sendonly" | "recvonly";
  /**
   * What is sent: `pattern`, which it is unless told otherwise, is a moving picture in VP8 or silence in Opus;
   * anything else is the path of an IVF file (VP8, VP9, AV1) or an Ogg file (Opus), played again and again.
   */
  readonly source?: string;
}

/** A file that came over a data channel of its own. */
export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
