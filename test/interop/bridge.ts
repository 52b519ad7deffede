import type { AgentConnection, Candidate, Description } from "./agent.ts";

/** What one end says to the other: W3C's signaling, nothing else. */
export type Signal = { readonly sdp: Description } | { readonly candidate: Candidate };

/** Carries signals between one of our ends and an agent's connection, in order, as a signaling server would. */
export interface Bridge {
  /** The agent's candidates; goes into `Agent.open`. */
  readonly onCandidate: (candidate: Candidate) => void;
  /** Our end says something. */
  send(signal: Signal): void;
  /** Lets the agent offer. */
  offer(): void;
  /** Rejects as soon as the agent refuses a description. */
  readonly refused: Promise<never>;
}

/**
 * Makes a bridge to a connection that may not be open yet. Candidates wait for the description that they belong to, on
 * both ways: what an application's own signaling has to take care of too.
 */
export function createBridge(
  connection: Promise<AgentConnection>,
  toUs: (signal: Signal) => void,
): Bridge {
  let fail: (error: Error) => void = () => {};
  const refused = new Promise<never>((_, reject) => {
    fail = reject;
  });
  refused.catch(() => {});
  const forUs = createGate<Candidate>((candidate) => toUs({ candidate }));
  const forAgent = createGate<Candidate>((candidate) => {
    // What an agent makes of a candidate shows in whether it connects.
    connection.then((open) => open.addCandidate(candidate)).catch(() => {});
  });
  const describe = async (work: (open: AgentConnection) => Promise<Description | undefined>) => {
    try {
      const description = await work(await connection);
      if (description !== undefined) {
        toUs({ sdp: description });
        forUs.open();
      }
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return {
    refused,
    onCandidate: forUs.pass,
    offer: () => void describe((open) => open.offer()),
    send(signal) {
      if ("candidate" in signal) return forAgent.pass(signal.candidate);
      const { sdp } = signal;
      void describe((open) =>
        sdp.type === "offer" ? open.answer(sdp) : open.accept(sdp).then(() => undefined),
      ).then(forAgent.open);
    },
  };
}

interface Gate<Value> {
  readonly pass: (value: Value) => void;
  readonly open: () => void;
}

/** Holds values back until it is opened. */
function createGate<Value>(pass: (value: Value) => void): Gate<Value> {
  let waiting: Value[] | undefined = [];
  return {
    pass: (value) => void (waiting === undefined ? pass(value) : waiting.push(value)),
    open() {
      const held = waiting ?? [];
      waiting = undefined;
      held.forEach(pass);
    },
  };
}
