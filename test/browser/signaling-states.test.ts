import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignalingState } from "../../lib/rules/session.ts";
import { transition } from "../../lib/rules/signaling-state.ts";
import type { TestBrowser } from "../support/browser.ts";
import { hasBrowser, startBrowser } from "../support/browser.ts";

const states: readonly SignalingState[] = [
  "stable",
  "have-local-offer",
  "have-remote-offer",
  "have-local-pranswer",
  "have-remote-pranswer",
];
const sides = ["local", "remote"] as const;
const types = ["offer", "pranswer", "answer", "rollback"] as const;

describe.runIf(hasBrowser())("the signaling state machine", () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  it("moves and refuses as Chromium does, in every state, for every side and type", async () => {
    const page = await browser.context.newPage();
    const combinations = states.flatMap((state) =>
      sides.flatMap((side) => types.map((type) => ({ state, side, type }))),
    );
    const seen = await page.evaluate(async (list) => {
      const outcomes: string[] = [];
      for (const { state, side, type } of list) {
        // `far` is at the other end of the exchange that brings `near` into its state.
        const near = new RTCPeerConnection();
        const far = new RTCPeerConnection();
        near.createDataChannel("d");
        const isOfferer = state === "have-local-offer" || state === "have-remote-pranswer";
        if (state !== "stable") {
          const [offerer, answerer] = isOfferer ? [near, far] : [far, near];
          if (!isOfferer) far.createDataChannel("d");
          await offerer.setLocalDescription(await offerer.createOffer());
          await answerer.setRemoteDescription(offerer.localDescription as RTCSessionDescription);
          if (state.endsWith("pranswer")) {
            const { sdp = "" } = await answerer.createAnswer();
            await answerer.setLocalDescription({ type: "pranswer", sdp });
            if (isOfferer) await offerer.setRemoteDescription({ type: "pranswer", sdp });
          }
        }
        if (near.signalingState !== state) throw new Error(`${state}: ${near.signalingState}`);
        const make = async (): Promise<RTCSessionDescriptionInit> => {
          if (type === "rollback") return { type };
          const maker = side === "local" ? near : far;
          if (type === "offer") {
            if (side === "local") return near.createOffer().catch(() => ({ type, sdp: "" }));
            const third = new RTCPeerConnection();
            third.createDataChannel("d");
            const offer = await third.createOffer();
            third.close();
            return offer;
          }
          // An answer can be made only where there is an offer; elsewhere any text will do to be refused.
          const known = side === "remote" && maker.localDescription?.type === "pranswer";
          const made = known
            ? maker.localDescription
            : await maker.createAnswer().catch(() => null);
          return { type, sdp: made?.sdp ?? "v=0\r\n" };
        };
        try {
          const given = await make();
          if (side === "local") await near.setLocalDescription(given);
          else await near.setRemoteDescription(given);
          outcomes.push(near.signalingState);
        } catch {
          outcomes.push("refused");
        }
        near.close();
        far.close();
      }
      return outcomes;
    }, combinations);
    const told = (list: readonly string[]): readonly string[] =>
      list.map((outcome, at) => {
        const { state, side, type } = combinations[at] ?? {};
        return `${state}, ${side} ${type}: ${outcome}`;
      });
    const computed = combinations.map(({ state, side, type }) => {
      const result = transition(state, side, type);
      return "to" in result ? result.to : "refused";
    });
    expect(told(seen)).toEqual(told(computed));
    await page.close();
  });
});
