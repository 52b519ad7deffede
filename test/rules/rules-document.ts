import type { Severity } from "../../lib/diagnostic.ts";
import { rfcLabel } from "../../lib/rfc.ts";
import type { Rule, RuleSubject } from "../../lib/rules/rule.ts";
import type { Language, Message } from "../../lib/text.ts";

/** The table of rules in docs/rules.md or docs/ko/rules.md, made from the catalog. */
export function rulesDocument(rules: readonly Rule[], language: Language): string {
  const families = (Object.keys(headings) as RuleSubject[]).map((subject) => {
    const own = rules.filter((rule) => rule.subject === subject);
    const rows = own.map(
      ({ code, severity, rfc, summary }) =>
        `| \`${code}\` | ${marks[severity][language]} | ${link(rfc)} | ${escaped(summary[language])} |`,
    );
    return `## ${headings[subject][language]}\n\n${columns[language]}\n|---|---|---|---|\n${rows.join("\n")}\n`;
  });
  return `${title[language]}\n\n${introduction[language].join("\n")}\n\n${byDocument(rules, language)}\n\n${families.join("\n")}`;
}

const title: Message = {
  en: "# Rules\n\n[한국어](ko/rules.md)",
  ko: "# 규칙\n\n[English](../rules.md)",
};

const columns: Message = {
  en: "| rule | weight | source | what it demands |",
  ko: "| 규칙 | 무게 | 출처 | 요구하는 것 |",
};

const headings: Readonly<Record<RuleSubject, Message>> = {
  description: {
    en: "One description: `lint(sdp)`",
    ko: "description 하나: `lint(sdp)`",
  },
  answer: {
    en: "An answer and its offer: `checkAnswer(offer, answer)`",
    ko: "answer와 그 offer: `checkAnswer(offer, answer)`",
  },
  reoffer: {
    en: "What one side sends later: `checkReoffer(previous, next)`",
    ko: "한쪽이 나중에 보내는 description: `checkReoffer(previous, next)`",
  },
  candidate: {
    en: "Candidates and fragments: `lint(sdp)`",
    ko: "candidate와 fragment: `lint(sdp)`",
  },
  session: {
    en: "A recorded session: `diagnoseSession(trace)`",
    ko: "기록된 세션: `diagnoseSession(trace)`",
  },
};

const marks: Readonly<Record<Severity, Message>> = {
  error: { en: "error", ko: "오류" },
  warning: { en: "warning", ko: "경고" },
  info: { en: "info", ko: "정보" },
};

const introduction: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "Every rule looks at one requirement of a specification and tells where it is broken, with the line, the section and, where it is certain, a fix.",
    "The text itself (line ends, order, grammar of each value) is judged before, by `parse(text).diagnostics`, which `lint` includes.",
    'With `lint(sdp, { browser: "chromium" | "firefox" })` one more finding is an `error` exactly when that browser\'s `setRemoteDescription` refuses; all others are warnings at most.',
    "This page is made from the catalog; `npx vitest run test/rules/rules-document.test.ts -u` writes it.",
  ],
  ko: [
    "규칙마다 명세의 요구 사항 하나를 살펴보고, 지키지 않은 곳을 줄과 섹션으로 알려 줍니다. 고치는 방법이 확실하면 그것도 제시합니다.",
    "텍스트 자체(줄 끝, 순서, 값의 문법)는 그 전에 `parse(text).diagnostics`가 판단하며, `lint`의 결과에 포함됩니다.",
    '`lint(sdp, { browser: "chromium" | "firefox" })`에서는 그 브라우저의 `setRemoteDescription`이 거부할 때에만 `error`가 하나 나오고, 나머지는 모두 경고 이하입니다.',
    "이 문서는 규칙 목록에서 만들어집니다. `npx vitest run test/rules/rules-document.test.ts -u`로 다시 씁니다.",
  ],
};

function byDocument(rules: readonly Rule[], language: Language): string {
  const counts = new Map<string, number>();
  for (const { rfc } of rules) counts.set(rfc.document, (counts.get(rfc.document) ?? 0) + 1);
  const rows = [...counts].sort(
    (a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en", { numeric: true }),
  );
  const list = rows.map(([name, count]) => `${name} ${count}`).join(", ");
  return { en: `${rules.length} rules: ${list}.`, ko: `규칙 ${rules.length}개: ${list}.` }[
    language
  ];
}

function link(reference: Rule["rfc"]): string {
  const level = reference.level === undefined ? "" : ` ${reference.level}`;
  return `[${rfcLabel(reference)}](${reference.url})${level}`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
