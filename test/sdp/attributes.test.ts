import { describe, expect, it } from "vitest";
import { readValue } from "../../lib/sdp/attribute.ts";
import { attributes } from "../../lib/sdp/attributes/catalog.ts";
import type { Line } from "../../lib/sdp/document.ts";
import { explain } from "../../lib/sdp/explain.ts";
import { grammarOf } from "../../lib/sdp/grammar-of.ts";
import { attributeName, createLine } from "../../lib/sdp/line.ts";
import { lineKinds } from "../../lib/sdp/lines/catalog.ts";
import { parse } from "../../lib/sdp/parse.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";
import { Scanner } from "../../lib/sdp/scanner.ts";
import { sectionsOf } from "../../lib/sdp/sections.ts";
import { valueFaults } from "../../lib/sdp/value-faults.ts";
import { sdpFixtures } from "../support/sdp-fixtures.ts";

/** Lines that are read without a fault. */
const accept: readonly string[] = [
  "a=bundle-only",
  "a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.1 rport 46154",
  "a=candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0 ufrag abcd",
  "a=cat:education.webrtc",
  "a=charset:ISO-8859-1",
  "a=connection:new",
  "a=connection:existing",
  "a=content:main",
  "a=content:slides,alt",
  "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4",
  "a=crypto:2 F8_128_HMAC_SHA1_80 inline:MTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5QUJjZGVm FEC_ORDER=FEC_SRTP KDR=2",
  "a=dcmap:0",
  'a=dcmap:2 subprotocol="msrp";label="a chat";ordered=true',
  "a=dcsa:2 accept-types:text/plain",
  "a=end-of-candidates",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=extmap:4/recvonly urn:3gpp:video-orientation",
  "a=extmap:3 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:smpte-tc 25@600/24",
  "a=extmap-allow-mixed",
  "a=fingerprint:sha-256 AB:CD:EF",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=framerate:30",
  "a=framerate:29.97",
  "a=group:BUNDLE 0 1 2",
  "a=group:LS",
  "a=ice-lite",
  "a=ice-mismatch",
  "a=ice-options:trickle ice2",
  "a=ice-pacing:50",
  "a=ice-pwd:x9cml/YzichV2+XlhiMu8g",
  "a=ice-ufrag:F7gI",
  "a=identity:eyJpZHAiOnsiZG9tYWluIjoiZXhhbXBsZS5jb20ifX0=",
  "a=identity:eyJpZHAiOnt9fQ== foo=bar",
  "a=imageattr:97 send [x=800,y=640,sar=1.1,q=0.6] [x=480,y=320] recv [x=330,y=250]",
  "a=imageattr:* recv *",
  "a=inactive",
  "a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO",
  "a=keywds:webrtc sdp",
  "a=label:1",
  "a=lang:ko",
  "a=max-message-size:262144",
  "a=maxprate:25.5",
  "a=maxptime:60",
  "a=mid:0",
  "a=msid:stream track",
  "a=msid:-",
  "a=msid-semantic: WMS",
  "a=msid-semantic:WMS *",
  "a=orient:landscape",
  "a=packetization:96 raw",
  "a=ptime:20",
  "a=ptime:2.5",
  "a=quality:10",
  "a=recvonly",
  "a=remote-candidates:1 203.0.113.1 54400 2 203.0.113.1 54401",
  "a=rid:hi send",
  "a=rid:hi send pt=96,97;max-width=1280;max-fps=30",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=rtcp:53020",
  "a=rtcp-fb:96 nack pli",
  "a=rtcp-fb:* trr-int 100",
  "a=rtcp-mux",
  "a=rtcp-mux-only",
  "a=rtcp-rsize",
  "a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup",
  "a=rtcp-xr:",
  "a=rtpmap:111 opus/48000/2",
  "a=rtpmap:96 VP8/90000",
  "a=sctp-port:5000",
  "a=sctpmap:5000 webrtc-datachannel 1024",
  "a=sdplang:en",
  "a=sendonly",
  "a=sendrecv",
  "a=setup:actpass",
  "a=simulcast:send hi;mid,~low recv 1",
  "a=source-filter: incl IN IP4 239.5.2.31 10.1.15.5",
  "a=source-filter: excl IN * * host.example 192.0.2.7",
  "a=ssrc:2566107569 cname:t9YU8M1UxTF8Y1A1",
  "a=ssrc-group:FID 3004364195 1080772241",
  "a=tls-id:abc3de65cddef001be82",
  "a=tool:libwebrtc 1.0",
  "a=type:meeting",
  "a=x-google-flag:conference",
  "v=0",
  "o=- 18446462598732840960 2 IN IP4 127.0.0.1",
  "s=-",
  "s=A seminar on SDP",
  "i=Front camera",
  "u=https://example.com/seminar.html",
  "e=j.doe@example.com (Jane Doe)",
  "p=+1 617 555-6011",
  "c=IN IP4 224.2.36.42/127",
  "b=AS:256",
  "b=X-YZ:128",
  "t=3724394400 3724398000",
  "r=7d 1h 0 25h",
  "z=3730928400 -1h 3749680800 0",
  "k=clear:secret",
  "m=audio 49170/2 RTP/AVP 0 8",
];

