import { rfc } from "../rfc.ts";
import type { TextEdit } from "../text.ts";
import type { LineEnd } from "./document.ts";
import type { FaultList } from "./fault-list.ts";
import { MOST_OF_ONE_CODE } from "./fault-list.ts";
import { sectionsOf } from "./sections.ts";

/** Line ends other than CRLF, each kind told once, and a last line without an end. RFC 8866 §5. */
export function findLineEndFaults(faults: FaultList): void {
  const counts: Record<LineEnd, number> = { "\r\n": 0, "\n": 0, "\r": 0, "": 0 };
  const ends: Record<"\n" | "\r", TextEdit[]> = { "\n": [], "\r": [] };
  let at = 0;
  for (const section of sectionsOf(faults.document)) {
    for (const { source, eol } of section.lines) {
      counts[eol]++;
      const start = at + source.length;
      at = start + eol.length;
      if (eol === "\n" || eol === "\r") ends[eol].push({ span: { start, end: at }, text: "\r\n" });
    }
  }
  reportLf(faults, ends["\n"], counts);
  reportCr(faults, ends["\r"]);
  if (counts[""] > 0) reportMissing(faults, at, counts);
}

function reportLf(faults: FaultList, edits: TextEdit[], counts: Record<LineEnd, number>): void {
  const [first] = edits;
  if (!first) return;
  const isMixed = counts["\r\n"] > 0;
  faults.add({
    code: "sdp/line-end-lf",
    severity: isMixed ? "warning" : "info",
    message: {
      en: `${edits.length} line${edits.length === 1 ? " ends" : "s end"} with LF${isMixed ? ", others with CRLF" : ""}. SDP ends its lines with CRLF; readers should accept a single LF, but not all do.`,
      ko: `${edits.length}개 줄이 LF로 끝납니다${isMixed ? "(나머지는 CRLF)" : ""}. SDP의 줄은 CRLF로 끝나야 합니다. 받는 쪽은 LF 하나도 허용해야 하지만 모두 그렇지는 않습니다.`,
    },
    span: first.span,
    rfc: rfc(8866, "5"),
    fix: { title: { en: "End every line with CRLF", ko: "모든 줄을 CRLF로 끝내기" }, edits },
  });
}

function reportCr(faults: FaultList, edits: TextEdit[]): void {
  for (const edit of edits.slice(0, MOST_OF_ONE_CODE)) {
    faults.add({
      code: "sdp/line-end-cr",
      severity: "error",
      message: {
        en: "A lone CR stands here. It is no line end of SDP: readers take what follows for the same line.",
        ko: "CR만 단독으로 있습니다. SDP의 줄 끝이 아니므로 받는 쪽은 뒤의 내용을 같은 줄로 읽습니다.",
      },
      span: edit.span,
      rfc: rfc(8866, "5"),
      fix: { title: { en: "Make it CRLF", ko: "CRLF로 바꾸기" }, edits: [edit] },
    });
  }
}

function reportMissing(faults: FaultList, end: number, counts: Record<LineEnd, number>): void {
  const text = counts["\n"] > counts["\r\n"] ? "\n" : "\r\n";
  faults.add({
    code: "sdp/last-line-end-missing",
    severity: "warning",
    message: {
      en: "The last line has no line end. Some browsers and servers drop the line or refuse the description.",
      ko: "마지막 줄에 줄 끝이 없습니다. 일부 브라우저와 서버는 이 줄을 버리거나 description을 거부합니다.",
    },
    span: { start: end, end },
    rfc: rfc(8866, "5"),
    fix: {
      title: { en: "End the last line", ko: "마지막 줄 끝내기" },
      edits: [{ span: { start: end, end }, text }],
    },
  });
}
