export type { Codec, CodecPattern } from "../codec/codec.ts";
export type { FormatParameter } from "../codec/format-parameters.ts";
export {
  formatParameter,
  parseFormatParameters,
  printFormatParameters,
  setFormatParameter,
} from "../codec/format-parameters.ts";
export type { CodecMatch } from "../codec/match.ts";
export { codecLabel, fitsPattern, matchCodec } from "../codec/match.ts";
export type { ParsedCodecPattern } from "../codec/pattern.ts";
export { parseCodecPattern, printCodecPattern } from "../codec/pattern.ts";
export type {
  CodecRole,
  CodecRule,
  MatchPolicy,
  ParameterComparison,
  ParameterRule,
} from "../codec/rule.ts";
export { codecRuleFor, codecRules } from "../codec/rules/catalog.ts";
export type { H264Profile, H264ProfileLevel } from "../codec/rules/h264.ts";
export { readProfileLevelId } from "../codec/rules/h264.ts";
export { browserCapabilities } from "../offer-answer/browser-capabilities.ts";
export type {
  AnswerHabits,
  Capabilities,
  CodecCapability,
  DataCapabilities,
  ExtensionCapability,
  MediaCapabilities,
  RecordedCapabilities,
} from "../offer-answer/capabilities.ts";
export type { SelectOptions } from "../offer-answer/choose-formats.ts";
export type { ChosenCodec } from "../offer-answer/chosen-codecs.ts";
export { chosenCodecs } from "../offer-answer/chosen-codecs.ts";
export { filterCodecs } from "../offer-answer/filter-codecs.ts";
export type { Munging, MungingOptions } from "../offer-answer/munging.ts";
export { findMunging } from "../offer-answer/munging.ts";
export type { MungingFacts, MungingKind } from "../offer-answer/munging-kinds.ts";
export { mungingKinds } from "../offer-answer/munging-kinds.ts";
export { negotiate } from "../offer-answer/negotiate.ts";
export type { AnsweredCodec, CodecNegotiation } from "../offer-answer/negotiate-codecs.ts";
export type { AnsweredExtension } from "../offer-answer/negotiate-extensions.ts";
export type {
  NegotiateOptions,
  Negotiation,
  SectionDecision,
} from "../offer-answer/negotiation.ts";
export type { PayloadTypeGraph, PayloadTypeNode } from "../offer-answer/payload-type-graph.ts";
export { readPayloadTypeGraph } from "../offer-answer/payload-type-graph.ts";
export { preferCodecs } from "../offer-answer/prefer-codecs.ts";
export type { PayloadTypeMap } from "../offer-answer/renumber.ts";
export { renumberPayloadTypes } from "../offer-answer/renumber.ts";
export type { CodecDecision, CodecSelection } from "../offer-answer/select-codecs.ts";
export { selectCodecs } from "../offer-answer/select-codecs.ts";
export type { ServerChoice } from "../offer-answer/server-codecs.ts";
export { matchServerCodecs } from "../offer-answer/server-codecs.ts";
