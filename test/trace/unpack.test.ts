import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { unpack } from "../../lib/trace/unpack.ts";

const text = `RTCStatsDump\n{"fileFormat":3}\n${"가나다 line\n".repeat(20_000)}`;
const codes = async (bytes: Uint8Array): Promise<readonly string[]> =>
  (await unpack(bytes)).diagnostics.map(({ code }) => code);

/** A zip archive of files, stored or deflated. */
function zip(files: Readonly<Record<string, string>>, isStored = false): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = isStored ? Buffer.from(content) : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(isStored ? 0 : 8, 8);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(isStored ? 0 : 8, 10);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    directory.push(central, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

describe("unpack", () => {
  test("gives plain text as it is, in UTF-8 and UTF-16", async () => {
    expect(await unpack(Buffer.from(text))).toEqual({ files: [{ text }], diagnostics: [] });
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("v=0\r\n가", "utf16le")]);
    expect((await unpack(wide)).files).toEqual([{ text: "v=0\r\n가" }]);
  });

  test("unpacks gzip", async () => {
    expect(await unpack(gzipSync(text))).toEqual({ files: [{ text }], diagnostics: [] });
  });

  test("gives what stands before the end of a gzip that breaks off", async () => {
    const bytes = gzipSync(
      Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at) % 251)),
    );
    const { files, diagnostics } = await unpack(bytes.subarray(0, bytes.length / 2));
    expect(files[0]?.text.length).toBeGreaterThan(1000);
    expect(diagnostics.map(({ code }) => code)).toEqual(["import/compression-broken"]);
  });

  test.each([true, false])("gives each file of a zip archive, stored: %s", async (isStored) => {
    const archive = zip({ "a.json": text, "b/": "", "b/c.txt": "v=0" }, isStored);
    expect(await unpack(archive)).toEqual({
      files: [
        { name: "a.json", text },
        { name: "b/c.txt", text: "v=0" },
      ],
      diagnostics: [],
    });
  });

  test("reads the files of an archive whose directory is cut off", async () => {
    const archive = zip({ "a.txt": "one", "b.txt": "two" });
    const { files } = await unpack(archive.subarray(0, archive.length - 40));
    expect(files.map(({ text: content }) => content)).toEqual(["one", "two"]);
  });

  test.each([
    ["bzip2", [0x42, 0x5a, 0x68, 0x39]],
    ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
    ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ])("refuses %s by name", async (name, bytes) => {
    const { files, diagnostics } = await unpack(Uint8Array.from(bytes));
    expect(files).toEqual([]);
    expect(diagnostics[0]?.message.en).toContain(name);
  });

  test("takes anything that only begins like an archive", async () => {
    for (const length of [2, 3, 4, 10, 30, 60]) {
      expect(await codes(Uint8Array.from({ length }, (_, at) => [0x1f, 0x8b][at] ?? 7))).toEqual([
        "import/compression-broken",
      ]);
      const broken = Uint8Array.from({ length }, (_, at) => [0x50, 0x4b, 3, 4][at] ?? 255);
      expect((await unpack(broken)).files.length).toBeLessThan(2);
    }
  });
});
