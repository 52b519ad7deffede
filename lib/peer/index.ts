export type { CallFailure } from "./call.ts";
export type {
  EncodedFrame,
  Engine,
  EngineChannel,
  EngineChannelInit,
  EngineConfiguration,
  EngineConnection,
  EngineDiagnostic,
  EngineReceiveTrack,
  EngineSender,
  EngineSendTrack,
  EngineTrack,
  EngineTransceiver,
  IceServer,
  MediaKind,
  MediaPacket,
  ReceivedPacket,
} from "./engine.ts";
export type { OutgoingFile } from "./file-transfer.ts";
export { inProcess } from "./in-process.ts";
export type { Clip, ClipFrame } from "./media/clip.ts";
export type { MediaCount } from "./media/media-count.ts";
export type { MediaServer, MediaServerOptions, PlaySource, PlayStream } from "./media-server.ts";
export { createMediaServer } from "./media-server.ts";
export type { PeerMedia, PeerOptions, ReceivedFile } from "./options.ts";
export type { Peer, PeerState, ReceivedMedia } from "./peer.ts";
export { createPeer, PeerError } from "./peer.ts";
export type { Player, PlayerOptions } from "./player.ts";
export { createPlayer, PlayerError } from "./player.ts";
export type { ChunkChannel, SendChunksOptions } from "./send-chunks.ts";
export { sendChunks } from "./send-chunks.ts";
export { werift } from "./werift.ts";
