import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { writeTrace } from "../../lib/trace/file.ts";
import { asLines, asOldInternals, inKorean } from "./older-dumps.ts";
import { connectedTrace } from "./sample-trace.ts";

/** A text that can be imported, with the format that it has to be told to be. */
export interface DumpSample {
  readonly name: string;
  readonly format: string;
  readonly text: string;
}

const root = new URL("../fixtures/dumps/", import.meta.url).pathname;

/** A recorded dump: `chromium/call.internals.json`; gzipped ones unpacked. */
export function readDump(name: string): string {
  const [browser = "", file = ""] = name.split("/");
  const folder = readdirSync(root).find((one) => one.startsWith(`${browser}-`)) ?? browser;
  const bytes = readFileSync(join(root, folder, file));
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** One sample at least of every format. */
export function dumpSamples(): readonly DumpSample[] {
  const recorded = [
    ["webrtc-internals", "chromium/call.internals.json"],
    ["webrtc-internals", "chromium/refused.internals.json"],
    ["rtcstats", "chromium/call.rtcstats.gz"],
    ["rtcstats", "chromium/refused.rtcstats.gz"],
    ["har", "chromium/alice.har"],
    ["firefox", "firefox/call.report.json"],
    ["firefox-log", "firefox/call.log.json"],
    ["firefox-page", "firefox/refused.page.html"],
    ["janus", "janus/server.jsonl"],
  ].map(([format = "", name = ""]): DumpSample => ({ name, format, text: readDump(name) }));
  const call = readDump("chromium/call.internals.json");
  return [
    ...recorded,
    { name: "old internals", format: "webrtc-internals", text: asOldInternals(call, inKorean) },
    {
      name: "rtcstats lines",
      format: "rtcstats-lines",
      text: asLines(readDump("chromium/call.rtcstats.gz")),
    },
    { name: "Janus events", format: "janus", text: janusEvents },
    { name: "saved page", format: "firefox-page", text: savedPage },
    { name: "two descriptions", format: "sdp", text: `Offer:\n${offer}\nAnswer:\n${answer}` },
    { name: "candidates", format: "candidates", text: candidates },
    { name: "trace", format: "trace", text: writeTrace(connectedTrace()) },
  ];
}

/** A small offer and its answer. */
export const offer = `v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:4ZcD\r\na=ice-pwd:2/1muCWoOi3uLifh0NuRHlnv\r\na=fingerprint:sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08\r\na=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\n`;
export const answer: string = offer
  .replace("4611731400430051336", "5611731400430051336")
  .replace("4ZcD", "9aBc")
  .replace("actpass", "active");

/** Both of one host, as `RTCIceCandidate` and as lines of SDP. */
export const candidates = `a=candidate:1 1 udp 2130706431 192.0.2.7 49104 typ host\r\na=candidate:2 1 udp 1694498815 203.0.113.7 49104 typ srflx raddr 192.0.2.7 rport 49104\r\na=end-of-candidates\r\n`;

const event = (type: number, at: number, fields: unknown): string =>
  JSON.stringify({
    emitter: "MyJanus",
    type,
    timestamp: 1795251246000000 + at * 1000,
    session_id: 1,
    handle_id: 2,
    event: fields,
  });

/** What an event handler of Janus gets while a client connects and leaves. */
export const janusEvents: string = [
  event(2, 0, { name: "attached", plugin: "janus.plugin.echotest" }),
  event(8, 5, { owner: "remote", jsep: { type: "offer", sdp: offer } }),
  event(8, 9, { owner: "local", jsep: { type: "answer", sdp: answer } }),
  event(16, 10, { "local-candidate": "1 1 udp 2130706431 192.0.2.1 10000 typ host", stream_id: 1 }),
  event(16, 11, { ice: "connecting", stream_id: 1, component_id: 1 }),
  event(16, 40, {
    "selected-pair": "192.0.2.1:10000 [host,udp] <-> 192.0.2.7:49104 [prflx,udp]",
    stream_id: 1,
  }),
  event(16, 41, { ice: "connected", stream_id: 1, component_id: 1 }),
  event(16, 42, { dtls: "trying", stream_id: 1 }),
  event(16, 60, { dtls: "connected", stream_id: 1 }),
  event(16, 61, { connection: "webrtcup" }),
  event(32, 1061, { media: "audio", base: 48000, rtt: 3, lost: 0 }),
  event(16, 2000, { connection: "hangup", reason: "Close PC" }),
].join("\n");

const asHtml = (text: string): string => text.replaceAll("\r\n", "\n").replaceAll("<", "&lt;");

/** As Firefox saves its page in Korean: the words are the user's, the ids of the words are not. */
export const savedPage: string = `<!DOCTYPE html>
<html><head><title data-l10n-id="about-webrtc-document-title">WebRTC 내부 정보</title></head><body><div id="content">
<h3 data-l10n-id="about-webrtc-connection-open">[ 9 | http://192.0.2.1/ ]</h3>
<h5 data-l10n-id="about-webrtc-local-sdp-heading-offer">로컬 SDP (제안)</h5><pre>${asHtml(offer)}</pre>
<h5 data-l10n-id="about-webrtc-remote-sdp-heading-answer">원격 SDP (응답)</h5><pre>${asHtml(answer)}</pre>
</div></body></html>`;
