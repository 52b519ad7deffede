import type { RecordableIceTransport, RecordableTransport } from "../../record/connection.ts";
import type { InsideDtls } from "./inside.ts";

/** The DTLS transport with W3C's events; the ICE transport below it tells of its selected pair. */
export class WeriftTransport extends EventTarget implements RecordableTransport {
  readonly iceTransport: RecordableIceTransport;
  readonly #transport: InsideDtls;

  constructor(transport: InsideDtls) {
    super();
    this.#transport = transport;
    this.iceTransport = new WeriftIceTransport(transport.iceTransport);
    transport.onStateChange.subscribe(() => this.dispatchEvent(new Event("statechange")));
  }

  get state(): string {
    return this.#transport.state;
  }
}

class WeriftIceTransport extends EventTarget implements RecordableIceTransport {
  readonly #transport: InsideDtls["iceTransport"];

  constructor(transport: InsideDtls["iceTransport"]) {
    super();
    this.#transport = transport;
    // werift has no event for the selected pair; it is there when the state becomes connected.
    transport.onStateChange.subscribe(() => {
      if (transport.connection.nominated) {
        this.dispatchEvent(new Event("selectedcandidatepairchange"));
      }
    });
  }

  getSelectedCandidatePair(): ReturnType<
    NonNullable<RecordableIceTransport["getSelectedCandidatePair"]>
  > {
    if (!this.#transport.connection.nominated) return null;
    const pair = this.#transport.getSelectedCandidatePair();
    if (pair === null) return null;
    return { local: candidateText(pair.local), remote: candidateText(pair.remote) };
  }
}

/** werift writes `candidate:` before the candidates it gathers, but not before those of a pair. */
function candidateText({ candidate = "" }: { candidate?: string }): { candidate: string } {
  const isWhole = candidate === "" || candidate.startsWith("candidate:");
  return { candidate: isWhole ? candidate : `candidate:${candidate}` };
}
