import { codecLabel } from "../codec/match.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { browserCapabilities } from "../offer-answer/browser-capabilities.ts";
import type { Capabilities } from "../offer-answer/capabilities.ts";
import type { ChosenCodec } from "../offer-answer/chosen-codecs.ts";
import { chosenCodecs } from "../offer-answer/chosen-codecs.ts";
import { negotiate } from "../offer-answer/negotiate.ts";
import type { Negotiation } from "../offer-answer/negotiation.ts";
import type { MediaDescription } from "../sdp/description.ts";
import type { Trace } from "../trace/trace.ts";
import type { Browser } from "./browsers/profiles.ts";
import { checkAnswer } from "./check-answer.ts";
import { createReading } from "./reading.ts";

/** What an answer could have been, beside what it was. */
export interface ReplayedAnswer {
  /** The offer that it answers, as the replay has it. */
  readonly offer: string;
  /** The answer as it was recorded. */
  readonly recorded: string;
  /** The answer that the replay goes on with. */
  readonly answer: string;
  /** What `checkAnswer` says of the two. */
  readonly findings: readonly Diagnostic[];
  /** What `negotiate` answers with the answerer's capabilities; absent where those are not known. */
  readonly computed?: Negotiation;
  /** Whose capabilities they are, such as `chromium 156.0.8078.79`. */
  readonly by?: string;
  /** Where the recorded answer means something else than the computed one; empty where there is none. */
  readonly differences: readonly AnswerDifference[];
  /** What each side will send, by the replay's offer and answer. */
  readonly codecs: readonly ChosenCodec[];
}

/** One point in which a section of the recorded answer and of the computed one differ. */
export interface AnswerDifference {
  /** The m-line index. */
  readonly index: number;
  readonly mid?: string;
  readonly what: "section" | "mid" | "direction" | "codecs" | "extensions" | "setup" | "bundle";
  /** In SDP's words; empty for nothing. */
  readonly recorded: string;
  readonly computed: string;
}

/** What an answer is replayed with. */
export interface AnswerQuestion {
  readonly offer: string;
  /** The answer that was recorded. */
  readonly recorded: string;
  /** The offer is not the recorded one: the answerer would have answered anew. */
  readonly isOtherOffer: boolean;
  /** The text that somebody puts in the answer's place. */
  readonly edited?: string;
  readonly capabilities?: Capabilities;
}

/**
 * Answers an offer as the answerer would, and compares with what was recorded. What an application decides (directions, the DTLS
 * role) and what is made by chance (credentials, fingerprints, session id) is taken from the recorded answer.
 */
export function replayAnswer(question: AnswerQuestion): ReplayedAnswer {
  const { offer, recorded, capabilities } = question;
  const computed = capabilities && answerAnew(offer, recorded, capabilities);
  const anew = question.isOtherOffer ? computed?.answer.toString() : undefined;
  const answer = question.edited ?? anew ?? recorded;
  return {
    offer,
    recorded,
    answer,
    findings: checkAnswer(offer, answer),
    ...(computed &&
      capabilities && { computed, by: `${capabilities.product} ${capabilities.version}` }),
    differences: computed ? compare(recorded, computed.answer.toString()) : [],
    codecs: chosenCodecs(offer, answer, capabilities?.policy),
  };
}

/** The browser that a peer of a trace runs in, as far as the trace tells. */
export function browserOf({ header }: Trace, peer: string): Browser | undefined {
  const { source, parts } = header;
  const part = parts?.find(({ peers }) => peers.includes(peer));
  const engine = header.peers.find(({ id }) => id === peer)?.engine;
  for (const text of [engine, part?.source.agent, source?.agent]) {
    if (typeof text !== "string") continue;
    if (/firefox/i.test(text)) return "firefox";
    if (/chrom(?:e|ium)|\bedg(?:e|\b)|\bopr\b/i.test(text)) return "chromium";
  }
  return undefined;
}

/** What the browser of a peer can do, as recorded from the real one. */
export function capabilitiesOf(trace: Trace, peer: string): Capabilities | undefined {
  const browser = browserOf(trace, peer);
  return browser && browserCapabilities(browser);
}

function answerAnew(offer: string, recorded: string, capabilities: Capabilities): Negotiation {
  const { description } = createReading(recorded);
  const { media, origin } = description;
  const first = media.find(({ isRejected }) => !isRejected) ?? media[0];
  const { ufrag, pwd } = first?.ice ?? {};
  const fingerprints = first?.dtls.fingerprints.map(
    ({ algorithm, value }) => `${algorithm} ${value}`,
  );
  const setup = first?.dtls.setup;
  return negotiate(offer, capabilities, {
    direction: ({ index }) => media[index]?.direction ?? "recvonly",
    ...((setup === "active" || setup === "passive") && { setup }),
    ...(ufrag !== undefined && pwd !== undefined && { ice: { ufrag, pwd } }),
    ...(fingerprints && fingerprints.length > 0 && { fingerprints }),
    ...(origin && {
      origin: { sessionId: origin.sessionId, sessionVersion: origin.sessionVersion },
    }),
  });
}

function compare(recorded: string, computed: string): readonly AnswerDifference[] {
  const one = createReading(recorded).description;
  const other = createReading(computed).description;
  const count = Math.max(one.media.length, other.media.length);
  const bundles = [one, other].map(({ bundle }) => bundle?.mids ?? []);
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const left = factsOf(one.media[index], bundles[0] ?? []);
    const right = factsOf(other.media[index], bundles[1] ?? []);
    const mid = one.media[index]?.mid ?? other.media[index]?.mid;
    const differing = facts.filter((what) => left[what] !== right[what]);
    // Of a section that one of the two rejects, nothing else is to be compared.
    const told = differing.includes("section") ? (["section"] as const) : differing;
    return told.map((what) => ({
      index,
      ...(mid !== undefined && { mid }),
      what,
      recorded: left[what],
      computed: right[what],
    }));
  });
}

const facts = [
  "section",
  "mid",
  "direction",
  "codecs",
  "extensions",
  "setup",
  "bundle",
] as const satisfies readonly AnswerDifference["what"][];

/** What a section says, in a form that is equal when the meaning is. */
function factsOf(
  media: MediaDescription | undefined,
  bundle: readonly string[],
): Readonly<Record<AnswerDifference["what"], string>> {
  const nothing = { mid: "", direction: "", codecs: "", extensions: "", setup: "", bundle: "" };
  if (!media) return { section: "", ...nothing };
  if (media.isRejected) return { section: "rejected", ...nothing };
  return {
    section: `m=${media.kind}`,
    mid: media.mid ?? "",
    direction: media.direction,
    codecs: media.codecs
      .map((codec) => `${codec.format} ${codecLabel(codec)}`)
      .sort()
      .join(", "),
    extensions: media.extensions
      .map(({ id, uri }) => `${id} ${uri}`)
      .sort()
      .join(", "),
    setup: media.dtls.setup ?? "",
    bundle: bundle.includes(media.mid ?? "") ? "bundled" : "",
  };
}
