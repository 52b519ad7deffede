import type { Sdp } from "../../lib/sdp/document.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";

/** One thing in which an answer of ours is not like the one that a real endpoint gave. */
export interface Disagreement {
  readonly about:
    | "section count"
    | "kind"
    | "mid"
    | "rejected"
    | "direction"
    | "payload types"
    | "extensions"
    | "setup"
    | "bundle";
  /** The m-line index; absent for what concerns the whole answer. */
  readonly index?: number;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Where two answers to the same offer differ in what was negotiated: sections and their order, kind, mid, rejected or not,
 * direction, payload types in order, header extensions (id, direction, URI, in order), setup, and the BUNDLE group.
 * Of rejected sections only the rejection counts. A BUNDLE group without members is none. Empty when they agree; credentials, ports and spelling play no role.
 */
export function answerDisagreements(ours: Sdp, theirs: Sdp): readonly Disagreement[] {
  const [left, right] = [readDescription(ours), readDescription(theirs)];
  const found: Disagreement[] = [];
  const compare = (about: Disagreement["about"], a: string, b: string, index?: number): void => {
    if (a !== b) found.push({ about, ...(index !== undefined && { index }), ours: a, theirs: b });
  };
  compare("section count", String(left.media.length), String(right.media.length));
  for (const [index, a] of left.media.entries()) {
    const b = right.media[index];
    if (!b) break;
    compare("rejected", String(a.isRejected), String(b.isRejected), index);
    if (a.isRejected || b.isRejected) continue;
    compare("kind", a.kind, b.kind, index);
    compare("mid", a.mid ?? "–", b.mid ?? "–", index);
    // On a data section a direction means nothing. RFC 8841 §9.2.
    if (!a.sctp) compare("direction", a.direction, b.direction, index);
    compare("payload types", a.formats.join(" "), b.formats.join(" "), index);
    compare("extensions", extensions(a), extensions(b), index);
    compare("setup", a.dtls.setup ?? "–", b.dtls.setup ?? "–", index);
  }
  compare("bundle", bundleOf(left), bundleOf(right));
  return found;
}

function bundleOf({ bundle }: ReturnType<typeof readDescription>): string {
  return bundle?.mids.join(" ") || "–";
}

function extensions({
  extensions: all,
}: ReturnType<typeof readDescription>["media"][number]): string {
  return all
    .map(({ id, direction, uri }) => (direction ? `${id}/${direction} ${uri}` : `${id} ${uri}`))
    .join(", ");
}
