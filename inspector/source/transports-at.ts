import type { MediaDescription, SessionDescription } from "../../lib/index.ts";
import { readDescription } from "../../lib/index.ts";
import type { HeldDescription, HeldDescriptions } from "./state-at.ts";

/** One transport of a connection: the sections that share it, and who is who in its DTLS handshake. */
export interface TransportRow {
  /** The sections' mids, the one whose transport it is first; a section without a mid by its `#index`. */
  readonly sections: readonly string[];
  /** What an answer made of it; before one came, what was offered. */
  readonly isAgreed: boolean;
  /** This side's role: who answers `active` is the client. Absent before an answer, and without DTLS. RFC 8842 §5.3. */
  readonly role?: "client" | "server";
  readonly localUfrag?: string;
  readonly remoteUfrag?: string;
  /** The fingerprint that this side was told the other has, `sha-256 AB:CD:…`. */
  readonly fingerprint?: string;
  /** What the other side says of itself in its own description; absent where it was not recorded. RFC 8122 §6.2. */
  readonly check?: "same" | "differs";
}

/**
 * The transports of a connection as its descriptions have them: a BUNDLE group of the answer is one, a section in none has its own
 * (RFC 9143 §7.3); rejected sections have none.
 */
export function transportsAt(
  held: HeldDescriptions,
  other: HeldDescriptions | undefined,
): readonly TransportRow[] {
  const isSettled = held.currentLocal !== undefined && held.currentRemote !== undefined;
  const local = read(isSettled ? held.currentLocal : (held.pendingLocal ?? held.currentLocal));
  const remote = read(isSettled ? held.currentRemote : (held.pendingRemote ?? held.currentRemote));
  const answer = [local, remote].find((side) => side && side.type !== "offer");
  const leading = answer ?? local ?? remote;
  if (!leading) return [];
  const isAgreed = answer !== undefined && local !== undefined && remote !== undefined;
  const theirs = read(other?.currentLocal ?? other?.pendingLocal);
  return sharing(leading.description).map((sections): TransportRow => {
    const index = sections[0]?.index ?? 0;
    const [mine, told, own] = [local, remote, theirs].map((side) => side?.description.media[index]);
    const role = isAgreed ? roleOf(answer.description.media[index], answer === local) : undefined;
    const fingerprint = told?.dtls.fingerprints[0];
    const check = checkOf(told, own);
    return {
      sections: sections.map(({ mid, index: at }) => mid ?? `#${at}`),
      isAgreed,
      ...(role && { role }),
      ...(mine?.ice?.ufrag !== undefined && { localUfrag: mine.ice.ufrag }),
      ...(told?.ice?.ufrag !== undefined && { remoteUfrag: told.ice.ufrag }),
      ...(fingerprint && {
        fingerprint: `${fingerprint.algorithm} ${fingerprint.value}`,
      }),
      ...(check && { check }),
    };
  });
}

function read(
  held: HeldDescription | undefined,
): { readonly type: string; readonly description: SessionDescription } | undefined {
  return held && { type: held.type, description: readDescription(held.sdp) };
}

/** The sections of each transport, the tagged one first. */
function sharing({ media, groups }: SessionDescription): readonly (readonly MediaDescription[])[] {
  const shared = new Map<string, MediaDescription[]>();
  for (const section of media) {
    if (section.isRejected) continue;
    const group = groups.findIndex(
      ({ semantics, mids }) =>
        semantics === "BUNDLE" && section.mid !== undefined && mids.includes(section.mid),
    );
    const key = group === -1 ? `section ${section.index}` : `group ${group}`;
    const list = shared.get(key) ?? [];
    if (section.mid !== undefined && groups[group]?.mids[0] === section.mid) list.unshift(section);
    else list.push(section);
    shared.set(key, list);
  }
  return [...shared.values()];
}

function roleOf(
  answered: MediaDescription | undefined,
  isOurs: boolean,
): "client" | "server" | undefined {
  const setup = answered?.dtls.setup;
  if (setup !== "active" && setup !== "passive") return undefined;
  return (setup === "active") === isOurs ? "client" : "server";
}

/** Fingerprints of different hash functions say nothing of each other. */
function checkOf(
  told: MediaDescription | undefined,
  own: MediaDescription | undefined,
): TransportRow["check"] {
  const ours = printsOf(own);
  const comparable = printsOf(told).filter(({ algorithm }) =>
    ours.some((print) => print.algorithm === algorithm),
  );
  if (comparable.length === 0) return undefined;
  return comparable.some(({ value }) => ours.some((print) => print.value === value))
    ? "same"
    : "differs";
}

function printsOf(section: MediaDescription | undefined) {
  return (section?.dtls.fingerprints ?? []).map(({ algorithm, value }) => ({
    algorithm: algorithm.toLowerCase(),
    value: value.toUpperCase(),
  }));
}
