import { formatParameter } from "../codec/format-parameters.ts";
import { codecLabel } from "../codec/match.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { MediaCodec, MediaDescription, SessionDescription } from "../sdp/description.ts";
import type { Sdp } from "../sdp/document.ts";
import { isAttribute } from "../sdp/line.ts";
import { readDescription } from "../sdp/read-description.ts";
import { sectionsOf } from "../sdp/sections.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";
import type { MungingKind } from "./munging-kinds.ts";
import { mungingKinds } from "./munging-kinds.ts";

/** One change of a description between its creation and its use. */
export interface Munging {
  readonly kind: MungingKind;
  /** The number that libwebrtc's `SdpMungingType` gives the kind. */
  readonly number: number;
  /** The m-line index; absent for what concerns the whole description. */
  readonly index?: number;
  readonly mid?: string;
  /** What was changed, with the values. */
  readonly message: Message;
  /** Whether the change is allowed where it was made. RFC 9429 §5.4. */
  readonly isAllowed: boolean;
  /** How to reach the same without changing the text. */
  readonly instead: Message;
  /** The browsers whose `setLocalDescription` refuses the change. */
  readonly refusedBy: readonly ("chromium" | "firefox")[];
  readonly rfc: RfcRef;
}

/** Where a description was changed. */
export interface MungingOptions {
  /**
   * `setLocalDescription` (the default): between createOffer or createAnswer and setLocalDescription, where nothing may be changed.
   * `send` and `setRemoteDescription`: on the way to the other side, where an application may reduce what is offered.
   */
  readonly before?: "setLocalDescription" | "send" | "setRemoteDescription";
}

/**
 * What was changed between a created description and the one that was applied, by the kinds that libwebrtc counts.
 * libwebrtc stops at the first; this lists all, section by section. `unknown-modification` is reported when the texts differ
 * in something else only. Line ends play no role. Empty when nothing was changed.
 */
export function findMunging(
  created: Sdp,
  applied: Sdp,
  options: MungingOptions = {},
): readonly Munging[] {
  const [before, after] = [readDescription(created), readDescription(applied)];
  if (before.media.length !== after.media.length) {
    return [munging({ kind: "number-of-contents", message: countChanged(before, after) }, options)];
  }
  const found = before.media.flatMap((left, index) => {
    const right = after.media[index];
    if (!right) return [];
    return [...sectionChanges(left, right), ...transportChanges(left, right)].map(
      (change): Change => ({ ...change, media: left }),
    );
  });
  if (before.iceLite !== after.iceLite) {
    found.push({
      kind: "ice-mode",
      message: changed("a=ice-lite", String(before.iceLite), String(after.iceLite)),
    });
  }
  const changes = found.length > 0 ? found : otherChange(before, after);
  return changes.map((change) => munging(change, options));
}

interface Change {
  readonly kind: MungingKind;
  readonly message: Message;
  readonly media?: MediaDescription;
  /** Instead of what the kind says. */
  readonly instead?: Message;
}

function munging(
  { kind, message, media, instead }: Change,
  { before = "setLocalDescription" }: MungingOptions,
): Munging {
  const facts = mungingKinds[kind];
  return {
    kind,
    number: facts.number,
    ...(media && { index: media.index }),
    ...(media?.mid !== undefined && { mid: media.mid }),
    message,
    isAllowed: before !== "setLocalDescription" && facts.reduces,
    instead: instead ?? facts.instead,
    refusedBy: facts.refusedBy ?? [],
    rfc: rfc(9429, "5.4", "MUST NOT"),
  };
}

