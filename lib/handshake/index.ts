export type { CallMessage } from "./bare-message.ts";
export { printBareMessage, readBareMessage } from "./bare-message.ts";
export type {
  Channel,
  ChannelInput,
  ChannelOptions,
  ChannelOutput,
  ChannelRefusalCode,
} from "./channel.ts";
export { createChannel } from "./channel.ts";
export type {
  ConnectionState,
  EngineCall,
  Handshake,
  HandshakeFailure,
  HandshakeInput,
  HandshakeOptions,
  HandshakeOutput,
  HandshakeState,
} from "./handshake.ts";
export { createHandshake } from "./handshake.ts";
export type {
  CallMessageType,
  ForwardedMessage,
  Member,
  MemberMessage,
  MemberReading,
  RefusalCode,
  RoomMessage,
  RoomNotice,
} from "./message.ts";
export { readMemberMessage, readRoomMessage } from "./message.ts";
export type { Room, RoomInput, RoomOptions, RoomOutput } from "./room.ts";
export { createRoom } from "./room.ts";
export type { Announcement, PlayAddress, ServerAnswer } from "./server-first.ts";
export {
  announcedCodecs,
  INITIALIZATION_FAILED,
  printAnnouncement,
  printPlayPath,
  printServerAnswer,
  readAnnouncement,
  readPlayPath,
  readServerAnswer,
  SEPARATOR,
  withServerAddress,
} from "./server-first.ts";
export type { FittedOffer } from "./server-first-offer.ts";
export { fitOffer, fitPlayerOffer } from "./server-first-offer.ts";
export type {
  Playback,
  PlaybackFailure,
  PlaybackInput,
  PlaybackOptions,
  PlaybackOutput,
  PlayerState,
} from "./server-first-player.ts";
export { createPlayback } from "./server-first-player.ts";
export type {
  PlaySession,
  PlaySessionEnd,
  PlaySessionInput,
  PlaySessionOptions,
  PlaySessionOutput,
} from "./server-first-session.ts";
export { createPlaySession } from "./server-first-session.ts";
