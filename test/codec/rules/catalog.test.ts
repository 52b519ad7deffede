import { describe, expect, it } from "vitest";
import { codecRuleFor, codecRules } from "../../../lib/codec/rules/catalog.ts";

describe("the catalog of codecs", () => {
  it("has one rule for each name, found in any case", () => {
    const names = codecRules.flatMap((rule) => rule.names);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const rule of codecRules) {
      for (const name of rule.names) expect(codecRuleFor(name.toUpperCase())).toBe(rule);
    }
    expect(codecRuleFor("speex")).toBeUndefined();
  });

  it("explains every codec and parameter in both languages", () => {
    for (const { meaning, parameters, rfc } of codecRules) {
      for (const { en, ko } of [meaning, ...parameters.map((each) => each.meaning)]) {
        expect(en).toMatch(/\.$/);
        expect(ko).toMatch(/[가-힣].*\.$/);
      }
      expect(rfc.url).toMatch(/^https:/);
    }
  });

  it("writes parameter names in lower case, as they are looked up", () => {
    for (const { parameters } of codecRules) {
      for (const { name } of parameters) expect(name).toBe(name.toLowerCase());
    }
  });
});

describe("references to payload types", () => {
  const shift = (format: string) => String(Number(format) + 1);

  it.each([
    ["rtx", "apt=96", ["96"], "apt=97"],
    ["rtx", "rtx-time=3000; apt=96", ["96"], "rtx-time=3000; apt=97"],
    ["rtx", "rtx-time=3000", [], "rtx-time=3000"],
    ["red", "111/111", ["111", "111"], "112/112"],
    ["red", " 111/111 ", ["111", "111"], " 112/112 "],
    ["red", "111/111;111/9", ["111", "9"], "112/112;112/10"],
    ["red", "", [], ""],
    ["red", "apt=1", [], "apt=1"],
  ])("%s %j", (name, fmtp, references, renamed) => {
    const rule = codecRuleFor(name);
    expect(rule?.references?.(fmtp)).toEqual(references);
    expect(rule?.renameReferences?.(fmtp, shift)).toBe(renamed);
  });
});
