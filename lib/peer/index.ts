export type {
  Engine,
  EngineChannel,
  EngineConfiguration,
  EngineConnection,
  EngineTrack,
  EngineTransceiver,
  IceServer,
  MediaKind,
  MediaSource,
} from "./engine.ts";
export type { Peer, PeerOptions } from "./peer.ts";
export { createPeer, PeerError } from "./peer.ts";
export { werift } from "./werift.ts";
