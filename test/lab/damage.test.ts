import { describe, expect, it } from "vitest";
import { damage, damageKinds } from "./damage.ts";
import { recordedOffers } from "./offers.ts";
import { createRandom } from "./random.ts";

const offers = recordedOffers();

describe("damage", () => {
  it("is the same for the same seed, and another for another", () => {
    const offer = offers[0]?.sdp ?? "";
    const of = (seed: number) => damage(offer, 3, createRandom(seed));
    expect(of(7)).toEqual(of(7));
    expect(of(7)).not.toEqual(of(8));
  });

  it("leaves an offer alone when nothing is asked for", () => {
    for (const { name, sdp } of offers) {
      expect(damage(sdp, 0, createRandom(1)), name).toEqual({ sdp, changes: [] });
    }
  });

  it("finds work for every kind in the recorded offers", () => {
    const random = createRandom(1);
    const unseen = new Set(damageKinds());
    for (let count = 0; unseen.size > 0 && count < 20_000; count++) {
      for (const change of damage(random.pick(offers).sdp, 3, random).changes) {
        unseen.delete(change.split(": ")[0] ?? "");
      }
    }
    expect([...unseen]).toEqual([]);
  });

  it("changes the text each time that it says so", () => {
    const random = createRandom(2);
    for (let count = 0; count < 2000; count++) {
      const { sdp } = random.pick(offers);
      const { sdp: damaged, changes } = damage(sdp, 1, random);
      expect(damaged, changes.join()).not.toBe(sdp);
    }
  });
});
