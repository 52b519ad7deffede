import { describe, expect, it } from "vitest";
import { explain } from "../../lib/sdp/explain.ts";
import { readDescription } from "../../lib/sdp/read-description.ts";

const withLine = (line: string) => `v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n${line}\r\n`;

describe("a value longer than any can be", () => {
  const candidate = "a=candidate:1 1 udp 1 192.0.2.1 9 typ host";

  it("is no candidate with thousands of extensions", () => {
    const few = readDescription(withLine(`${candidate}${" x 1".repeat(100)}`));
    expect(few.media[0]?.candidates[0]?.candidate.extensions).toHaveLength(100);
    const line = `${candidate}${" x 1".repeat(2000)}`;
    const many = readDescription(withLine(line));
    expect(many.media[0]?.candidates).toEqual([]);
    const fault = many.document.diagnostics.find(({ code }) => code === "sdp/value-malformed");
    expect(fault?.message.en).toContain("in the a=candidate line is no valid extension");
    expect(explain(line).summary.en).toContain("A receiver ignores the line");
  });

  it.each(["ice-options", "group", "rid", "remote-candidates", "ssrc-group", "content"])(
    "is left out with a word about it: a=%s of a hundred thousand words",
    (name) => {
      const list = name === "content" ? "1,".repeat(100_000) : "1 1 1 1 ".repeat(25_000);
      const line = `a=${name}:${name === "rid" ? "1 send pt=" : ""}${list}1`;
      const text = name === "rid" ? line.replaceAll(" 1", ",1") : line;
      const { document } = readDescription(withLine(text));
      const faults = document.diagnostics.filter(({ code }) => code.startsWith("sdp/value-"));
      expect(faults.map(({ code }) => code)).toContain("sdp/value-malformed");
      expect(faults.length).toBeLessThan(30);
      expect(explain(text).parts.length).toBeLessThanOrEqual(1000);
    },
  );

  it("leaves a BUNDLE group of five thousand sections alone", () => {
    const mids = Array.from({ length: 5000 }, (_, mid) => mid).join(" ");
    const { bundle } = readDescription(`v=0\r\na=group:BUNDLE ${mids}\r\n`);
    expect(bundle?.mids).toHaveLength(5000);
  });
});
