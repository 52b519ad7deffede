import { describe, expect, test } from "vitest";
import { ivfFrame, ivfHeader, readIvf } from "../../lib/peer/media/ivf.ts";
import { createOggWriter, opusSamples, readOggOpus } from "../../lib/peer/media/ogg.ts";
import { packetize } from "../../lib/peer/media/packetize.ts";
import { patternClip } from "../../lib/peer/media/pattern.ts";
import { encodeVp8 } from "../../lib/peer/media/vp8-picture.ts";
import { werift } from "../../lib/peer/werift.ts";

function bytes(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 37 + seed) & 0xff);
}

/** OBUs with sizes, as IVF has them: a temporal delimiter, a sequence header, a frame. */
function temporalUnit(frame: Uint8Array): Uint8Array {
  const length = [(frame.length & 0x7f) | 0x80, frame.length >> 7];
  return Uint8Array.from([0x12, 0, 0x0a, 3, 1, 2, 3, 0x32, ...length, ...frame]);
}

describe("an IVF file", () => {
  const header = ivfHeader({
    fourcc: "VP80",
    width: 320,
    height: 240,
    timeBase: { numerator: 1, denominator: 90_000 },
  });
  const frames = [bytes(3), bytes(0), bytes(300)].map((data, at) => ({
    timestamp: at * 3000,
    data,
  }));
  const file = Buffer.concat([header, ...frames.map(ivfFrame)]);

  test("is read as it was written", () => {
    const { fourcc, width, height, timeBase, frames: read } = readIvf(file);
    expect([fourcc, width, height, timeBase.denominator]).toEqual(["VP80", 320, 240, 90_000]);
    expect(read.map(({ timestamp, data }) => [timestamp, [...data]])).toEqual(
      frames.map(({ timestamp, data }) => [timestamp, [...data]]),
    );
  });

  test("that is cut off loses its last frame only", () => {
    for (let end = 32; end < file.length; end++) {
      expect(readIvf(file.subarray(0, end)).frames.length).toBeLessThan(3);
    }
  });

  test.each([new Uint8Array(), bytes(40), header.subarray(0, 20)])("is not %j", (data) => {
    expect(() => readIvf(data)).toThrow(RangeError);
  });
});

describe("an Ogg file", () => {
  const writer = createOggWriter(7, 2);
  const packets = [bytes(3), bytes(255), bytes(700), bytes(1)];
  const pages = packets.map((packet) => writer.packet(packet, 960));
  const file = Buffer.concat([writer.header(), ...pages]);

  test("is read as it was written, whatever the packets' lengths", () => {
    expect(readOggOpus(new Uint8Array(file)).map((packet) => [...packet])).toEqual(
      packets.map((packet) => [...packet]),
    );
  });

  test("that is cut off never throws, once its header is there", () => {
    for (let end = 60; end < file.length; end++) {
      expect(readOggOpus(new Uint8Array(file.subarray(0, end))).length).toBeLessThanOrEqual(4);
    }
  });

  test("with another stream in it has no Opus", () => {
    expect(() => readOggOpus(bytes(100))).toThrow(RangeError);
  });

  test.each([
    // RFC 6716 §3.1: configuration, code of the number of frames.
    [[0xf8], 960],
    [[0xf9], 1920],
    [[0xfb, 3], 2880],
    [[0x00], 480],
    [[0x18], 2880],
    [[0x60], 480],
    [[0x80], 120],
  ])("has packets that say how long they are: %j", (packet, samples) => {
    expect(opusSamples(Uint8Array.from(packet))).toBe(samples);
  });
});

describe("packets", () => {
  test.each([
    ["VP8", bytes(10)],
    ["VP8", bytes(5000)],
    ["VP9", Uint8Array.from([0x80, ...bytes(4000)])],
    ["opus", bytes(80)],
  ])("of %s fit the path, and give the frame back", (codec, frame) => {
    const payloads = packetize(codec, frame);
    expect(Math.max(...payloads.map(({ length }) => length))).toBeLessThanOrEqual(1110);
    expect([...(werift.depacketize(codec, payloads)?.data ?? [])]).toEqual([...frame]);
  });

  test.each([1, 100, 1080, 1085, 1090, 1095, 2000, 2188, 9000])(
    "of AV1 with a frame of %d bytes give it back, and end inside an OBU",
    (length) => {
      const payloads = packetize("AV1", temporalUnit(bytes(length)));
      for (const [at, payload] of payloads.entries()) {
        const header = payload[0] ?? 0;
        expect(payload.length).toBeLessThanOrEqual(1110);
        expect([(header & 0x80) !== 0, (header & 0x40) !== 0]).toEqual([
          at > 0,
          at < payloads.length - 1,
        ]);
      }
      const frame = werift.depacketize("AV1", payloads);
      expect(frame?.isKey).toBe(true);
      expect(packetize("AV1", frame?.data ?? new Uint8Array())).toEqual(payloads);
      expect(Buffer.from(frame?.data ?? []).includes(Buffer.from(bytes(length)))).toBe(true);
      // One that never came makes no frame.
      if (payloads.length > 1) expect(werift.depacketize("AV1", payloads.slice(1))).toBeUndefined();
    },
  );

  test("that are broken make no frame, and no exception", () => {
    for (const codec of ["VP8", "VP9", "AV1", "H264", "opus", "unknown"]) {
      for (const payload of [
        new Uint8Array(),
        Uint8Array.of(0xff),
        Uint8Array.of(0x9f, 0xff, 0xff),
      ]) {
        expect(() => werift.depacketize(codec, [payload])).not.toThrow();
      }
    }
  });
});

describe("the pattern", () => {
  test("is a picture of 320 × 240 that changes from frame to frame", () => {
    const { frames, durationMs } = patternClip("video");
    expect(durationMs / frames.length).toBeCloseTo(1000 / 15);
    expect(new Set(frames.map(({ data }) => Buffer.from(data).toString("hex"))).size).toBe(20);
    for (const { data } of frames) {
      const view = new DataView(data.buffer);
      // A key frame that is shown, its start code and its size. RFC 6386 §9.1.
      expect((data[0] ?? 0) & 0x11).toBe(0x10);
      expect([data[3], data[4], data[5]]).toEqual([0x9d, 0x01, 0x2a]);
      expect([view.getUint16(6, true), view.getUint16(8, true)]).toEqual([320, 240]);
      expect(data.length).toBeLessThan(1500);
    }
  });

  test("costs little where nothing changes, and takes every colour", () => {
    const plain = Array.from({ length: 300 }, () => ({ y: 128, u: 128, v: 128 }));
    expect(encodeVp8({ columns: 20, rows: 15, colours: plain }).length).toBeLessThan(250);
    const wild = Array.from({ length: 300 }, (_, at) => ({
      y: (at * 83) & 255,
      u: (at * 7) & 255,
      v: 255 - (at & 255),
    }));
    expect(encodeVp8({ columns: 20, rows: 15, colours: wild }).length).toBeGreaterThan(2000);
  });
});
