import type { TimedEvent } from "../assemble.ts";
import { assembleTrace } from "../assemble.ts";
import { descriptionType } from "../description-type.ts";
import { sortEnds } from "../ends.ts";
import type { Importer } from "../importer.ts";
import { defineImporter } from "../importer.ts";
import { findSdp } from "../sdp-blocks.ts";

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
    const connections = plain.split(CONNECTION);
    let calls = 0;
    const events = connections.flatMap((part, index): TimedEvent[] => {
      const seen = new Set<string>();
      return findSdp(part).flatMap(({ sdp, start }): TimedEvent[] => {
        const heading = lastHeading(part, start);
        // The page shows a description in the section and again in the history.
        const key = `${heading.side} ${sdp}`;
        if (seen.has(key)) return [];
        seen.add(key);
        const type = heading.type ?? descriptionType(sdp).type;
        const method = heading.side === "remote" ? "setRemoteDescription" : "setLocalDescription";
        calls++;
        return [
          {
            at: calls,
            event: {
              peer: "firefox",
              pc: `${Math.max(1, index)}`,
              kind: "call",
              call: calls,
              method,
              arguments: [{ type, sdp }],
            },
          },
        ];
      });
    });
    const hasSides = plain.includes(LOCAL) || plain.includes(REMOTE);
    const traces = sortEnds([{ id: "firefox", name: "Firefox", engine: "Firefox" }], events).map(
      (session, index) =>
        assembleTrace({
          format: "firefox-page",
          source,
          clock: "none",
          agent: "Firefox",
          limits: [
            "no-clock",
            "no-results",
            "refused-among-applied",
            "inferred-types",
            ...(hasSides ? [] : (["unknown-sides"] as const)),
            "no-states",
            "no-candidates",
            "no-stats",
            "no-signaling",
          ],
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

interface Heading {
  readonly side?: "local" | "remote";
  readonly type?: "offer" | "answer";
}

function lastHeading(text: string, end: number): Heading {
  const local = text.lastIndexOf(LOCAL, end);
  const remote = text.lastIndexOf(REMOTE, end);
  if (local === -1 && remote === -1) return {};
  const at = Math.max(local, remote);
  const type = /^.(?:local|remote) (offer|answer)/u.exec(text.slice(at, at + 20))?.[1];
  return {
    side: local > remote ? "local" : "remote",
    ...((type === "offer" || type === "answer") && { type }),
  };
}

/** A page's text: each tag begins a new line, and the headings that matter become marks. */
function textOfHtml(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) break;
    parts.push(html.slice(at, open));
    const close = html.indexOf(">", open);
    if (close === -1) return unescapeHtml(parts.join(""));
    const tag = html.slice(open, Math.min(close, open + 2000));
    const id = /data-l10n-id="about-webrtc-([\w-]+)"/.exec(tag)?.[1];
    if (
      id === "peerconnection-id-label" ||
      id === "connection-open" ||
      id === "connection-closed"
    ) {
      parts.push(`\n${CONNECTION}\n`);
    } else if (id?.startsWith("local-sdp-heading")) parts.push(`\n${LOCAL}${typeOf(id)}\n`);
    else if (id?.startsWith("remote-sdp-heading")) parts.push(`\n${REMOTE}${typeOf(id)}\n`);
    else if (!/^<\/?(?:span|a|b|i|em|strong|code)\b/i.test(tag)) parts.push("\n");
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