function sectionChanges(left: MediaDescription, right: MediaDescription): Change[] {
  const changes: Change[] = [];
  const add = (kind: MungingKind, message: Message): void => {
    changes.push({ kind, message });
  };
  if (left.mid !== right.mid) add("mid", changed("a=mid", left.mid, right.mid));
  if (left.kind === "audio" || left.kind === "video") {
    changes.push(...codecChanges(left, right, left.kind));
  }
  if (left.direction !== right.direction) {
    add("direction", changed("direction", left.direction, right.direction));
  }
  const groups = (media: MediaDescription) =>
    media.sourceGroups.some(({ semantics }) => semantics === "SIM");
  if (left.kind === "video" && !groups(left) && groups(right)) {
    add("video-codecs-legacy-simulcast", {
      en: "An a=ssrc-group:SIM line was added.",
      ko: "a=ssrc-group:SIM 줄을 추가했습니다.",
    });
  } else {
    const ssrcs = ({ sources }: MediaDescription) => sources.map(({ ssrc }) => ssrc).join(" ");
    if (ssrcs(left) !== ssrcs(right)) add("ssrcs", changed("a=ssrc", ssrcs(left), ssrcs(right)));
  }
  changes.push(...extensionChanges(left, right));
  return changes;
}

function codecChanges(
  left: MediaDescription,
  right: MediaDescription,
  kind: "audio" | "video",
): Change[] {
  const removed = left.codecs.filter(
    (codec) => !right.codecs.some((other) => isSame(codec, other)),
  );
  const added = right.codecs.filter((codec) => !left.codecs.some((other) => isSame(codec, other)));
  const renumbered = removed.filter((codec) =>
    added.some((other) => codecLabel(codec) === codecLabel(other) && codec.fmtp === other.fmtp),
  );
  if (
    renumbered.length > 0 &&
    renumbered.length === removed.length &&
    added.length === removed.length
  ) {
    return [
      { kind: "payload-types", message: changed("payload types", labels(removed), labels(added)) },
    ];
  }
  const changes: Change[] = [];
  if (removed.length > 0) {
    changes.push({
      kind: `${kind}-codecs-removed`,
      message: {
        en: `Codecs were removed: ${labels(removed)}.`,
        ko: `코덱을 제거했습니다: ${labels(removed)}.`,
      },
    });
  }
  if (added.length > 0) {
    changes.push({
      kind: addedKind(kind, added, right),
      message: {
        en: `Codecs were added: ${labels(added)}.`,
        ko: `코덱을 추가했습니다: ${labels(added)}.`,
      },
    });
  }
  const order = (codecs: readonly MediaCodec[], others: readonly MediaCodec[]) =>
    codecs.filter((codec) => others.some((other) => isSame(codec, other)));
  const [was, is] = [order(left.codecs, right.codecs), order(right.codecs, left.codecs)];
  if (was.map(({ format }) => format).join() !== is.map(({ format }) => format).join()) {
    changes.push({
      kind: `${kind}-codecs-reordered`,
      message: changed("codec order", labels(was), labels(is)),
    });
  }
  for (const codec of left.codecs) {
    const other = right.codecs.find((each) => isSame(codec, each));
    if (other) changes.push(...parameterChanges(codec, other, kind));
  }
  const raw = ({ section }: MediaDescription) =>
    section.lines
      .filter((line) => isAttribute(line, "packetization"))
      .map(({ value }) => value)
      .join(" ");
  if (kind === "video" && added.length === 0 && raw(left) !== raw(right)) {
    changes.push({
      kind: "video-codecs-modified-with-raw-packetization",
      message: changed("a=packetization", raw(left), raw(right)),
    });
  }
  return changes;
}

function addedKind(
  kind: "audio" | "video",
  added: readonly MediaCodec[],
  { section }: MediaDescription,
): MungingKind {
  const has = (name: string) => added.some((codec) => codec.name.toLowerCase() === name);
  if (kind === "audio") {
    if (has("multiopus")) return "audio-codecs-added-multiopus";
    return has("l16") ? "audio-codecs-added-l16" : "audio-codecs-added";
  }
  const isRaw = section.lines.some((line) => isAttribute(line, "packetization"));
  return isRaw ? "video-codecs-added-with-raw-packetization" : "video-codecs-added";
}

/** Switches of opus that libwebrtc counts by themselves, with the value that counts as changed. */
const opusSwitches: readonly (readonly [name: string, to: boolean, kind: MungingKind])[] = [
  ["stereo", true, "audio-codecs-fmtp-opus-stereo"],
  ["useinbandfec", false, "audio-codecs-fmtp-opus-fec"],
  ["usedtx", true, "audio-codecs-fmtp-opus-dtx"],
  ["cbr", true, "audio-codecs-fmtp-opus-cbr"],
];

