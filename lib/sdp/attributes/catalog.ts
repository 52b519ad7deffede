import type { Attribute } from "../attribute.ts";
import { bundleOnly } from "./bundle-only.ts";
import { candidate } from "./candidate.ts";
import { cat } from "./cat.ts";
import { charset } from "./charset.ts";
import { connection } from "./connection.ts";
import { content } from "./content.ts";
import { crypto } from "./crypto.ts";
import { dcmap } from "./dcmap.ts";
import { dcsa } from "./dcsa.ts";
import { endOfCandidates } from "./end-of-candidates.ts";
import { extmap } from "./extmap.ts";
import { extmapAllowMixed } from "./extmap-allow-mixed.ts";
import { fingerprint } from "./fingerprint.ts";
import { fmtp } from "./fmtp.ts";
import { framerate } from "./framerate.ts";
import { group } from "./group.ts";
import { iceLite } from "./ice-lite.ts";
import { iceMismatch } from "./ice-mismatch.ts";
import { iceOptions } from "./ice-options.ts";
import { icePacing } from "./ice-pacing.ts";
import { icePwd } from "./ice-pwd.ts";
import { iceUfrag } from "./ice-ufrag.ts";
import { identity } from "./identity.ts";
import { imageattr } from "./imageattr.ts";
import { inactive } from "./inactive.ts";
import { keyMgmt } from "./key-mgmt.ts";
import { keywds } from "./keywds.ts";
import { label } from "./label.ts";
import { lang } from "./lang.ts";
import { maxMessageSize } from "./max-message-size.ts";
import { maxprate } from "./maxprate.ts";
import { maxptime } from "./maxptime.ts";
import { mid } from "./mid.ts";
import { msid } from "./msid.ts";
import { msidSemantic } from "./msid-semantic.ts";
import { orient } from "./orient.ts";
import { packetization } from "./packetization.ts";
import { ptime } from "./ptime.ts";
import { quality } from "./quality.ts";
import { recvonly } from "./recvonly.ts";
import { remoteCandidates } from "./remote-candidates.ts";
import { rid } from "./rid.ts";
import { rtcp } from "./rtcp.ts";
import { rtcpFb } from "./rtcp-fb.ts";
import { rtcpMux } from "./rtcp-mux.ts";
import { rtcpMuxOnly } from "./rtcp-mux-only.ts";
import { rtcpRsize } from "./rtcp-rsize.ts";
import { rtcpXr } from "./rtcp-xr.ts";
import { rtpmap } from "./rtpmap.ts";
import { sctpPort } from "./sctp-port.ts";
import { sctpmap } from "./sctpmap.ts";
import { sdplang } from "./sdplang.ts";
import { sendonly } from "./sendonly.ts";
import { sendrecv } from "./sendrecv.ts";
import { setup } from "./setup.ts";
import { simulcast } from "./simulcast.ts";
import { sourceFilter } from "./source-filter.ts";
import { ssrc } from "./ssrc.ts";
import { ssrcGroup } from "./ssrc-group.ts";
import { tlsId } from "./tls-id.ts";
import { tool } from "./tool.ts";
import { type } from "./type.ts";
import { xGoogleFlag } from "./x-google-flag.ts";

/** Every attribute that has a file of its own, sorted by name. One file and one line here add one. */
export const attributes: readonly Attribute<unknown>[] = [
  bundleOnly,
  candidate,
  cat,
  charset,
  connection,
  content,
  crypto,
  dcmap,
  dcsa,
  endOfCandidates,
  extmap,
  extmapAllowMixed,
  fingerprint,
  fmtp,
  framerate,
  group,
  iceLite,
  iceMismatch,
  iceOptions,
  icePacing,
  icePwd,
  iceUfrag,
  identity,
  imageattr,
  inactive,
  keyMgmt,
  keywds,
  label,
  lang,
  maxMessageSize,
  maxprate,
  maxptime,
  mid,
  msid,
  msidSemantic,
  orient,
  packetization,
  ptime,
  quality,
  recvonly,
  remoteCandidates,
  rid,
  rtcp,
  rtcpFb,
  rtcpMux,
  rtcpMuxOnly,
  rtcpRsize,
  rtcpXr,
  rtpmap,
  sctpPort,
  sctpmap,
  sdplang,
  sendonly,
  sendrecv,
  setup,
  simulcast,
  sourceFilter,
  ssrc,
  ssrcGroup,
  tlsId,
  tool,
  type,
  xGoogleFlag,
];

/** The attribute of a name, in the case in which it is defined; `undefined` for one without a file of its own. */
export function attributeNamed(name: string): Attribute<unknown> | undefined {
  return byName.get(name);
}

const byName: ReadonlyMap<string, Attribute<unknown>> = new Map(
  attributes.map((attribute) => [attribute.name, attribute]),
);
