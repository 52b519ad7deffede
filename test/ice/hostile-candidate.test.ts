import { expect, it } from "vitest";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";

const fixed = "candidate:1 1 udp 2122260223 192.0.2.1 54400 typ host";

it.each([
  ["of unknown names", (at: number) => `x${at} y`, 5000, ["candidate/extension-unknown"]],
  [
    "of one name",
    () => "x y",
    5000,
    ["candidate/extension-duplicate", "candidate/extension-unknown"],
  ],
  ["between blanks", () => "generation  0 ", 5000, undefined],
  ["of related addresses", () => "raddr 192.0.2.9", 0, undefined],
])(
  "keeps thousands of extensions %s and tells of each kind of fault 20 times",
  (_, make, kept, codes) => {
    const extensions = Array.from({ length: 5000 }, (_, at) => make(at)).join(" ");
    const { candidate, diagnostics } = parseCandidate(`${fixed} ${extensions}`);
    expect(candidate?.extensions).toHaveLength(kept);
    const counts = new Map<string, number>();
    for (const { code } of diagnostics) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBe(20);
    if (codes) expect([...counts.keys()].sort()).toEqual(codes);
  },
);
