import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replay } from "../../lib/cli/commands/replay.ts";
import { runCommandLine } from "../../lib/cli/run.ts";
import { offerSdp } from "../rules/session/script.ts";

const trace = (name: string): string =>
  join(import.meta.dirname, `../fixtures/traces/${name}.sdpscope.jsonl`);
const dump = join(
  import.meta.dirname,
  "../fixtures/dumps/chromium-156.0.8078.79/call.internals.json",
);

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(
    ["replay", ...args],
    { version: "0", commands: [replay], fallback: "replay" },
    {
      out: (line) => out.push(line),
      write: (text) => out.push(text),
      err: (line) => err.push(line),
      input: async () => "",
      env: {},
      isColour: false,
      signal: new AbortController().signal,
    },
  );
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("sdpscope replay", () => {
  let folder: string;
  let sdpFile: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sdpscope-replay-"));
    sdpFile = join(folder, "offer.sdp");
    await writeFile(sdpFile, offerSdp);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("lists each call with the recorded and the replayed state, and ends with 0 where they agree", async () => {
    const { code, out } = await run(trace("ok"));
    expect(code).toBe(0);
    expect(out).toMatch(
      /Alice +setLocalDescription\(offer\) +have-local-offer +have-local-offer\n/,
    );
    expect(out).toContain("0 of 36 calls differ from the recording.");
  });

  it("reads any file that can be imported", async () => {
    const { code, out } = await run(dump);
    expect(code).toBe(0);
    expect(out).toContain("0 of 20 calls differ");
  });

  it("tells why a candidate was refused, and in Korean", async () => {
    expect((await run(trace("early-candidate"))).out).toMatch(
      /InvalidStateError +InvalidStateError +There is no remote description yet.*\[RFC 9429 §4\.1\.19\]/,
    );
    const { out } = await run(trace("early-candidate"), "--lang", "ko");
    expect(out).toContain("아직 원격 description이 없어");
    expect(out).toContain("호출 10개 중 0개가 기록과 다릅니다.");
  });

  it("marks where the course parts when something is changed, and ends with 1", async () => {
    const held = await run(trace("early-candidate"), "--hold-candidates");
    expect(held.code).toBe(1);
    expect(held.out).toMatch(/^≠ {2}17 .*addIceCandidate +InvalidStateError +accepted/m);
    expect(held.out).toContain("Bob: stable · candidates: 4 accepted");

    const preferred = await run(trace("ok"), "--prefer", "H264");
    expect(preferred.code).toBe(1);
    expect(preferred.out).toMatch(/offerer → H264\/90000/);

    const dropped = await run(trace("early-candidate"), "--drop", "40");
    expect(dropped.out).toMatch(/^≠ {2}54 .*setRemoteDescription\(answer\) +stable +absent/m);

    const delayed = await run(trace("early-candidate"), "--delay", "40:500");
    expect(delayed.out).toMatch(/ 40 +15\d\d\.\d /);
    expect(delayed.code).toBe(0);

    const replaced = await run(trace("early-candidate"), "--replace", `8=${sdpFile}`);
    expect(replaced.out).toMatch(/^\* {2}8 /m);
  });

  it("compares each answer by its meaning with what the browser would have answered", async () => {
    const { out } = await run(trace("munged"));
    expect(out).toMatch(/The answer that Alice applies .*\(chromium 156/);
    expect(out).toContain("section: rejected ≠ m=video");
  });

  it("prints JSON", async () => {
    const { out } = await run(trace("wrong-state"), "--json");
    const { trace: id, steps, connections } = JSON.parse(out);
    expect(id).toBe("wrong-state");
    expect(steps[0]).toMatchObject({ method: "createOffer", computed: { outcome: "accepted" } });
    expect(connections).toHaveLength(2);
  });

  it.each([
    [["a", "b"], "replay takes one file"],
    [["--drop", "x"], "--drop takes EVENT"],
    [["--delay", "3"], "--delay takes EVENT:MS"],
    [["--replace", "3"], "--replace takes EVENT=FILE"],
    [["--drop", "1"], "Event 1 is no call of the negotiation."],
  ])("refuses %j with 2", async (args, sentence) => {
    const { code, err, out } = await run(trace("ok"), ...args);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(out).toBe("");
  });
});
