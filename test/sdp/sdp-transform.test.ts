import type { MediaDescription, SessionDescription } from "sdp-transform";
import { parse as parseModel, parseParams, write } from "sdp-transform";
import { describe, expect, it } from "vitest";
import { explain } from "../../lib/sdp/explain.ts";
import { parse } from "../../lib/sdp/parse.ts";
import {
  editWithSdpTransform,
  readThroughSdpTransform,
  toSdpTransform,
} from "../../lib/sdp/sdp-transform.ts";
import { sectionsOf } from "../../lib/sdp/sections.ts";
import { chanceFrom, mutate } from "../support/mutate.ts";
import type { SdpFixture } from "../support/sdp-fixtures.ts";
import { sdpFixture, sdpFixtures } from "../support/sdp-fixtures.ts";

const offer = sdpFixture("chromium-156.0.8078.79/av.offer");

/** What an edit did to a text, as lines that went and lines that came. */
function changes(before: string, edit: Parameters<typeof editWithSdpTransform>[1]) {
  const after = editWithSdpTransform(before, edit).toString();
  const old = before.split("\r\n");
  const now = after.split("\r\n");
  const gone = [...old];
  const come: string[] = [];
  for (const line of now) {
    const at = gone.indexOf(line);
    if (at >= 0) gone.splice(at, 1);
    else come.push(line);
  }
  return { gone, come, after };
}

const video = (session: SessionDescription): MediaDescription =>
  session.media.find(({ type }) => type === "video") as MediaDescription;
const audio = (session: SessionDescription): MediaDescription =>
  session.media.find(({ type }) => type === "audio") as MediaDescription;

describe("the model", () => {
  it.each(sdpFixtures)("is sdp-transform's own: $name", ({ text }) => {
    expect(toSdpTransform(text)).toEqual(parseModel(text));
  });
});

