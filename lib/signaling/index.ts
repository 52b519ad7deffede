export type { BareChannelOptions, MessageCarrier } from "./bare-channel.ts";
export { startBareChannel } from "./bare-channel.ts";
export type { ChannelClient, ChannelClientOptions } from "./channel-client.ts";
export { ChannelError, connectChannel } from "./channel-client.ts";
export type { ChannelRefusal } from "./channel-refusal.ts";
export type { ChannelRequest } from "./channels.ts";
export type {
  JoinOptions,
  JoinSignaling,
  Signaling,
  SignalingListener,
  SignalingOptions,
  SocketTransport,
} from "./client.ts";
export { connectSignaling, SignalingError } from "./client.ts";
export type { JoinRequest } from "./rooms.ts";
export type { SignalingServer, SignalingServerOptions } from "./server.ts";
export { createSignalingServer } from "./server.ts";
export type { ClientSocket, SocketLimits, SocketListener } from "./socket-keeper.ts";
export type { SignalingSocket, SignalingSocketClass, SocketEvent } from "./web-socket.ts";
