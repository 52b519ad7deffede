import type { TimedEvent } from "../assemble.ts";
import { assembleTrace } from "../assemble.ts";
import { descriptionType } from "../description-type.ts";
import type { DumpedPage } from "../ends.ts";
import { sortEnds } from "../ends.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { findSdp } from "../sdp-blocks.ts";
import type { TraceLimit } from "../trace-limit.ts";

/**
 * The page that Firefox saves of `about:webrtc`. Its words are in the user's language; the headings are told by their
 * `data-l10n-id`, which stays the same in every language.
 */
export const firefoxPage: Importer = defineImporter({
  id: "firefox-page",
  name: { en: "Firefox about:webrtc page", ko: "Firefox about:webrtc 페이지" },
  recognise({ head, text }) {
    const isHtml = /^<(?:!doctype html|html)/i.test(head);
    const fits = isHtml && /about-?webrtc/i.test(text.slice(0, 1_000_000));
    return {
      fits,
      likeness: fits ? 0.9 : isHtml ? 0.2 : 0,
      reason: fits
        ? { en: "It is a saved page of about:webrtc.", ko: "about:webrtc를 저장한 페이지입니다." }
        : {
            en: "It is no saved page of about:webrtc.",
            ko: "about:webrtc를 저장한 페이지가 아닙니다.",
          },
    };
  },
  read(source) {
    const plain = textOfHtml(source.text);
    const pages = new Map<string, DumpedPage>();
    const events: TimedEvent[] = [];
    let order = 0;
    for (const [index, part] of plain.split(CONNECTION).entries()) {
      const { pc, page, address } = readName(part, index);
      const blocks = findSdp(part).map((block) => ({
        ...block,
        heading: lastHeading(part, block.start),
      }));
      // The history has each description with its time; before it the last ones are shown again.
      const history = blocks.filter(({ heading }) => heading.at !== undefined);
      for (const { sdp, heading } of history.length > 0 ? history : blocks) {
        if (!pages.has(page))
          pages.set(page, { id: page, name: page, engine: "Firefox", ...address });
        order++;
        const type = heading.type ?? descriptionType(sdp).type;
        const method = heading.side === "remote" ? "setRemoteDescription" : "setLocalDescription";
        // A page has no carriage returns; the descriptions had.
        const description = { type, sdp: sdp.replace(/\r?\n/g, "\r\n") };
        events.push({
          at: heading.at ?? order,
          event: { peer: page, pc, kind: "call", call: order, method, arguments: [description] },
        });
      }
    }
    const isTimed = events.length > 0 && events.every(({ at }) => at > 1e12);
    const hasSides = plain.includes(LOCAL) || plain.includes(REMOTE);
    const limits: TraceLimit[] = [
      ...(isTimed ? [] : (["no-clock"] as const)),
      ...(hasSides ? [] : (["unknown-sides"] as const)),
      "no-results",
      "refused-among-applied",
      "inferred-types",
      "no-states",
      "no-candidates",
      "no-stats",
      "no-signaling",
    ];
    const traces = sortEnds([...pages.values()], events).map((session, index) =>
      assembleTrace({
        format: "firefox-page",
        source,
        clock: isTimed ? "wall" : "none",
        agent: "Firefox",
        limits,
        ...session,
        number: index + 1,
      }),
    );
    return { traces, diagnostics: traces.length === 0 ? [noDescriptions] : [] };
  },
});

const noDescriptions = {
  code: "import/no-descriptions-found",
  severity: "warning",
  message: {
    en: 'The page holds no description. "Copy report" on about:webrtc gives more than the saved page.',
    ko: '페이지에 description이 없습니다. about:webrtc의 "보고서 복사"가 저장한 페이지보다 더 많은 것을 담습니다.',
  },
} as const;

/** Marks that stand for headings in the page's plain text; no page has these characters. */
const CONNECTION = "\u{e000}connection";
const LOCAL = "\u{e000}local";
const REMOTE = "\u{e000}remote";
const AT = "\u{e000}at";

/** What stands behind a mark of a connection: its name, its window, and the page's address. */
function readName(
  part: string,
  index: number,
): { readonly pc: string; readonly page: string; readonly address?: { readonly address: string } } {
  const [pc = "", id = "", url = ""] = part.slice(0, part.indexOf("\n")).trim().split(" ");
  if (pc === "" || index === 0) return { pc: `${Math.max(1, index)}`, page: "firefox" };
  return { pc, page: `window ${id}`, ...(url !== "" && { address: { address: url } }) };
}

interface Heading {
  readonly side?: "local" | "remote";
  readonly type?: "offer" | "answer";
  /** Milliseconds since 1970, in the history. */
  readonly at?: number;
}

function lastHeading(text: string, end: number): Heading {
  const local = text.lastIndexOf(LOCAL, end);
  const remote = text.lastIndexOf(REMOTE, end);
  if (local === -1 && remote === -1) return {};
  const heading = Math.max(local, remote);
  const type = /^.(?:local|remote) (offer|answer)/u.exec(text.slice(heading, heading + 20))?.[1];
  // A column has one heading, and a time before each of its descriptions.
  const mark = text.lastIndexOf(AT, end);
  const between = mark > heading ? text.slice(mark + AT.length, end) : "";
  const isTimed = between.length < TIME_SIZE && !between.includes("\nm=");
  const at = isTimed ? Number.parseInt(between, 10) : 0;
  return {
    side: local > remote ? "local" : "remote",
    ...((type === "offer" || type === "answer") && { type }),
    ...(at > 0 && { at }),
  };
}

/** Between the mark of a time and its description stand the time in words and the parser's complaints, but no other description. */
const TIME_SIZE = 4000;

/** A page's text: each tag begins a new line, and the headings that matter become marks. */
function textOfHtml(html: string): string {
  const parts: string[] = [];
  let at = 0;
  let name = "";
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) break;
    parts.push(html.slice(at, open));
    const close = html.indexOf(">", open);
    if (close === -1) return unescapeHtml(parts.join(""));
    const tag = html.slice(open, Math.min(close, open + 2000));
    const named = /\{([0-9a-f]{8})-[^}"]*\} \d+ \(id=(\d+)(?: url=([^)\s"]*))?/.exec(tag);
    if (named && named[1] !== name) {
      name = named[1] ?? "";
      parts.push(`\n${CONNECTION} ${name} ${named[2]} ${named[3] ?? ""}\n`);
    }
    const id = /data-l10n-id="about-webrtc-([\w-]+)"/.exec(tag)?.[1];
    if (id?.startsWith("local-sdp-heading")) parts.push(`\n${LOCAL}${typeOf(id)}\n`);
    else if (id?.startsWith("remote-sdp-heading")) parts.push(`\n${REMOTE}${typeOf(id)}\n`);
    else if (id === "sdp-set-timestamp") {
      parts.push(`\n${AT}${/timestamp(?:&quot;|"):(\d+)/.exec(tag)?.[1] ?? ""}\n`);
    } else if (!/^<\/?(?:span|a|b|i|em|strong|code)\b/i.test(tag)) parts.push("\n");
    at = close + 1;
  }
  parts.push(html.slice(at));
  return unescapeHtml(parts.join("")).replace(/\n{2,}/g, "\n");
}

function typeOf(id: string): string {
  return id.endsWith("-offer") ? " offer" : id.endsWith("-answer") ? " answer" : "";
}

function unescapeHtml(text: string): string {
  return text.replace(
    /&(lt|gt|quot|amp|nbsp|#39);/g,
    (_whole, name: string) => entities[name] ?? "",
  );
}

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  amp: "&",
  nbsp: " ",
  "#39": "'",
};
