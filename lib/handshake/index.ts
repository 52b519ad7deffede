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
