import { browserCapabilities } from "../../lib/offer-answer/browser-capabilities.ts";
import { negotiate } from "../../lib/offer-answer/negotiate.ts";
import { answerDisagreements } from "../support/answer-agreement.ts";
import type { Sample, Verdict } from "./collect.ts";

/** How often the library says what a browser does, and where it does not. */
export interface Agreement {
  readonly of: number;
  readonly agreed: number;
  readonly disagreements: readonly Disagreement[];
}

/** One sample about which the library and the browser differ. */
export interface Disagreement {
  readonly sample: Sample;
  /** What it is counted under: who was stricter and why, or what differs in the answer. */
  readonly cause: string;
  readonly detail: string;
}

/** Compares `negotiate` with the answers that a browser gave. A browser that made no answer is left out. */
export function compareAnswers(
  samples: readonly Sample[],
  browser: "chromium" | "firefox",
  key: string,
): Agreement {
  const capabilities = browserCapabilities(browser);
  return count(samples, (sample) => {
    const { answer } = sample[key] as Verdict;
    if (answer === undefined) return undefined;
    const found = answerDisagreements(negotiate(sample.sdp, capabilities).answer, answer);
    return found.map(({ about, index, ours, theirs }) => ({
      sample,
      cause: about,
      detail: `${index ?? "all"}: ours ${ours}, theirs ${theirs}`,
    }));
  });
}

function count(
  samples: readonly Sample[],
  judge: (sample: Sample) => readonly Disagreement[] | undefined,
): Agreement {
  const judged = samples.flatMap((sample) => {
    const found = judge(sample);
    return found === undefined ? [] : [found];
  });
  return {
    of: judged.length,
    agreed: judged.filter((found) => found.length === 0).length,
    disagreements: judged.flatMap((found) => found.slice(0, 1)),
  };
}

/** The agreement as text: a line of figures, then the disagreements by cause and by kind of damage, the most frequent first. */
export function printAgreement(title: string, agreement: Agreement, examples: number): string {
  const { agreed, of, disagreements } = agreement;
  const percent = of === 0 ? "–" : ((100 * agreed) / of).toFixed(1);
  const lines = [`${title}: ${agreed} of ${of} agree (${percent} %)`];
  const by = (label: string, keysOf: (one: Disagreement) => readonly string[]): void => {
    const groups = new Map<string, Disagreement[]>();
    for (const one of disagreements) {
      for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    for (const [key, group] of [...groups].sort(([, a], [, b]) => b.length - a.length)) {
      lines.push(`  ${label} ${key}: ${group.length}`);
      if (label !== "cause") continue;
      for (const { sample, detail } of group.slice(0, examples)) {
        lines.push(`      ${sample.base} [${sample.changes.join(" | ").slice(0, 160)}] ${detail}`);
      }
    }
  };
  by("cause", ({ cause }) => [cause]);
  by("damage", ({ sample }) => sample.changes.map((change) => change.split(":")[0] ?? change));
  return lines.join("\n");
}
