import type { Diagnostic } from "../diagnostic.ts";
import type { JsonReading } from "./read-json.ts";

/** What is wrong with a JSON text, as one warning: where it is broken first, and how often. A text that is only cut off has none. */
export function jsonDiagnostics({ faults }: JsonReading): readonly Diagnostic[] {
  const [first] = faults;
  if (first === undefined) return [];
  const places = faults.length;
  return [
    {
      code: "import/damaged",
      severity: "warning",
      message: {
        en: `The JSON is damaged in ${places === 1 ? "one place" : `${places} places`}; what could not be read was left out.`,
        ko: `JSON이 ${places}곳에서 손상되었습니다. 읽을 수 없는 부분은 제외했습니다.`,
      },
      span: { start: first, end: first + 1 },
    },
  ];
}
