import type { Diagnostic } from "../../diagnostic.ts";
import type { SdpDocument } from "../../sdp/document.ts";
import type { Position } from "../../text.ts";
import { chromiumRefusal } from "./chromium.ts";
import { chromiumRefusals } from "./chromium-refusals.ts";
import { firefoxRefusal } from "./firefox.ts";
import { firefoxRefusals } from "./firefox-refusals.ts";
import type { Refusal, RefusalKind } from "./refusal.ts";
import { kindOf } from "./refusal.ts";

/** The browsers whose refusals are known. */
export type Browser = "chromium" | "firefox";

/** How one browser judges. */
export interface Profile {
  readonly browser: Browser;
  /** As people write it. */
  readonly name: string;
  readonly kinds: readonly RefusalKind[];
  /** Why the browser refuses a text; `undefined` when it takes it. */
  readonly refuses: (text: string, type: "offer" | "answer") => Refusal | undefined;
  /** The findings as this browser weighs them, with its refusal as the one error. */
  judge(
    document: SdpDocument,
    found: readonly Diagnostic[],
    type: "offer" | "answer",
    positionAt: (offset: number) => Position,
  ): Diagnostic[];
}

/** The profile of a browser. Throws `RangeError` for any other name. */
export function profileOf(browser: Browser): Profile {
  const profile = profiles.find((each) => each.browser === browser);
  if (profile) return profile;
  const known = profiles.map((each) => `"${each.browser}"`).join(" and ");
  throw new RangeError(
    `There is no profile of the browser "${String(browser)}"; there are ${known}.`,
  );
}

/** Every profile there is. */
export const profiles: readonly Profile[] = [
  createProfile("chromium", "Chromium", chromiumRefusals, chromiumRefusal),
  createProfile("firefox", "Firefox", firefoxRefusals, firefoxRefusal),
];

function createProfile(
  browser: Browser,
  name: string,
  kinds: readonly RefusalKind[],
  refuses: Profile["refuses"],
): Profile {
  return {
    browser,
    name,
    kinds,
    refuses,
    judge(document, found, type, positionAt) {
      const tolerated = found.map((diagnostic) =>
        diagnostic.severity === "error"
          ? { ...diagnostic, severity: "warning" as const }
          : diagnostic,
      );
      const refusal = refuses(document.toString(), type);
      if (!refusal) return tolerated;
      return [refusalDiagnostic(name, kinds, refusal, found, positionAt), ...tolerated];
    },
  };
}

/** A refusal as a finding: the browser's sentence, what it means, and the fix of the rule that says the same. */
export function refusalDiagnostic(
  name: string,
  kinds: readonly RefusalKind[],
  { reason, span }: Refusal,
  found: readonly Diagnostic[],
  positionAt: (offset: number) => Position,
): Diagnostic {
  const kind = kindOf(reason, kinds) as RefusalKind;
  const sentence = reason.trim();
  const said = sentence === "" ? { en: "without a word", ko: "아무 설명 없이" } : undefined;
  const twin = twinOf(kind, span?.start, found);
  const place = span ?? twin?.span;
  return {
    code: kind.code,
    severity: "error",
    message: {
      en: `${name} refuses this ${said?.en ?? `(“${sentence}”)`}. ${kind.meaning.en}`,
      ko: `${name}은(는) 이를 ${said?.ko ?? ""}${said ? " " : ""}거부합니다${said ? "" : `(“${sentence}”)`}. ${kind.meaning.ko}`,
    },
    ...(place && { span: place, position: positionAt(place.start) }),
    rfc: twin?.rfc ?? kind.rfc,
    ...(twin?.related && { related: twin.related }),
    ...(twin?.fix && { fix: twin.fix }),
  };
}

/** The finding of the rule that demands the same, best at the same line. */
function twinOf(
  kind: RefusalKind,
  start: number | undefined,
  found: readonly Diagnostic[],
): Diagnostic | undefined {
  const twins = found.filter(({ code }) => code === kind.rule);
  const near = twins.find(
    ({ span }) =>
      span !== undefined && start !== undefined && span.start >= start && span.start < start + 1000,
  );
  return near ?? twins[0];
}