describe("an edit through the model", () => {
  it.each(sdpFixtures)(
    "gives the very same document back when nothing changes: $name",
    ({ text }) => {
      const document = parse(text);
      expect(editWithSdpTransform(document, () => {})).toBe(document);
      expect(editWithSdpTransform(document, (session) => structuredClone(session))).toBe(document);
    },
  );

  it.each([
    "",
    "hello",
    "v=0\n\n\nm=video\nfoo\n",
    "v=0\r\no=- 18446462598732840960 2 IN IP4 127.0.0.1\r\na=fingerprint:sha-1 AB\r\na=fingerprint:sha-256 CD\r\nk=clear:x\r\nb=X-YZ:1\r\nm=video 49170/2 RTP/AVP 31",
  ])("leaves %j alone when nothing changes", (text) => {
    expect(editWithSdpTransform(text, () => {}).toString()).toBe(text);
  });

  it("keeps the lines that sdp-transform loses or changes", () => {
    const text = [
      "v=0",
      "o=- 18446462598732840960 2 IN IP4 127.0.0.1",
      "s=-",
      "t=0 0",
      "a=msid-semantic: WMS",
      "a=ice-options:trickle renomination",
      "k=clear:x",
      "m=video 9 UDP/TLS/RTP/SAVPF 96",
      "a=fingerprint:sha-1 AB",
      "a=fingerprint:sha-256 CD",
      "a=rtcp-mux-only",
      "a=candidate:1 1 udp 1 192.0.2.1 5000 typ host ufrag abcd network-cost 50 network-id 1",
      "a=sendrecv",
      "a=rtpmap:96 VP8/90000",
      "",
    ].join("\r\n");
    const { gone, come } = changes(text, (session) => {
      video(session).direction = "sendonly";
      video(session).candidates?.forEach((candidate) => {
        candidate.port = 6000;
      });
    });
    expect(gone).toEqual([
      "a=candidate:1 1 udp 1 192.0.2.1 5000 typ host ufrag abcd network-cost 50 network-id 1",
      "a=sendrecv",
    ]);
    expect(come).toEqual([
      "a=candidate:1 1 udp 1 192.0.2.1 6000 typ host ufrag abcd network-cost 50 network-id 1",
      "a=sendonly",
    ]);
  });

  it("sets opus parameters, as mediasoup-client does in an answer", () => {
    const { gone, come } = changes(offer, (session) => {
      const media = audio(session);
      const opus = media.rtp.find(({ codec }) => codec.toLowerCase() === "opus");
      const fmtp = media.fmtp.find(({ payload }) => payload === opus?.payload);
      if (!fmtp) throw new Error("no fmtp");
      const parameters = { ...parseParams(fmtp.config), "sprop-stereo": 1, usedtx: 1 };
      fmtp.config = Object.entries(parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(";");
    });
    expect(gone).toEqual(["a=fmtp:111 minptime=10;useinbandfec=1"]);
    expect(come).toEqual(["a=fmtp:111 minptime=10;useinbandfec=1;sprop-stereo=1;usedtx=1"]);
  });

  it("writes legacy simulcast, as mediasoup-client and lib-jitsi-meet do with ssrcs", () => {
    const { come, after } = changes(offer, (session) => {
      const media = video(session);
      const cname = media.ssrcs?.find(({ attribute }) => attribute === "cname")?.value ?? "c";
      media.ssrcGroups = [];
      media.ssrcs = [];
      for (const id of [1, 2, 3]) {
        media.ssrcs.push({ id, attribute: "cname", value: cname });
        media.ssrcs.push({ id, attribute: "msid", value: "stream track" });
      }
      media.ssrcGroups.push({ semantics: "SIM", ssrcs: "1 2 3" });
    });
    expect(come).toHaveLength(7);
    expect(come).toContain("a=ssrc-group:SIM 1 2 3");
    const media = video(parseModel(after));
    expect(media.ssrcs?.map(({ id }) => id)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(media.ssrcGroups).toEqual([{ semantics: "SIM", ssrcs: "1 2 3" }]);
  });

  it("filters a codec out of rtp, fmtp, rtcpFb and payloads, as lib-jitsi-meet strips codecs", () => {
    const { gone, come, after } = changes(offer, (session) => {
      const media = video(session);
      const drop = media.rtp.filter(({ codec }) => codec === "VP8").map(({ payload }) => payload);
      media.rtp = media.rtp.filter(({ payload }) => !drop.includes(payload));
      media.fmtp = media.fmtp.filter(({ payload }) => !drop.includes(payload));
      media.rtcpFb = media.rtcpFb?.filter(({ payload }) => !drop.includes(Number(payload))) ?? [];
      media.payloads = (media.payloads ?? "")
        .split(" ")
        .filter((payload) => !drop.includes(Number(payload)))
        .join(" ");
    });
    expect(come).toHaveLength(1);
    expect(come[0]).toMatch(/^m=video 9 UDP\/TLS\/RTP\/SAVPF /);
    expect(gone.every((line) => /^m=video|^a=(rtpmap|rtcp-fb|fmtp):96 /.test(line))).toBe(true);
    expect(after).not.toMatch(/^a=rtpmap:96 /m);
  });

  it("orders payload types by preference in the m= line alone", () => {
    const { gone, come } = changes(offer, (session) => {
      const media = video(session);
      const payloads = media.payloads?.split(" ") ?? [];
      media.payloads = [payloads.at(-1), ...payloads.slice(0, -1)].join(" ");
    });
    expect([gone.length, come.length]).toEqual([1, 1]);
    expect(come[0]).toMatch(/^m=video 9 /);
  });

  it("limits the bandwidth, as simple-peer's sdpTransform hook is used for", () => {
    const { gone, come, after } = changes(offer, (session) => {
      for (const media of session.media) media.bandwidth = [{ type: "AS", limit: 500 }];
    });
    expect(gone).toEqual([]);
    expect(come).toEqual(["b=AS:500", "b=AS:500"]);
    expect(after).toMatch(/c=IN IP4 0\.0\.0\.0\r\nb=AS:500\r\na=/);
  });

  it("changes, removes and adds a header extension in place", () => {
    const { gone, come } = changes(offer, (session) => {
      const media = audio(session);
      media.ext = media.ext?.filter(({ uri }) => !uri.includes("abs-send-time")) ?? [];
      media.ext.push({ value: 13, uri: "urn:example:new" });
    });
    expect(gone).toHaveLength(1);
    expect(gone[0]).toMatch(/abs-send-time$/);
    expect(come).toEqual(["a=extmap:13 urn:example:new"]);
  });

  it("follows items that were copied by map, and lists in another order", () => {
    const { gone, come } = changes(offer, (session) => {
      const media = video(session);
      media.rtcpFb =
        media.rtcpFb?.map((item) => ({
          ...item,
          type: item.type === "goog-remb" ? "x-remb" : item.type,
        })) ?? [];
    });
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.every((line) => line.endsWith("goog-remb"))).toBe(true);
    expect(come).toEqual(gone.map((line) => line.replace("goog-remb", "x-remb")));

    const reversed = editWithSdpTransform(offer, (session) => {
      video(session).rtp.reverse();
    });
    expect(video(toSdpTransform(reversed)).rtp).toEqual(video(parseModel(offer)).rtp.reverse());
  });

  it("removes a section and a group, and adds a section", () => {
    const removed = editWithSdpTransform(offer, (session) => {
      session.media = session.media.filter(({ type }) => type !== "video");
      session.groups = [{ type: "BUNDLE", mids: "0" }];
    });
    const before = parse(offer);
    expect(removed.media).toHaveLength(before.media.length - 1);
    expect(removed.session.lines.map(({ source }) => source)).toContain("a=group:BUNDLE 0");

    const data: MediaDescription = {
      type: "application",
      port: 9,
      protocol: "UDP/DTLS/SCTP",
      payloads: "webrtc-datachannel",
      rtp: [],
      fmtp: [],
      mid: "data",
      sctpPort: 5000,
    };
    const added = editWithSdpTransform(offer, (session) => {
      session.media.push(data);
    });
    expect(added.media.at(-1)?.lines.map(({ source }) => source)).toEqual([
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
      "a=mid:data",
      "a=sctp-port:5000",
    ]);
    expect(added.toString().startsWith(offer)).toBe(true);
  });

  it("deletes and sets single values", () => {
    const { gone, come } = changes(offer, (session) => {
      delete session.extmapAllowMixed;
      delete video(session).rtcpRsize;
      video(session).setup = "active";
      video(session).xGoogleFlag = "conference";
    });
    expect(gone).toEqual(["a=extmap-allow-mixed", "a=setup:actpass", "a=rtcp-rsize"]);
    expect(come).toEqual(["a=setup:active", "a=x-google-flag:conference"]);
  });

  it("shares every line and section that it does not touch", () => {
    const document = parse(offer);
    const edited = editWithSdpTransform(document, (session) => {
      video(session).direction = "inactive";
    });
    expect(edited.session).toBe(document.session);
    expect(edited.media[0]).toBe(document.media[0]);
    const shared = new Set(sectionsOf(document).flatMap(({ lines }) => lines));
    const fresh = sectionsOf(edited).flatMap(({ lines }) =>
      lines.filter((line) => !shared.has(line)),
    );
    expect(fresh.map(({ source }) => source)).toEqual(["a=inactive"]);
  });

  it.each(sdpFixtures.filter((_, at) => at % 7 === 0))(
    "means afterwards what the code made of the model: $name",
    ({ text }) => {
      let wanted = "";
      const edited = editWithSdpTransform(text, (session) => {
        session.media.reverse();
        for (const media of session.media) {
          media.direction = "recvonly";
          media.rtp = media.rtp.slice(1);
          media.fmtp.push({ payload: 127, config: "x=1" });
          delete media.iceUfrag;
          media.ptime = 20;
        }
        session.name = "edited";
        wanted = write(structuredClone(session));
      });
      expect(write(toSdpTransform(edited))).toBe(wanted);
    },
  );

  it("loses nothing of damaged descriptions, and means what the code made of their model", () => {
    const chance = chanceFrom(20261121);
    for (let round = 0; round < 300; round++) {
      const { text } = sdpFixtures[chance(sdpFixtures.length)] as SdpFixture;
      const document = parse(mutate(text, chance));
      expect(editWithSdpTransform(document, () => {})).toBe(document);
      let wanted = "";
      const edited = editWithSdpTransform(document, (session) => {
        for (let edits = 0; edits < 3; edits++) editSomething(session, chance);
        wanted = write(structuredClone(session));
      });
      // Both go through the grammar once more: what it cannot write back is not this function's doing.
      expect(write(parseModel(write(toSdpTransform(edited))))).toBe(write(parseModel(wanted)));
    }
  });

  it("refuses an edit that does not finish at once", () => {
    // biome-ignore lint/suspicious/noExplicitAny: what a caller without types may pass
    expect(() => editWithSdpTransform(offer, (async () => {}) as any)).toThrow(TypeError);
  });
});

/** Does to one key of the model what munging code does: cuts, turns, copies, sets. */
function editSomething(session: SessionDescription, chance: (below: number) => number): void {
  const models = [session, ...session.media] as unknown as Record<string, unknown>[];
  const model = models[chance(models.length)] as Record<string, unknown>;
  const fixed =
    /^(media|type|version|protocol|direction|rtcpMux|icelite|rtcpRsize|bundleOnly|end|ext)/;
  const keys = Object.keys(model).filter((key) => !fixed.test(key));
  const key = keys[chance(keys.length)];
  if (key === undefined) return;
  const value = model[key];
  if (Array.isArray(value)) {
    const how = chance(3);
    if (how === 0) model[key] = value.slice(1);
    else if (how === 1) value.reverse();
    else if (value.length > 0) value.push({ ...value[chance(value.length)] });
  } else if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value);
    const [field, old] = fields[chance(fields.length)] ?? [];
    if (field) model[key] = { ...value, [field]: typeof old === "number" ? 5 : "edited" };
  } else if (chance(3) === 0) delete model[key];
  else model[key] = typeof value === "number" ? 6 : "edited";
}

describe("a line without a file of its own", () => {
  it("is read through sdp-transform's grammar", () => {
    expect(readThroughSdpTransform("a=floorctrl:c-s")).toEqual({
      key: "bfcpFloorCtrl",
      value: "c-s",
    });
    expect(readThroughSdpTransform("a=ts-refclk:ptp=IEEE1588-2008:39-A7")).toEqual({
      key: "tsRefClocks",
      value: { clksrc: "ptp", clksrcExt: "IEEE1588-2008:39-A7" },
    });
    expect(readThroughSdpTransform("a=never-heard-of:1")).toBeUndefined();
    expect(readThroughSdpTransform("hello")).toBeUndefined();
    expect(readThroughSdpTransform(`a=control:${"x".repeat(20_000)}`)).toBeUndefined();
  });

  it("is explained by the names of that grammar", () => {
    const { summary, parts } = explain("a=ts-refclk:ptp=IEEE1588-2008:39-A7");
    expect(summary.en).toContain("tsRefClocks");
    expect(parts.map(({ name, span }) => [name.en, span.start, span.end])).toEqual([
      ["clksrc", 12, 15],
      ["clksrcExt", 16, 35],
    ]);
  });
});
