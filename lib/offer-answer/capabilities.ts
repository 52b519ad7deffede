import type { Codec } from "../codec/codec.ts";
import type { MatchPolicy } from "../codec/rule.ts";
import type { Direction } from "../sdp/description.ts";

/** What an endpoint can do and how it answers. A kind that is absent is rejected. */
export interface Capabilities extends RecordedCapabilities {
  /** How it compares codecs. */
  readonly policy: MatchPolicy;
  /** Where it leaves the choice that the RFCs give an answerer, and where it leaves the RFCs. */
  readonly habits: AnswerHabits;
}

/** What an endpoint can do, as its own offers and answers show it. */
export interface RecordedCapabilities {
  /** Whose they are, such as `chromium`. */
  readonly product: string;
  /** Such as `156.0.8078.79`. */
  readonly version: string;
  readonly audio?: MediaCapabilities;
  readonly video?: MediaCapabilities;
  readonly data?: DataCapabilities;
  /** The tokens of its `a=ice-options`. RFC 8839 §5.6. */
  readonly iceOptions: readonly string[];
}

/** What an endpoint can do with one kind of media. */
export interface MediaCapabilities {
  /** In its own order. `apt` and RED lists refer to its own payload types; an answer uses those of the offer. */
  readonly codecs: readonly CodecCapability[];
  /** The header extensions it agrees to, in its own order. RFC 8285. */
  readonly extensions: readonly ExtensionCapability[];
  /** Whether it agrees to reduced-size RTCP. RFC 5506. */
  readonly reducedSizeRtcp: boolean;
  /** Whether it answers `a=simulcast:send` with `a=simulcast:recv` and the rids. RFC 8853 §5.3.2. */
  readonly receivesSimulcast?: boolean;
}

/** A codec, and whether it can only be sent or only be received; both when `use` is absent. */
export interface CodecCapability extends Codec {
  readonly payloadType: number;
  readonly use?: "sendonly" | "recvonly";
}

/** A header extension and how it may be used; in both directions when there is none. */
export interface ExtensionCapability {
  readonly uri: string;
  readonly direction?: Direction;
}

/** What an endpoint can do with data channels. RFC 8841. */
export interface DataCapabilities {
  readonly sctpPort: number;
  /** In bytes. */
  readonly maxMessageSize: number;
}

/** Where answers differ though the offer and the codecs are the same. */
export interface AnswerHabits {
  /** Header extensions in the order of the offer or in its own; RFC 8285 wants none. */
  readonly extensionOrder: "offer" | "own";
  /**
   * How it treats the direction of a header extension. `negotiated`: what offer and capability allow together, as RFC 8285 §7
   * wants it. `own`: the same, but written only where its own capability is limited. `ignored`: never looked at, never written.
   */
  readonly extensionDirection: "negotiated" | "own" | "ignored";
  /** The formats in the order of the offer; or with RTX directly behind its codec, and RED and FEC last. */
  readonly formatOrder: "offer" | "grouped";
  /** Where a format stands that the `m=` line lists twice. */
  readonly repeatedFormat: "first" | "last";
  /** Which of several header extensions with one URI it answers. RFC 8285 §5 wants each once. */
  readonly repeatedExtension: "first" | "last" | "all";
  /** Attributes of which the last one counts when a section has several, `direction` meaning the four of them; else the first. */
  readonly lastCounts?: readonly string[];
  /** Whether it reads nothing from the first line on that has not the form `x=…`. */
  readonly stopsAtBadLine?: boolean;
  /**
   * Whether any blanks and tabs stand for one blank, names of attributes, kinds and groups may be in any case,
   * and of a port or payload type the leading digits count.
   */
  readonly readsLoosely?: boolean;
  /** Whether it finds the `apt` of RTX only in front of all other parameters. */
  readonly aptFirst?: boolean;
  /** Whether it answers RTX that has its lines but does not stand in the `m=` line. */
  readonly answersUnlistedRtx?: boolean;
  /** Whether it ignores a last line that does not end in a line end. */
  readonly needsLastLineEnd?: boolean;
  /** RTP profiles that RFC 9429 §5.1.2 wants accepted and it does not. */
  readonly refusedProtocols?: readonly string[];
  /** Format parameters that tell variants of a codec apart, but not for it. */
  readonly ignoredParameters?: readonly string[];
  /** Whether it takes ULPFEC only together with RED. */
  readonly fecNeedsRed?: boolean;
  /** Whether it gives a section without mid one of its own, the lowest free number, and names it in the answer. RFC 5888 §9.1 says otherwise. */
  readonly namesSections?: boolean;
  /** Whether a data section without a=sctp-port is taken to mean port 5000. RFC 8841 §5.1 makes it invalid. */
  readonly assumesSctpPort?: boolean;
  /** Whether its a=max-message-size is never above that of the offer. RFC 8841 §6.1 has each side tell its own. */
  readonly lowersMessageSize?: boolean;
  /**
   * Its BUNDLE group: in the order of the offered group, the first section that is not bundle-only in front, and none at all
   * when there is no such section (RFC 9143 §7.3.1); or in the order of the sections.
   */
  readonly bundleOrder: "group" | "sections";
  /** Whether it takes a bundle-only section that ends up outside the group. RFC 9143 §7.3.2 has it rejected. */
  readonly keepsLoneBundleOnly?: boolean;
  /** Whether it keeps offered BUNDLE tags that name no section. RFC 5888 §6 lets them be ignored. */
  readonly echoesBundleTags?: boolean;
  /** Whether each bundled section answers its own a=setup instead of taking that of the tagged one. RFC 9143 §7.1.3 says otherwise. */
  readonly answersEachSetup?: boolean;
  /** How many formats of an `m=` line it reads; what comes behind does not exist for it. */
  readonly maxFormats?: number;
}
