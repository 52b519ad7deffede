import type { PlayAddress } from "../handshake/server-first.ts";
import type { MediaServer } from "../peer/media-server.ts";
import type { InspectorServer } from "../serve/server.ts";
import { TraceRefused } from "../serve/trace-refused.ts";
import type { ClientSocket } from "../signaling/socket-keeper.ts";
import { INTERNAL_ERROR, POLICY_VIOLATION } from "../signaling/socket-keeper.ts";
import { createRecorder } from "../trace/recorder.ts";

/** A stream to play from the inspector's own port. */
export interface DemoStream {
  /** For the signaling server's options. */
  readonly play: (client: ClientSocket, address: PlayAddress) => void;
  close(): Promise<void>;
}

/**
 * The stream `demo` for server-first players, a moving picture and silence: `/webrtc_playnow/singleport/udp/demo`.
 * Each player's session is shown as a trace; one for which the limits leave no room is refused with their code. The engine is loaded when the first player comes.
 */
export function demoStream(server: () => InspectorServer): DemoStream {
  let media: Promise<MediaServer> | undefined;
  let sessions = 0;

  const load = async (): Promise<MediaServer> => {
    const { createMediaServer } = await import("../peer/media-server.ts");
    return createMediaServer({
      streams: { demo: { video: "pattern", audio: "pattern" } },
      recorder({ alias }) {
        sessions++;
        const now = (): number => performance.timeOrigin + performance.now();
        const start = new Date(now()).toISOString().replaceAll(":", "-");
        const recorder = createRecorder({
          now,
          id: `play-${start}-${sessions}`,
          peers: [{ id: "media-server", name: `media server, ${alias.slice(0, 40)}` }],
        });
        const detach = server().attach(recorder);
        recorder.subscribe((event) => {
          if (event.kind === "end" && event.pc === undefined) detach();
        });
        return recorder;
      },
    });
  };

  return {
    play(client, address) {
      media ??= load();
      media
        .then(({ play }) => play(client, address))
        .catch((error: unknown) =>
          error instanceof TraceRefused
            ? client.close(POLICY_VIOLATION, error.code)
            : client.close(INTERNAL_ERROR, "server-error"),
        );
    },
    async close() {
      await (await media)?.close();
    },
  };
}
