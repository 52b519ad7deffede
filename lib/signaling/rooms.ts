import type { RefusalCode } from "../handshake/message.ts";
import type { Room, RoomOptions, RoomOutput } from "../handshake/room.ts";
import { createRoom } from "../handshake/room.ts";
import type { ClientSocket } from "./socket-keeper.ts";
import { INTERNAL_ERROR, POLICY_VIOLATION } from "./socket-keeper.ts";

/** Who wants to join which room. */
export interface JoinRequest {
  readonly room: string;
  readonly name: string | undefined;
  readonly token: string | undefined;
}

/** What rooms on sockets are made with. */
export interface RoomsOptions {
  /** Limits of every room. Its `capacity` holds where the first member asks for none. */
  readonly room?: RoomOptions;
  /** How many rooms there may be at a time; 1000 unless told otherwise. */
  readonly maxRooms?: number;
  /** Who may join; everybody unless told otherwise. A refused member is told `bad-token`. */
  readonly authorize?: (request: JoinRequest) => boolean | Promise<boolean>;
}

/** Rooms on sockets. */
export interface Rooms {
  /** Whether it is an address of a room, and which; `malformed` for one with a wrong name or capacity. */
  read(url: URL): RoomAddress | "malformed" | undefined;
  /** Lets a client into its room, or refuses it. */
  open(client: ClientSocket, address: RoomAddress): void;
}

/** What the address of a room says. */
export interface RoomAddress extends JoinRequest {
  readonly capacity: number | undefined;
}

/** Serves `/rooms/{room}?name={name}&capacity={n}&token={t}`. What a room does is `createRoom`'s. */
export function serveRooms(options: RoomsOptions = {}): Rooms {
  const maxRooms = options.maxRooms ?? 1000;
  const authorize = options.authorize ?? (() => true);
  const rooms = new Map<string, Room<ClientSocket>>();

  const carryOut = (outputs: readonly RoomOutput<ClientSocket>[]): void => {
    for (const output of outputs) {
      if (output.type === "send") output.socket.send(JSON.stringify(output.message));
      else output.socket.close(POLICY_VIOLATION, output.code);
    }
  };

  const refuse = (client: ClientSocket, code: RefusalCode, message: string): void => {
    client.send(JSON.stringify({ type: "refused", code, message }));
    client.close(POLICY_VIOLATION, code);
  };

  const join = async (client: ClientSocket, address: RoomAddress): Promise<void> => {
    const { room: id, name, token, capacity } = address;
    if (!(await authorize({ room: id, name, token }))) {
      return refuse(client, "bad-token", "The token is wrong or spent.");
    }
    if (!client.isOpen) return;
    const found = rooms.get(id);
    if (found === undefined && rooms.size >= maxRooms) {
      const message = `There are ${rooms.size} rooms already; no more can be opened.`;
      return refuse(client, "room-full", message);
    }
    const room =
      found ??
      createRoom<ClientSocket>({ ...options.room, ...(capacity !== undefined && { capacity }) });
    rooms.set(id, room);
    const give = (input: Parameters<typeof room.handle>[0]): void =>
      carryOut(room.handle(input, performance.now()));
    give({ type: "join", socket: client, ...(name !== undefined && { name }) });
    client.listen({
      text: (text) => give({ type: "text", socket: client, text }),
      closed() {
        give({ type: "leave", socket: client });
        if (room.size === 0 && rooms.get(id) === room) rooms.delete(id);
      },
    });
  };

  return {
    read(url) {
      if (!url.pathname.startsWith(PATH)) return undefined;
      const room = decodePart(url.pathname.slice(PATH.length));
      const asked = url.searchParams.get("capacity");
      const capacity = asked === null ? undefined : Number(asked);
      const isCapacity =
        capacity === undefined || (Number.isInteger(capacity) && capacity >= 1 && capacity <= 1000);
      if (room === undefined || room.length > MAX_ID_LENGTH || !isCapacity) return "malformed";
      const name = url.searchParams.get("name") ?? undefined;
      const token = url.searchParams.get("token") ?? undefined;
      return { room, name, token, capacity };
    },
    open(client, address) {
      join(client, address).catch(() => client.close(INTERNAL_ERROR, "server-error"));
    },
  };
}

const PATH = "/rooms/";
const MAX_ID_LENGTH = 128;

/** One part of a path without its percent signs; `undefined` for an empty or a malformed one. */
export function decodePart(text: string): string | undefined {
  try {
    return decodeURIComponent(text) || undefined;
  } catch {
    return undefined;
  }
}
