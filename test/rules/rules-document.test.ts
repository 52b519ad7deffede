import { describe, expect, it } from "vitest";
import { rules } from "../../lib/rules/rules.ts";
import { rulesDocument } from "./rules-document.ts";

describe("the catalog of rules", () => {
  it("is what docs/rules.md shows, in both languages", async () => {
    await expect(rulesDocument(rules, "en")).toMatchFileSnapshot("../../docs/rules.md");
    await expect(rulesDocument(rules, "ko")).toMatchFileSnapshot("../../docs/ko/rules.md");
  });

  it("has codes that are unique, sorted and of the form family/kebab-name", () => {
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.filter((code) => !/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  it("says in both languages what each rule demands", () => {
    for (const { code, summary } of rules) {
      expect(summary.en, code).toMatch(/[.:)]$/);
      expect(summary.ko, code).toMatch(/[가-힣].*[.)]$/);
    }
  });
});