function parameterChanges(left: MediaCodec, right: MediaCodec, kind: "audio" | "video"): Change[] {
  const changes: Change[] = [];
  if (left.fmtp !== right.fmtp) {
    const message = changed(`a=fmtp:${left.format}`, left.fmtp, right.fmtp);
    const isOn = ({ fmtp }: MediaCodec, name: string) => formatParameter(fmtp, name) === "1";
    const name = left.name.toLowerCase();
    const flips = (parameter: string, to: boolean) =>
      isOn(left, parameter) !== to && isOn(right, parameter) === to;
    const special =
      name === "opus"
        ? opusSwitches.filter(([parameter, to]) => flips(parameter, to)).map(([, , each]) => each)
        : [];
    if (name === "h264" && flips("sps-pps-idr-in-keyframe", true)) {
      special.push("video-codecs-fmtp-h264-sps-pps-idr-in-keyframe");
    }
    const kinds = special.length > 0 ? special : [`${kind}-codecs-fmtp` as const];
    changes.push(...kinds.map((each) => ({ kind: each, message })));
  }
  const feedback = ({ feedback: values }: MediaCodec) => [...values].sort().join(", ");
  if (feedback(left) !== feedback(right)) {
    const gains = (value: string) =>
      !left.feedback.includes(value) && right.feedback.includes(value);
    const message = changed(`a=rtcp-fb:${left.format}`, feedback(left), feedback(right));
    if (kind === "audio" && gains("nack")) {
      changes.push({ kind: "audio-codecs-rtcp-fb-audio-nack", message });
    } else if (kind === "audio" && gains("rrtr")) {
      changes.push({ kind: "audio-codecs-rtcp-fb-rrtr", message });
    } else changes.push({ kind: `${kind}-codecs-rtcp-fb`, message });
  }
  return changes;
}

function extensionChanges(left: MediaDescription, right: MediaDescription): Change[] {
  const uris = (media: MediaDescription) => new Set(media.extensions.map(({ uri }) => uri));
  const [was, is] = [uris(left), uris(right)];
  const gone = [...was].filter((uri) => !is.has(uri));
  const come = [...is].filter((uri) => !was.has(uri));
  const moved = left.extensions.filter((extension) => {
    const other = right.extensions.find(({ uri }) => uri === extension.uri);
    return other && (other.id !== extension.id || other.direction !== extension.direction);
  });
  const changes: Change[] = [];
  if (gone.length > 0) {
    changes.push({
      kind: "rtp-header-extension-removed",
      message: {
        en: `Header extensions were removed: ${gone.join(", ")}.`,
        ko: `헤더 확장을 제거했습니다: ${gone.join(", ")}.`,
      },
    });
  }
  if (come.length > 0) {
    changes.push({
      kind: "rtp-header-extension-added",
      message: {
        en: `Header extensions were added: ${come.join(", ")}.`,
        ko: `헤더 확장을 추가했습니다: ${come.join(", ")}.`,
      },
    });
  }
  if (moved.length > 0) {
    const list = moved.map(({ uri }) => uri).join(", ");
    changes.push({
      kind: "rtp-header-extension-modified",
      message: {
        en: `The id or direction of header extensions was changed: ${list}.`,
        ko: `헤더 확장의 ID나 방향을 바꿨습니다: ${list}.`,
      },
    });
  }
  return changes;
}

function transportChanges(left: MediaDescription, right: MediaDescription): Change[] {
  const changes: Change[] = [];
  if (left.ice.ufrag !== right.ice.ufrag) {
    changes.push({
      kind: "ice-ufrag",
      message: changed("a=ice-ufrag", left.ice.ufrag, right.ice.ufrag),
    });
  }
  if (left.ice.pwd !== right.ice.pwd) {
    changes.push({
      kind: "ice-pwd",
      message: {
        en: "The value of a=ice-pwd was changed.",
        ko: "a=ice-pwd 값을 바꿨습니다.",
      },
    });
  }
  if (left.dtls.setup !== right.dtls.setup) {
    changes.push({
      kind: "dtls-setup",
      message: changed("a=setup", left.dtls.setup, right.dtls.setup),
    });
  }
  const [was, is] = [left.ice.options, right.ice.options];
  if (was.join(" ") !== is.join(" ")) {
    const isRenomination = !was.includes("renomination") && is.includes("renomination");
    changes.push({
      kind: isRenomination ? "ice-options-renomination" : "ice-options",
      message: changed("a=ice-options", was.join(" "), is.join(" ")),
    });
  }
  return changes;
}

