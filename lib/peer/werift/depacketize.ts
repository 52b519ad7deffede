import { dePacketizeRtpPackets, RtpHeader, RtpPacket } from "werift";
import type { EncodedFrame } from "../engine.ts";
import { joinAv1 } from "../media/av1-unit.ts";

/** The frame in the RTP payloads of one timestamp; `undefined` where werift cannot put it together. */
export function depacketize(
  codec: string,
  payloads: readonly Uint8Array[],
): EncodedFrame | undefined {
  // werift's joins the end of one OBU with the beginning of the next, and leaves the last one without its size.
  if (codec.toUpperCase() === "AV1") return joinAv1(payloads);
  const name = names[codec.toUpperCase()];
  if (name === undefined) return undefined;
  const packets = payloads.map((payload) => new RtpPacket(new RtpHeader(), Buffer.from(payload)));
  try {
    const { data, isKeyframe } = dePacketizeRtpPackets(name, packets);
    return data.length === 0 ? undefined : { data, isKey: isKeyframe };
  } catch {
    return undefined;
  }
}

/** As werift calls them. */
const names: Readonly<Record<string, Parameters<typeof dePacketizeRtpPackets>[0]>> = {
  VP8: "VP8",
  VP9: "VP9",
  H264: "MPEG4/ISO/AVC",
  OPUS: "OPUS",
};
