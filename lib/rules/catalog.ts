import { av1Profile } from "./answer/av1-profile.ts";
import { bundleOnlySection } from "./answer/bundle-only-section.ts";
import { answerBundleTag } from "./answer/bundle-tag.ts";
import { bundledRtcp } from "./answer/bundled-rtcp.ts";
import { bundledTransport } from "./answer/bundled-transport.ts";
import { commonFormat } from "./answer/common-format.ts";
import { dataFormat } from "./answer/data-format.ts";
import { direction } from "./answer/direction.ts";
import { answerExtension } from "./answer/extension.ts";
import { extensionDirection } from "./answer/extension-direction.ts";
import { extmapAllowMixed } from "./answer/extmap-allow-mixed.ts";
import { feedback } from "./answer/feedback.ts";
import { answerGroup } from "./answer/group.ts";
import { groupMembership } from "./answer/group-membership.ts";
import { h264Configuration } from "./answer/h264-configuration.ts";
import { h264Level } from "./answer/h264-level.ts";
import { h265Profile } from "./answer/h265-profile.ts";
import { mLineCount } from "./answer/m-line-count.ts";
import { mediaKind } from "./answer/media-kind.ts";
import { answerMid } from "./answer/mid.ts";
import { opusParameters } from "./answer/opus-parameters.ts";
import { answerOrigin } from "./answer/origin.ts";
import { payloadType } from "./answer/payload-type.ts";
import { answerProtocol } from "./answer/protocol.ts";
import { rejectedSection } from "./answer/rejected-section.ts";
import { answerRid } from "./answer/rid.ts";
import { answerRtcpMux } from "./answer/rtcp-mux.ts";
import { sessionLines } from "./answer/session-lines.ts";
import { setupRole } from "./answer/setup-role.ts";
import { answerSimulcast } from "./answer/simulcast.ts";
import { answerSsrc } from "./answer/ssrc.ts";
import { answerTlsId } from "./answer/tls-id.ts";
import { unofferedCodec } from "./answer/unoffered-codec.ts";
import { vp9Profile } from "./answer/vp9-profile.ts";
import { bandwidthTias } from "./description/bandwidth-tias.ts";
import { bandwidthValue } from "./description/bandwidth-value.ts";
import { bundleExtensionId } from "./description/bundle-extension-id.ts";
import { bundleMidExtension } from "./description/bundle-mid-extension.ts";
import { bundleOnly } from "./description/bundle-only.ts";
import { bundlePayloadType } from "./description/bundle-payload-type.ts";
import { bundleRtcpMux } from "./description/bundle-rtcp-mux.ts";
import { bundleTag } from "./description/bundle-tag.ts";
import { bundleTransport } from "./description/bundle-transport.ts";
import { comfortNoise } from "./description/comfort-noise.ts";
import { connectionMissing } from "./description/connection-missing.ts";
import { connectionMulticast } from "./description/connection-multicast.ts";
import { connectionPlaceholder } from "./description/connection-placeholder.ts";
import { cryptoAttribute } from "./description/crypto-attribute.ts";
import { dataDirection } from "./description/data-direction.ts";
import { defaultDestination } from "./description/default-destination.ts";
import { extensionId } from "./description/extension-id.ts";
import { extensionLevel } from "./description/extension-level.ts";
import { extensionPlaceholder } from "./description/extension-placeholder.ts";
import { feedbackProfile } from "./description/feedback-profile.ts";
import { fingerprintHash } from "./description/fingerprint-hash.ts";
import { fingerprintMissing } from "./description/fingerprint-missing.ts";
import { fingerprintSet } from "./description/fingerprint-set.ts";
import { flexfec } from "./description/flexfec.ts";
import { formatMissing } from "./description/format-missing.ts";
import { formatOrder } from "./description/format-order.ts";
import { formatPayloadType } from "./description/format-payload-type.ts";
import { groupRejected } from "./description/group-rejected.ts";
import { groupTag } from "./description/group-tag.ts";
import { h264Interleaving } from "./description/h264-interleaving.ts";
import { iceCharacters } from "./description/ice-characters.ts";
import { iceCredentials } from "./description/ice-credentials.ts";
import { iceLite } from "./description/ice-lite.ts";
import { iceMismatch } from "./description/ice-mismatch.ts";
import { iceOptions } from "./description/ice-options.ts";
import { keyLine } from "./description/key-line.ts";
import { maxMessageSize } from "./description/max-message-size.ts";
import { mdnsConnection } from "./description/mdns-connection.ts";
import { midLength } from "./description/mid-length.ts";
import { midMissing } from "./description/mid-missing.ts";
import { midUnique } from "./description/mid-unique.ts";
import { msidLine } from "./description/msid-line.ts";
import { offerSetup } from "./description/offer-setup.ts";
import { opusRtpmap } from "./description/opus-rtpmap.ts";
import { orphanFormat } from "./description/orphan-format.ts";
import { packetTime } from "./description/packet-time.ts";
import { payloadTypeRange } from "./description/payload-type-range.ts";
import { payloadTypeRepeated } from "./description/payload-type-repeated.ts";
import { protocol } from "./description/protocol.ts";
import { redPayloadTypes } from "./description/red-payload-types.ts";
import { rejectedIce } from "./description/rejected-ice.ts";
import { ridLine } from "./description/rid-line.ts";
import { rtcpMuxMissing } from "./description/rtcp-mux-missing.ts";
import { rtcpMuxOnly } from "./description/rtcp-mux-only.ts";
import { rtpmapMissing } from "./description/rtpmap-missing.ts";
import { rtxAssociation } from "./description/rtx-association.ts";
import { sctpPort } from "./description/sctp-port.ts";
import { sessionIdRange } from "./description/session-id-range.ts";
import { sessionName } from "./description/session-name.ts";
import { setupHoldconn } from "./description/setup-holdconn.ts";
import { setupMissing } from "./description/setup-missing.ts";
import { simulcastExtension } from "./description/simulcast-extension.ts";
import { simulcastLine } from "./description/simulcast-line.ts";
import { simulcastRid } from "./description/simulcast-rid.ts";
import { sourceGroup } from "./description/source-group.ts";
import { sourceName } from "./description/source-name.ts";
import { staticMeaning } from "./description/static-payload-type.ts";
import { telephoneEvent } from "./description/telephone-event.ts";
import { timeLine } from "./description/time-line.ts";
import { tlsId } from "./description/tls-id.ts";
import { tricklePort } from "./description/trickle-port.ts";
import { vp8Parameters } from "./description/vp8-parameters.ts";
import { reofferExtensionId } from "./reoffer/extension-id.ts";
import { extensionSet } from "./reoffer/extension-set.ts";
import { reofferGroupMembership } from "./reoffer/group-membership.ts";
import { holdAddress } from "./reoffer/hold-address.ts";
import { reofferIceOptions } from "./reoffer/ice-options.ts";
import { iceRestart } from "./reoffer/ice-restart.ts";
import { reofferMLineCount } from "./reoffer/m-line-count.ts";
import { reofferMid } from "./reoffer/mid.ts";
import { reofferMsid } from "./reoffer/msid.ts";
import { newAssociation } from "./reoffer/new-association.ts";
import { reofferOrigin } from "./reoffer/origin.ts";
import { reofferPayloadType } from "./reoffer/payload-type.ts";
import { reofferRtcpMux } from "./reoffer/rtcp-mux.ts";
import { sectionOrder } from "./reoffer/section-order.ts";
import { reofferSessionLines } from "./reoffer/session-lines.ts";
import { reofferSetupRole } from "./reoffer/setup-role.ts";
import type { Rule } from "./rule.ts";

