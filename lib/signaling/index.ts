export type {
  Signaling,
  SignalingListener,
  SignalingOptions,
  SignalingSocket,
  SocketEvent,
} from "./client.ts";
export { connectSignaling, SignalingError } from "./client.ts";
export type { JoinRequest, SignalingServer, SignalingServerOptions } from "./server.ts";
export { createSignalingServer } from "./server.ts";
