export type {
  JoinOptions,
  JoinSignaling,
  Signaling,
  SignalingListener,
  SignalingOptions,
  SocketTransport,
} from "./client.ts";
export { connectSignaling, SignalingError } from "./client.ts";
export type { JoinRequest, SignalingServer, SignalingServerOptions } from "./server.ts";
export { createSignalingServer } from "./server.ts";
export type { SignalingSocket, SignalingSocketClass, SocketEvent } from "./web-socket.ts";
