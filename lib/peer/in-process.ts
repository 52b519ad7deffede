import { startBareChannel } from "../signaling/bare-channel.ts";
import type { JoinSignaling } from "../signaling/client.ts";

/**
 * Two ends for two peers in one program, with no channel between them: the first calls, the second is called.
 *
 *     const [caller, callee] = inProcess()
 *     const alice = createPeer({ name: "alice", room: caller, recorder })
 *     const bob = createPeer({ name: "bob", room: callee, recorder })
 *     await Promise.all([alice.connect(), bob.connect()])
 */
export function inProcess(): readonly [caller: JoinSignaling, callee: JoinSignaling] {
  const caller = carrier();
  const callee = carrier();
  caller.other = callee;
  callee.other = caller;
  return [
    startBareChannel(caller, { isCaller: true }),
    startBareChannel(callee, { isCaller: false }),
  ];
}

interface Carrier {
  other: Carrier | undefined;
  onmessage: ((message: never) => void) | null;
  send(text: string): void;
}

function carrier(): Carrier {
  return {
    other: undefined,
    onmessage: null,
    send(text) {
      const { other } = this;
      // In a turn of its own, as a message over a socket would come.
      queueMicrotask(() => (other?.onmessage as ((text: string) => void) | null)?.(text));
    },
  };
}
