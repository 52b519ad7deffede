import type { Diagnostic } from "../../lib/diagnostic.ts";
import { browserCapabilities } from "../../lib/offer-answer/browser-capabilities.ts";
import { negotiate } from "../../lib/offer-answer/negotiate.ts";
import { lint } from "../../lib/rules/lint.ts";
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

/** Compares whether `lint` finds an error for a browser with whether that browser refused. */
export function compareRefusals(
  samples: readonly Sample[],
  browser: "chromium" | "firefox",
  key: string,
): Agreement {
  return count(samples, (sample) => {
    const { accepted, error = "" } = sample[key] as Verdict;
    const refusal = refusalOf(sample, browser);
    if (accepted === (refusal === undefined)) return [];
    return refusal === undefined
      ? [{ sample, cause: `refused: ${sentence(error)}`, detail: error.trim() }]
      : [{ sample, cause: `accepted in spite of ${refusal.code}`, detail: refusal.message.en }];
  });
}

/**
 * Compares whether the rules alone, without a browser's habits, find an error with what the browsers of these keys do;
 * offers about which the browsers differ are left out.
 */
export function compareRules(samples: readonly Sample[], keys: readonly string[]): Agreement {
  return count(samples, (sample) => {
    const verdicts = keys.map((key) => sample[key] as Verdict);
    const [first] = verdicts;
    if (!first || verdicts.some(({ accepted }) => accepted !== first.accepted)) return undefined;
    const error = lint(sample.sdp, { type: "offer" }).find(({ severity }) => severity === "error");
    if (first.accepted === (error === undefined)) return [];
    return error === undefined
      ? [{ sample, cause: `refused by all: ${sentence(first.error ?? "")}`, detail: "no error" }]
      : [{ sample, cause: `accepted in spite of ${error.code}`, detail: error.message.en }];
  });
}

/** Of the offers that both refuse and whose place the browser tells, compares that place with the one of `lint`. */
export function comparePlaces(
  samples: readonly Sample[],
  browser: "chromium" | "firefox",
  key: string,
): Agreement {
  return count(samples, (sample) => {
    const { error } = sample[key] as Verdict;
    const refusal = error === undefined ? undefined : refusalOf(sample, browser);
    if (error === undefined || refusal === undefined) return undefined;
    const number = refusal.position?.line;
    const line = number === undefined ? undefined : sample.sdp.split(/\r\n|\n|\r/)[number - 1];
    // Firefox tells warnings before the error that it stops at.
    const told = [...error.matchAll(/on line (\d+):(?!\s+Warning)/g)].at(-1)?.[1];
    const quotes = error.split("Failed to parse SessionDescription. ")[1]?.trim();
    if (told === undefined && (quotes === undefined || !/^[a-z]=/.test(quotes))) return undefined;
    const same =
      told === undefined
        ? line !== undefined && quotes?.startsWith(line.trim())
        : Number(told) === number;
    return same
      ? []
      : [
          {
            sample,
            cause: refusal.code,
            detail: `line ${number} (${line}), browser: ${error.trim()}`,
          },
        ];
  });
}

function refusalOf({ sdp }: Sample, browser: "chromium" | "firefox"): Diagnostic | undefined {
  return lint(sdp, { type: "offer", browser }).find(({ severity }) => severity === "error");
}

/** A browser's words without the values in them, so that like refusals are counted together. */
function sentence(error: string): string {
  return error
    .replace(
      /^.*?(?:Failed to set remote offer sdp: |SDP Parse Error on line \d+: |Failed to parse SessionDescription\. )/s,
      "",
    )
    .replace(/^[a-z]=\S* ?.*? (?=[A-Z])/, "")
    .replace(/'[^']*'|\d+/g, "…")
    .trim()
    .slice(0, 120);
}

function count(
  samples: readonly Sample[],
  judge: (sample: Sample) => readonly Disagreement[] | undefined,
): Agreement {
  const judged = samples.flatMap((sample) => {
    try {
      const found = judge(sample);
      return found === undefined ? [] : [found];
    } catch (error) {
      // Nothing may throw on content: what does is shown with the rest.
      return [
        [
          {
            sample,
            cause: `thrown: ${error}`,
            detail: (error as Error).stack?.split("\n")[1] ?? "",
          },
        ],
      ];
    }
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
        lines.push(
          `      ${sample.base} [${sample.changes.join(" | ").slice(0, 160)}] ${detail.replace(/\s+/g, " ")}`,
        );
      }
    }
  };
  by("cause", ({ cause }) => [cause]);
  by("damage", ({ sample }) => sample.changes.map((change) => change.split(":")[0] ?? change));
  return lines.join("\n");
}
