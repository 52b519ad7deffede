/** What signaling needs of a WebSocket; the browser's and that of `ws` have it. */
export interface SignalingSocket {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: string, listener: (event: SocketEvent) => void): void;
}

/** The fields that signaling reads of a WebSocket's events. */
export interface SocketEvent {
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
}

/** A class that opens WebSockets. */
export type SignalingSocketClass = new (url: string) => SignalingSocket;

/** The platform's own WebSocket class, or that of `ws` where there is none. */
export async function platformWebSocket(): Promise<SignalingSocketClass> {
  const own = (globalThis as { WebSocket?: SignalingSocketClass }).WebSocket;
  if (own !== undefined) return own;
  const { WebSocket } = await import("ws");
  return WebSocket as unknown as SignalingSocketClass;
}

/** The `readyState`s of W3C's WebSocket. */
export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 3;
