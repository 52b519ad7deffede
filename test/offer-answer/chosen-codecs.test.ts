import { describe, expect, it } from "vitest";
import { chosenCodecs } from "../../lib/offer-answer/chosen-codecs.ts";
import { filterCodecs } from "../../lib/offer-answer/filter-codecs.ts";
import { preferCodecs } from "../../lib/offer-answer/prefer-codecs.ts";
import { offer } from "./offer.ts";

const line = (chosen: ReturnType<typeof chosenCodecs>) =>
  chosen.map(
    ({ index, sender, codec, payloadType, companions }) =>
      `${index} ${sender} ${codec?.name} ${payloadType} ${companions.map(({ format }) => format).join(" ")}`,
  );

describe("chosenCodecs", () => {
  it("takes the first common codec of the receiving side, with its companions", () => {
    const answer = preferCodecs(offer, ["H264", "PCMU"]);
    expect(line(chosenCodecs(offer, answer))).toEqual([
      "0 offerer PCMU 0 13 126",
      "0 answerer opus 111 63 110",
      "1 offerer H264 102 103 118 119 120 49",
      "1 answerer VP8 96 97 118 119 120 49",
    ]);
  });

  it("says why not each other codec", () => {
    const answer = filterCodecs(offer, ["opus", "PCMU"]);
    const [sent] = chosenCodecs(offer, answer);
    expect(sent?.reason.en).toBe(
      "opus/48000/2 is the first codec in the answerer's order that both sides have.",
    );
    expect(sent?.others.map(({ reason }) => reason.en)).toEqual([
      "The answer does not have G722/8000.",
      "Both sides have it, but opus/48000/2 comes first.",
      "The answer does not have PCMA/8000.",
    ]);
  });

  it("tells a variant that differs from a codec that is missing", () => {
    const answer = offer.replace("profile-level-id=42e01f", "profile-level-id=640c1f");
    const sent = chosenCodecs(offer, answer)[2];
    expect(sent?.others[0]?.reason.en).toContain("The profiles differ");
  });

  it.each([
    ["a=recvonly", "a=sendonly", ["undefined", "opus"], "direction is recvonly"],
    ["a=sendrecv", "a=recvonly", ["opus", "undefined"], "direction is recvonly"],
  ])("sends nothing where the directions forbid it: %s, %s", (ours, theirs, names, reason) => {
    const sections = chosenCodecs(
      offer.replace("a=sendrecv", ours),
      offer.replace("a=sendrecv", theirs),
    ).slice(0, 2);
    expect(sections.map(({ codec }) => String(codec?.name))).toEqual(names);
    expect(sections.find(({ codec }) => !codec)?.reason.en).toContain(reason);
  });

  it("sends nothing in a rejected section, and nothing without a common codec", () => {
    const rejected = offer.replace("m=video 9", "m=video 0");
    expect(chosenCodecs(offer, rejected)[2]?.reason.en).toBe("The section is rejected (port 0).");
    const [sent] = chosenCodecs(filterCodecs(offer, ["opus"]), filterCodecs(offer, ["PCMU"]));
    expect(sent).toMatchObject({ reason: { en: "The two descriptions have no codec in common." } });
  });
});
