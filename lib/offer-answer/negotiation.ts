import type { Diagnostic } from "../diagnostic.ts";
import type { IceCredentials } from "../ice/generation.ts";
import type { Direction, MediaDescription, Setup } from "../sdp/description.ts";
import type { SdpDocument } from "../sdp/document.ts";
import type { Message } from "../text.ts";
import type { AnsweredCodec, CodecNegotiation } from "./negotiate-codecs.ts";
import type { AnsweredExtension } from "./negotiate-extensions.ts";

/** An answer, how it came about, and what was wrong with the offer. */
export interface Negotiation {
  readonly answer: SdpDocument;
  /** One for each media section of the offer, in order. */
  readonly decisions: readonly SectionDecision[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What was decided about one media section. */
export interface SectionDecision {
  readonly index: number;
  readonly mid?: string;
  readonly kind: string;
  readonly isAccepted: boolean;
  /** Why the section was accepted or rejected. */
  readonly reason: Message;
  readonly direction: Direction;
  readonly setup?: Setup;
  /** Whether it is in the answer's BUNDLE group. */
  readonly isBundled: boolean;
  readonly codecs: readonly AnsweredCodec[];
  readonly refusedCodecs: CodecNegotiation["refused"];
  readonly extensions: readonly AnsweredExtension[];
}

/** What an answer needs beside the offer and the capabilities. All of it is passed in; `negotiate` itself has no chance and no clock. */
export interface NegotiateOptions {
  /**
   * What this side wants to do: one direction for all sections, or a function that tells it of each.
   * `recvonly` unless told otherwise, like a browser's peer connection without tracks.
   */
  readonly direction?: Direction | ((section: MediaDescription) => Direction);
  /** The DTLS role to take when the offer leaves the choice; `active` unless told otherwise, as RFC 8842 §5.3 recommends. */
  readonly setup?: "active" | "passive";
  readonly ice?: IceCredentials;
  /** Each an `a=fingerprint` value, such as `sha-256 9E:E7:…`. */
  readonly fingerprints?: readonly string[];
  /** Numbers for the `o=` line; the version counts up from answer to answer. */
  readonly origin?: { readonly sessionId?: string; readonly sessionVersion?: string };
  /** The stream and track of each sending section, for `a=msid`. RFC 8830. */
  readonly msid?: (section: MediaDescription) => string | undefined;
}