/** The rules about one description, sorted by code. A new rule is one file and one line here. */
export const descriptionRules: readonly Rule<"description">[] = [
  bandwidthTias,
  bandwidthValue,
  bundleExtensionId,
  bundleMidExtension,
  bundleOnly,
  bundlePayloadType,
  bundleRtcpMux,
  bundleTag,
  bundleTransport,
  comfortNoise,
  connectionMissing,
  connectionMulticast,
  connectionPlaceholder,
  cryptoAttribute,
  dataDirection,
  defaultDestination,
  extensionId,
  extensionLevel,
  extensionPlaceholder,
  feedbackProfile,
  fingerprintHash,
  fingerprintMissing,
  fingerprintSet,
  flexfec,
  formatMissing,
  formatOrder,
  formatPayloadType,
  groupRejected,
  groupTag,
  h264Interleaving,
  iceCharacters,
  iceCredentials,
  iceLite,
  iceMismatch,
  iceOptions,
  keyLine,
  maxMessageSize,
  mdnsConnection,
  midLength,
  midMissing,
  midUnique,
  msidLine,
  offerSetup,
  opusRtpmap,
  orphanFormat,
  packetTime,
  payloadTypeRange,
  payloadTypeRepeated,
  protocol,
  redPayloadTypes,
  rejectedIce,
  ridLine,
  rtcpMuxMissing,
  rtcpMuxOnly,
  rtpmapMissing,
  rtxAssociation,
  sctpPort,
  sessionIdRange,
  sessionName,
  setupHoldconn,
  setupMissing,
  simulcastExtension,
  simulcastLine,
  simulcastRid,
  sourceGroup,
  sourceName,
  staticMeaning,
  telephoneEvent,
  timeLine,
  tlsId,
  tricklePort,
  vp8Parameters,
];

/** The rules about an answer and its offer, sorted by code. */
export const answerRules: readonly Rule<"answer">[] = [
  av1Profile,
  bundleOnlySection,
  answerBundleTag,
  bundledRtcp,
  bundledTransport,
  commonFormat,
  dataFormat,
  direction,
  answerExtension,
  extensionDirection,
  extmapAllowMixed,
  feedback,
  answerGroup,
  groupMembership,
  h264Configuration,
  h264Level,
  h265Profile,
  mLineCount,
  mediaKind,
  answerMid,
  opusParameters,
  answerOrigin,
  payloadType,
  answerProtocol,
  rejectedSection,
  answerRid,
  answerRtcpMux,
  sessionLines,
  setupRole,
  answerSimulcast,
  answerSsrc,
  answerTlsId,
  unofferedCodec,
  vp9Profile,
];

/** The rules about a description and the one the same side sent before, sorted by code. */
export const reofferRules: readonly Rule<"reoffer">[] = [
  reofferExtensionId,
  extensionSet,
  reofferGroupMembership,
  holdAddress,
  reofferIceOptions,
  iceRestart,
  reofferMLineCount,
  reofferMid,
  reofferMsid,
  newAssociation,
  reofferOrigin,
  reofferPayloadType,
  reofferRtcpMux,
  sectionOrder,
  reofferSessionLines,
  reofferSetupRole,
];
