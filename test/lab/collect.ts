import type { BrowserPage } from "../support/endpoints.ts";
import { damage } from "./damage.ts";
import { recordedOffers } from "./offers.ts";
import { createRandom } from "./random.ts";

/** What one browser did with an offer. */
export interface Verdict {
  readonly accepted: boolean;
  /** Why it refused the offer, in its own words. */
  readonly error?: string;
  /** Its answer, without tracks of its own. */
  readonly answer?: string;
  /** Why it accepted the offer and made no answer. */
  readonly answerError?: string;
}

/** An offer, what was done to it, and what every browser did with it, by `chromium156` and the like. */
export interface Sample {
  readonly base: string;
  readonly changes: readonly string[];
  readonly sdp: string;
  readonly [browser: string]: Verdict | string | readonly string[];
}

/** The name under which a sample holds a browser's verdict: its name and the first number of its version. */
export function verdictKey(page: BrowserPage): string {
  return page.name + Number.parseInt(page.version, 10);
}

/** Damages so many recorded offers and asks the browsers. One seed gives the same offers as long as the fixtures stay. */
export async function collectVerdicts(
  pages: readonly BrowserPage[],
  seed: number,
  count: number,
): Promise<readonly Sample[]> {
  const random = createRandom(seed);
  // Libraries' offers are fewer in files than the browsers', and are met as often.
  const bases = [
    recordedOffers(["chromium"]),
    recordedOffers(["firefox"]),
    recordedOffers().filter(({ name }) => !/^(chromium|firefox)-/.test(name)),
  ].filter((group) => group.length > 0);
  const damaged = Array.from({ length: count }, () => {
    const base = random.pick(random.pick(bases));
    // One in twenty stays whole; most have one change, so that the cause is known.
    const changes = random.chance(0.05) ? 0 : random.chance(0.7) ? 1 : random.chance(0.7) ? 2 : 3;
    return { base: base.name, ...damage(base.sdp, changes, random) };
  });
  const verdicts = await Promise.all(
    pages.map((page) =>
      askAll(
        page,
        damaged.map(({ sdp }) => sdp),
      ),
    ),
  );
  return damaged.map(({ base, changes, sdp }, index) => ({
    base,
    changes,
    sdp,
    ...Object.fromEntries(
      pages.map((page, which) => [verdictKey(page), verdicts[which]?.[index] as Verdict]),
    ),
  }));
}

async function askAll(page: BrowserPage, offers: readonly string[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (let start = 0; start < offers.length; start += 25) {
    verdicts.push(...(await page.evaluate(judge, offers.slice(start, start + 25))));
  }
  return verdicts;
}

/** Runs in the browser's page, and uses nothing of this file. */
export async function judge(offers: readonly string[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const words = (error: unknown): string => `${(error as Error).name}: ${(error as Error).message}`;
  const page = globalThis as { gc?: () => void; connections?: number };
  for (const sdp of offers) {
    // Closed connections count as well until they are collected, and Chromium allows 500 a page.
    page.connections = (page.connections ?? 0) + 1;
    if (page.connections % 250 === 0) page.gc?.();
    const pc = new RTCPeerConnection();
    try {
      await pc.setRemoteDescription({ type: "offer", sdp });
      try {
        verdicts.push({ accepted: true, answer: (await pc.createAnswer()).sdp ?? "" });
      } catch (error) {
        verdicts.push({ accepted: true, answerError: words(error) });
      }
    } catch (error) {
      verdicts.push({ accepted: false, error: words(error) });
    } finally {
      pc.close();
    }
  }
  return verdicts;
}
