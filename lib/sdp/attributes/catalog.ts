import type { Attribute } from "../attribute.ts";
import { bundleOnly } from "./bundle-only.ts";
import { candidate } from "./candidate.ts";
import { endOfCandidates } from "./end-of-candidates.ts";
import { extmap } from "./extmap.ts";
import { extmapAllowMixed } from "./extmap-allow-mixed.ts";
import { fingerprint } from "./fingerprint.ts";
import { fmtp } from "./fmtp.ts";
import { group } from "./group.ts";
import { iceLite } from "./ice-lite.ts";
import { iceOptions } from "./ice-options.ts";
import { icePwd } from "./ice-pwd.ts";
import { iceUfrag } from "./ice-ufrag.ts";
import { inactive } from "./inactive.ts";
import { maxMessageSize } from "./max-message-size.ts";
import { mid } from "./mid.ts";
import { msid } from "./msid.ts";
import { recvonly } from "./recvonly.ts";
import { rid } from "./rid.ts";
import { rtcpFb } from "./rtcp-fb.ts";
import { rtcpMux } from "./rtcp-mux.ts";
import { rtcpMuxOnly } from "./rtcp-mux-only.ts";
import { rtcpRsize } from "./rtcp-rsize.ts";
import { rtpmap } from "./rtpmap.ts";
import { sctpPort } from "./sctp-port.ts";
import { sctpmap } from "./sctpmap.ts";
import { sendonly } from "./sendonly.ts";
import { sendrecv } from "./sendrecv.ts";
import { setup } from "./setup.ts";
import { simulcast } from "./simulcast.ts";
import { ssrc } from "./ssrc.ts";
import { ssrcGroup } from "./ssrc-group.ts";
import { tlsId } from "./tls-id.ts";

/** Every attribute that has a file of its own, sorted by name. One file and one line here add one. */
export const attributes: readonly Attribute<unknown>[] = [
  bundleOnly,
  candidate,
  endOfCandidates,
  extmap,
  extmapAllowMixed,
  fingerprint,
  fmtp,
  group,
  iceLite,
  iceOptions,
  icePwd,
  iceUfrag,
  inactive,
  maxMessageSize,
  mid,
  msid,
  recvonly,
  rid,
  rtcpFb,
  rtcpMux,
  rtcpMuxOnly,
  rtcpRsize,
  rtpmap,
  sctpPort,
  sctpmap,
  sendonly,
  sendrecv,
  setup,
  simulcast,
  ssrc,
  ssrcGroup,
  tlsId,
];

/** The attribute of a name, in the case in which it is defined; `undefined` for one without a file of its own. */
export function attributeNamed(name: string): Attribute<unknown> | undefined {
  return byName.get(name);
}

const byName: ReadonlyMap<string, Attribute<unknown>> = new Map(
  attributes.map((attribute) => [attribute.name, attribute]),
);