/** Lines that are not, with what is wrong and the column it is shown at. */
const reject: readonly (readonly [line: string, code: string, column: number])[] = [
  ["a=bundle-only:yes", "sdp/value-surplus", 15],
  ["a=cat:", "sdp/value-missing", 7],
  ["a=charset", "sdp/value-missing", 10],
  ["a=charset:utf-8 latin-1", "sdp/value-surplus", 16],
  ["a=connection:old", "sdp/value-malformed", 14],
  ["a=content:main,", "sdp/value-missing", 16],
  ["a=crypto:one AES_CM_128_HMAC_SHA1_80 inline:abc", "sdp/value-malformed", 10],
  ["a=crypto:1 AES_CM_128_HMAC_SHA1_80", "sdp/value-missing", 35],
  ["a=dcmap:65535 label=x", "sdp/value-malformed", 9],
  ["a=dcsa:2", "sdp/value-missing", 9],
  ["a=end-of-candidates:1", "sdp/value-surplus", 21],
  ["a=extmap:x urn:3gpp:video-orientation", "sdp/value-malformed", 10],
  ["a=extmap:4", "sdp/value-missing", 11],
  ["a=extmap:4/both urn:3gpp:video-orientation", "sdp/value-malformed", 12],
  ["a=extmap-allow-mixed:1", "sdp/value-surplus", 22],
  ["a=fingerprint:sha-256", "sdp/value-missing", 22],
  ["a=fingerprint:sha-256 AB CD", "sdp/value-surplus", 25],
  ["a=fmtp:111", "sdp/value-missing", 11],
  ["a=framerate:fast", "sdp/value-malformed", 13],
  ["a=framerate:30.", "sdp/value-malformed", 13],
  ["a=group:", "sdp/value-missing", 9],
  ["a=ice-lite:1", "sdp/value-surplus", 12],
  ["a=ice-mismatch:1", "sdp/value-surplus", 16],
  ["a=ice-options:", "sdp/value-missing", 15],
  ["a=ice-pacing:50ms", "sdp/value-surplus", 16],
  ["a=ice-pwd", "sdp/value-missing", 10],
  ["a=ice-ufrag:ab cd", "sdp/value-surplus", 15],
  ["a=identity:", "sdp/value-missing", 12],
  ["a=imageattr:97 both [x=800,y=640]", "sdp/value-malformed", 16],
  ["a=imageattr:97 send x=800", "sdp/value-malformed", 21],
  ["a=imageattr:97 send", "sdp/value-missing", 20],
  ["a=inactive:x", "sdp/value-surplus", 12],
  ["a=key-mgmt:mikey", "sdp/value-missing", 17],
  ["a=keywds:", "sdp/value-missing", 10],
  ["a=label:a b", "sdp/value-surplus", 10],
  ["a=lang:", "sdp/value-missing", 8],
  ["a=max-message-size:64K", "sdp/value-surplus", 22],
  ["a=maxprate:0", "sdp/value-malformed", 12],
  ["a=maxptime:1.2.3", "sdp/value-malformed", 12],
  ["a=mid:", "sdp/value-missing", 7],
  ["a=msid:a b c", "sdp/value-surplus", 11],
  ["a=msid-semantic:", "sdp/value-missing", 17],
  ["a=orient:upright", "sdp/value-malformed", 10],
  ["a=packetization:96", "sdp/value-missing", 19],
  ["a=ptime:0", "sdp/value-malformed", 9],
  ["a=ptime:", "sdp/value-missing", 9],
  ["a=quality:11", "sdp/value-malformed", 11],
  ["a=recvonly:x", "sdp/value-surplus", 12],
  ["a=remote-candidates:1 203.0.113.1", "sdp/value-missing", 34],
  ["a=remote-candidates:1 203.0.113.1 99999", "sdp/value-malformed", 35],
  ["a=rid:hi", "sdp/value-missing", 9],
  ["a=rid:hi both", "sdp/value-malformed", 10],
  ["a=rtcp:port", "sdp/value-malformed", 8],
  ["a=rtcp:9 IN IP4", "sdp/value-missing", 16],
  ["a=rtcp-fb:96", "sdp/value-missing", 13],
  ["a=rtcp-mux:1", "sdp/value-surplus", 12],
  ["a=rtcp-mux-only:1", "sdp/value-surplus", 17],
  ["a=rtcp-rsize:1", "sdp/value-surplus", 14],
  ["a=rtpmap:111", "sdp/value-missing", 13],
  ["a=rtpmap:111 opus/fast", "sdp/value-malformed", 19],
  ["a=sctp-port:65536", "sdp/value-malformed", 13],
  ["a=sctpmap:5000", "sdp/value-missing", 15],
  ["a=sdplang:", "sdp/value-missing", 11],
  ["a=sendonly:x", "sdp/value-surplus", 12],
  ["a=sendrecv:x", "sdp/value-surplus", 12],
  ["a=setup:act-pass", "sdp/value-malformed", 9],
  ["a=simulcast:send", "sdp/value-missing", 17],
  ["a=simulcast:both a;b", "sdp/value-malformed", 13],
  ["a=source-filter: only IN IP4 239.5.2.31 10.1.15.5", "sdp/value-malformed", 18],
  ["a=source-filter: incl IN IP4 239.5.2.31", "sdp/value-missing", 40],
  ["a=ssrc:4294967296 cname:x", "sdp/value-malformed", 8],
  ["a=ssrc:1", "sdp/value-missing", 9],
  ["a=ssrc-group:FID", "sdp/value-missing", 17],
  ["a=ssrc-group:FID 1 x", "sdp/value-malformed", 20],
  ["a=tls-id:", "sdp/value-missing", 10],
  ["a=tool:", "sdp/value-missing", 8],
  ["a=type:party", "sdp/value-malformed", 8],
  ["a=x-google-flag:", "sdp/value-missing", 17],
  ["v=zero", "sdp/value-malformed", 3],
  ["o=- 1 2 IN IP4", "sdp/value-missing", 15],
  ["u=", "sdp/value-missing", 3],
  ["e=", "sdp/value-missing", 3],
  ["p=", "sdp/value-missing", 3],
  ["c=IN IP4", "sdp/value-missing", 9],
  ["b=AS:fast", "sdp/value-malformed", 6],
  ["t=0", "sdp/value-missing", 4],
  ["r=7d 1h", "sdp/value-missing", 8],
  ["z=3730928400", "sdp/value-missing", 13],
  ["k=", "sdp/value-missing", 3],
  ["m=audio port RTP/AVP 0", "sdp/value-malformed", 9],
];

