import type { Severity } from "../../lib/diagnostic.ts";
import { rfcLabel } from "../../lib/rfc.ts";
import type { Rule, RuleSubject } from "../../lib/rules/rule.ts";

/** The table of rules in docs/rules.md, made from the catalog. */
export function rulesDocument(rules: readonly Rule[]): string {
  const families = (Object.keys(headings) as RuleSubject[]).map((subject) => {
    const own = rules.filter((rule) => rule.subject === subject);
    const rows = own.map(
      ({ code, severity, rfc, summary }) =>
        `| \`${code}\` | ${marks[severity]} | ${link(rfc)} | ${escaped(summary.en)} |`,
    );
    return `## ${headings[subject]}\n\n| rule | weight | source | what it demands |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `# Rules\n\n${introduction}\n\n${byDocument(rules)}\n\n${families.join("\n")}`;
}

const headings: Readonly<Record<RuleSubject, string>> = {
  description: "One description: `lint(sdp)`",
  answer: "An answer and its offer: `checkAnswer(offer, answer)`",
  reoffer: "What one side sends later: `checkReoffer(previous, next)`",
  candidate: "Candidates and fragments: `lint(sdp)`",
  session: "A recorded session: `diagnoseSession(trace)`",
};

const marks: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "info",
};

const introduction = [
  "Every rule looks at one requirement of a specification and tells where it is broken, with the line, the section and, where it is certain, a fix.",
  "The text itself (line ends, order, grammar of each value) is judged before, by `parse(text).diagnostics`, which `lint` includes.",
  'With `lint(sdp, { browser: "chromium" | "firefox" })` one more finding is an `error` exactly when that browser\'s `setRemoteDescription` refuses; all others are warnings at most.',
  "This page is made from the catalog; `npx vitest run test/rules/rules-document.test.ts -u` writes it.",
].join("\n");

function byDocument(rules: readonly Rule[]): string {
  const counts = new Map<string, number>();
  for (const { rfc } of rules) counts.set(rfc.document, (counts.get(rfc.document) ?? 0) + 1);
  const rows = [...counts].sort(
    (a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en", { numeric: true }),
  );
  return `${rules.length} rules: ${rows.map(([name, count]) => `${name} ${count}`).join(", ")}.`;
}

function link(reference: Rule["rfc"]): string {
  const level = reference.level === undefined ? "" : ` ${reference.level}`;
  return `[${rfcLabel(reference)}](${reference.url})${level}`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
