import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  browserCapabilities,
  filterCodecs,
  negotiate,
  setFormatParameters,
} from "../../lib/index.ts";
import "../../lib/vitest/index.ts";

// The README's example "unit-test SDP offline" as written there, but for where it imports from and reads its offer.
const offer = readFileSync(
  new URL("../fixtures/sdp/chromium-156.0.8078.79/av.offer.sdp", import.meta.url),
  "utf8",
);

describe("our munger", () => {
  const preferStereo = (sdp: string) =>
    setFormatParameters(sdp, "0", 111, { stereo: "1" }).toString();

  test("sets stereo and touches nothing else", () => {
    expect(preferStereo).toChangeOnly(offer, { attributes: ["fmtp"], at: "0" });
  });

  test("leaves an offer that Chromium and Firefox take", () => {
    expect(preferStereo(offer)).toPassRules({ type: "offer", browser: "chromium" });
    expect(preferStereo(offer)).toPassRules({ type: "offer", browser: "firefox" });
  });

  test("gets VP8 and opus from Firefox when that is all we offer", () => {
    const filtered = filterCodecs(offer, ["VP8", "opus"]);
    const { answer } = negotiate(filtered, browserCapabilities("firefox"));
    expect(answer).toAnswer(filtered);
    expect(answer).toHaveCodec("VP8", { at: "1" });
    expect(answer).not.toHaveCodec("H264");
  });
});