const kindOf = (line: Line) => attributeName(line) ?? `${line.type}=`;
const lineOf = (source: string) => createLine(source, "\r\n");

describe("the grammars of attributes and lines", () => {
  it.each(accept)("reads %s, and what it prints reads the same", (source) => {
    const line = lineOf(source);
    expect(valueFaults(line)).toEqual([]);
    const found = grammarOf(line);
    if (!found) throw new Error(`No grammar for ${source}`);
    const value = readValue(found.grammar, new Scanner(), source, found.valueStart);
    expect(value).toBeDefined();
    const head = source.slice(0, found.valueStart);
    const printed = `${head}${found.grammar.print(value)}`;
    expect(readValue(found.grammar, new Scanner(), printed, found.valueStart)).toEqual(value);
  });

  it.each(reject)("refuses %s: %s at column %i", (source, code, column) => {
    const [fault] = valueFaults(lineOf(source));
    expect([fault?.code, fault && fault.span.start + 1]).toEqual([code, column]);
  });

  it("reads feedback without the blank that some engines leave at the end", () => {
    const [media] = readDescription(
      "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack \r\n",
    ).media;
    expect(media?.codecs[0]?.feedback).toEqual(["nack"]);
    expect(valueFaults(lineOf("a=rtcp-fb:96   "))[0]?.code).toBe("sdp/value-missing");
  });

  it("has an example that is read and one that is refused for every attribute and line", () => {
    const refusable = new Set(["candidate", "s=", "i=", "rtcp-xr"]);
    const kinds = [
      ...attributes.map(({ name }) => name),
      ...lineKinds.map(({ type }) => `${type}=`),
    ];
    const accepted = new Set(accept.map((source) => kindOf(lineOf(source))));
    const rejected = new Set(reject.map(([source]) => kindOf(lineOf(source))));
    expect(kinds.filter((kind) => !accepted.has(kind))).toEqual([]);
    expect(kinds.filter((kind) => !rejected.has(kind) && !refusable.has(kind))).toEqual([]);
  });

  it.each(accept)("explains every part of %s in both languages", (source) => {
    expect(wordFaults(explain(source), source)).toEqual([]);
  });

  it("says what a broken value lacks, and explains the parts that stand", () => {
    const { summary, parts } = explain("a=rtcp:9 IN IP4");
    expect(summary.en).toBe(
      "The a=rtcp line lacks its address, which should stand here. A receiver ignores the line or refuses the whole description.",
    );
    expect(summary.ko).toMatch(/값\(주소\)이 없습니다\. 받는 쪽은/);
    expect(parts.map(({ name }) => name.en)).toEqual(["network type", "address type"]);
  });

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "is not confused by the word %s in any place",
    (word) => {
      for (const source of accept) {
        const at = source.startsWith("a=") ? source.indexOf(":") + 1 : 2;
        const words = source.slice(at).split(/([ ,;=/]+)/);
        for (let place = 0; at > 0 && place < words.length; place += 2) {
          const changed = source.slice(0, at) + words.with(place, word).join("");
          const faults = wordFaults(explain(changed), changed);
          expect(faults.filter((fault) => !fault.startsWith("outside"))).toEqual([]);
        }
      }
    },
  );

  it.each(reject)("explains the broken %s", (source) => {
    expect(wordFaults(explain(source), source)).toEqual([]);
  });

  it("refuses a simulcast of more than a thousand streams, at the first too many", () => {
    const source = (count: number) => `a=simulcast:send ${Array(count).fill("x").join(";")}`;
    expect(valueFaults(lineOf(source(1000)))).toEqual([]);
    const [fault] = valueFaults(lineOf(source(1001)));
    expect([fault?.code, fault?.span.start]).toEqual([
      "sdp/value-malformed",
      "a=simulcast:send ".length + 2000,
    ]);
  });

  it("gets through a long run of separators in every grammar", () => {
    for (const kind of new Set(
      accept.map((source) => source.slice(0, 2 + kindOf(lineOf(source)).length)),
    )) {
      for (const filler of [" ", "1 ", ";", ",", "[x ", "a=", "send "]) {
        const source = `${kind.replace(/[=:]*$/, "")}:${filler.repeat(Math.ceil(20_000 / filler.length))}`;
        expect(() => valueFaults(lineOf(source))).not.toThrow();
      }
    }
  });
});