/** What does the work of a line that libwebrtc's kinds do not know, by how the line begins. */
const otherLines: readonly (readonly [start: string, instead: Message])[] = [
  [
    "b=",
    {
      en: "Limit what is sent with RTCRtpSender.setParameters (maxBitrate).",
      ko: "보내는 쪽은 RTCRtpSender.setParameters(maxBitrate)로 제한하십시오.",
    },
  ],
  [
    "a=fingerprint",
    {
      en: "Give the certificate to the RTCPeerConnection constructor (certificates). Chromium refuses a foreign fingerprint.",
      ko: "인증서를 RTCPeerConnection 생성자(certificates)에 넘기십시오. Chromium은 다른 지문을 거부합니다.",
    },
  ],
  [
    "a=candidate",
    {
      en: "Send the candidate to the other side, which gives it to addIceCandidate. Firefox refuses candidates that are not its own.",
      ko: "후보를 상대에게 보내고 상대가 addIceCandidate에 넘기게 하십시오. Firefox는 자기 것이 아닌 후보를 거부합니다.",
    },
  ],
  [
    "a=msid",
    {
      en: "Name the streams in addTrack or addTransceiver, or call RTCRtpSender.setStreams.",
      ko: "addTrack이나 addTransceiver에서 스트림을 지정하거나 RTCRtpSender.setStreams를 호출하십시오.",
    },
  ],
  [
    "a=group",
    {
      en: "Set bundlePolicy in the RTCPeerConnection constructor.",
      ko: "RTCPeerConnection 생성자에서 bundlePolicy를 지정하십시오.",
    },
  ],
  [
    "m=",
    {
      en: "Call transceiver.stop() to give a section up.",
      ko: "섹션을 포기하려면 transceiver.stop()을 호출하십시오.",
    },
  ],
];

function otherChange(before: SessionDescription, after: SessionDescription): Change[] {
  const lines = ({ document }: SessionDescription) =>
    sectionsOf(document).flatMap((section) => section.lines.map(({ source }) => source));
  const [was, is] = [lines(before), lines(after)];
  if (was.join("\n") === is.join("\n")) return [];
  const [old, now] = [new Set(was), new Set(is)];
  const gone = was.find((line) => !now.has(line));
  const come = is.find((line) => !old.has(line));
  const line = come ?? gone ?? "";
  const known = otherLines.find(([start]) => line.startsWith(start));
  return [
    {
      kind: "unknown-modification",
      message: changed(line === "" ? "order of lines" : "line", gone, come),
      ...(known && { instead: known[1] }),
    },
  ];
}

function isSame(a: MediaCodec, b: MediaCodec): boolean {
  return a.format === b.format && codecLabel(a).toLowerCase() === codecLabel(b).toLowerCase();
}

function labels(codecs: readonly MediaCodec[]): string {
  return codecs.map((codec) => `${codecLabel(codec)} (${codec.format})`).join(", ");
}

function countChanged(before: SessionDescription, after: SessionDescription): Message {
  const [a, b] = [before.media.length, after.media.length];
  return {
    en: `The number of media sections was changed from ${a} to ${b}.`,
    ko: `미디어 섹션 수를 ${a}개에서 ${b}개로 바꿨습니다.`,
  };
}

function changed(what: string, from: string | undefined, to: string | undefined): Message {
  const [a, b] = [from || "–", to || "–"];
  return {
    en: `${what} was changed from ${a} to ${b}.`,
    ko: withParticles(`${what}을(를) ${a}에서 ${b}(으)로 바꿨습니다.`),
  };
}
