import { readFileSync } from "node:fs";
import { parse as parseWithSdpTransform } from "sdp-transform";
import { checkAnswer } from "../lib/rules/check-answer.ts";
import { lint } from "../lib/rules/lint.ts";
import { parse } from "../lib/sdp/parse.ts";

/** Measures lint and checkAnswer with all rules against two parses of sdp-transform, in processor time: the best of many rounds counts. */

const folder = new URL("../../../test/fixtures/sdp/chromium-156.0.8078.79/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const offer = read("avd.offer.sdp");
const answer = read("avd.answer.sdp");

const parses = perCall(
  () => parseWithSdpTransform(offer).media.length + parseWithSdpTransform(answer).media.length,
);
const judging = perCall(() => {
  const offered = parse(offer);
  return lint(offered, { type: "offer" }).length + checkAnswer(offered, answer).length;
});
const judgingTexts = perCall(
  () => lint(offer, { type: "offer" }).length + checkAnswer(offer, answer).length,
);
const asChromium = perCall(() => lint(offer, { type: "offer", browser: "chromium" }).length);
console.log(
  `Chromium audio, video and data (${offer.length} and ${answer.length} characters): parse, lint and checkAnswer ${judging.toFixed(0)} µs, two sdp-transform parses ${parses.toFixed(0)} µs, ${(judging / parses).toFixed(2)} times`,
);
console.log(
  `the same with the offer given as text twice, and so read twice: ${judgingTexts.toFixed(0)} µs, ${(judgingTexts / parses).toFixed(2)} times`,
);
console.log(`lint with the profile of Chromium ${asChromium.toFixed(0)} µs`);

/** Microseconds of processor time a call. */
function perCall(work: () => number): number {
  let sum = 0;
  for (let call = 0; call < 500; call++) sum += work();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 25; round++) {
    const before = process.cpuUsage();
    for (let call = 0; call < 200; call++) sum += work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 200);
  }
  // Read the sum, so that no call can be left out.
  return sum < 0 ? Number.NaN : best;
}
