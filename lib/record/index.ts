export type {
  Listenable,
  RecordableChannel,
  RecordableConnection,
  RecordableIceTransport,
  RecordableSender,
  RecordableTransceiver,
  RecordableTransport,
} from "./connection.ts";
export type { Recording, RecordOptions } from "./record.ts";
export { record } from "./record.ts";
export type { PageRecording, RecordAllOptions, RecordableWindow } from "./record-all.ts";
export { recordAll } from "./record-all.ts";
export type { RecordableSocket, RecordSocketOptions } from "./record-socket.ts";
export { recordSocket } from "./record-socket.ts";
export type { IntakeSocket, SendOptions, TraceSender } from "./send.ts";
export { sendTrace } from "./send.ts";
export type { SignalDescription, SignalReader } from "./signal.ts";
export { createSignalReader } from "./signal.ts";
