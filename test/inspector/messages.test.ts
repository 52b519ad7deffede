import { describe, expect, it } from "vitest";
import en from "../../inspector/messages/en.json" with { type: "json" };
import ko from "../../inspector/messages/ko.json" with { type: "json" };
import type { Word } from "../../inspector/messages/words.ts";
import { loadWords, wordsOf } from "../../inspector/messages/words.ts";

const words = Object.keys(en) as Word[];

describe("the page's texts", () => {
  it("exist in both languages", () => {
    expect(Object.keys(ko)).toEqual(words);
  });

  it("have the same places to fill in both languages", () => {
    for (const word of words) {
      const [first] = en[word].split("|");
      expect(placesOf(ko[word]), word).toEqual(placesOf(first ?? ""));
      for (const form of en[word].split("|"))
        expect(placesOf(form), word).toEqual(placesOf(first ?? ""));
    }
  });

  it("are Korean in Korean, but for names and codes", () => {
    const same = words.filter((word) => en[word] === ko[word]);
    const isName = (text: string): boolean =>
      !/[a-z]{3,} [a-z]{3,}/.test(text) || text.includes("{");
    expect(same.filter((word) => !isName(en[word]) && word !== "item.negotiation")).toEqual([]);
  });

  it("choose singular and plural by the number", async () => {
    await loadWords("ko");
    const say = wordsOf("en");
    expect(say("events.count", { n: 1 })).toBe("1 event");
    expect(say("events.count", { n: 0 })).toBe("0 events");
    expect(wordsOf("ko")("events.count", { n: 1 })).toBe("이벤트 1개");
  });

  it("put values in as they are, without reading them", () => {
    expect(wordsOf("en")("lanes.at", { t: "$& {t} <b>" })).toBe("at $& {t} <b>");
  });
});

function placesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort();
}