describe("explanations of recorded descriptions", () => {
  it.each(sdpFixtures)("$name: every line has its own", ({ text }) => {
    const document = parse(text);
    const description = readDescription(document);
    const faults: string[] = [];
    for (const section of sectionsOf(document)) {
      const media = description.media[section.index];
      for (const line of section.lines) {
        if (!grammarOf(line)) faults.push(`no grammar: ${line.source}`);
        const explanation = explain(line, media ? { description, media } : { description });
        faults.push(...wordFaults(explanation, line.source));
      }
    }
    expect(faults).toEqual([]);
  });
});

/** What an explanation lacks: words, a language, a place inside the line, a value. */
function wordFaults({ summary, parts }: ReturnType<typeof explain>, source: string): string[] {
  const faults: string[] = [];
  for (const { en, ko } of [summary, ...parts.flatMap(({ name, meaning }) => [name, meaning])]) {
    if (en.trim() === "" || ko.trim() === "") faults.push(`no words: ${source}`);
    if (/undefined|NaN|\[object/.test(en + ko)) faults.push(`no value: ${en} ${ko}`);
  }
  if (!/[가-힣]/.test(summary.ko)) faults.push(`no Korean: ${summary.ko}`);
  for (const { span } of parts) {
    if (span.start < 2 || span.end > source.length) faults.push(`outside: ${source}`);
  }
  return faults;
}
