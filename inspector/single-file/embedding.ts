import type { Session, Theme } from "../session.svelte.ts";
import { themes } from "../session.svelte.ts";

/**
 * The page inside of another one's frame. `sdpscope/inspector` speaks this with it, through a port that the first
 * `{ sdpscope: "connect" }` of the surrounding page brings:
 *
 *     in   { type: "open", id, file }   a trace, or any file that can be imported; answered under the same id
 *     in   { type: "set", lang?, theme? }
 *     out  { type: "ready" }, { type: "opened", id } or { type: "refused", id, reason }
 *
 * Nothing that the page shows leaves it. It listens only where it is empty and framed: a page that carries a session keeps it.
 */
export function listenToFrame(session: Session): void {
  if (window.parent === window) return;
  const connect = ({ source, data, ports }: MessageEvent): void => {
    const [port] = ports;
    if (source !== window.parent || !isConnect(data) || !port) return;
    window.removeEventListener("message", connect);
    let last = Promise.resolve();
    // One after the other: what an order came to is told from what the page says then.
    port.onmessage = (event: MessageEvent) => {
      last = last.then(() => obey(session, port, event.data));
    };
    port.postMessage({ type: "ready" });
  };
  window.addEventListener("message", connect);
  // Whoever is asked to connect can tell this page by its window; the word itself is no secret.
  window.parent.postMessage({ sdpscope: "loaded" }, "*");
}

async function obey(session: Session, port: MessagePort, order: unknown): Promise<void> {
  if (!isRecord(order)) return;
  if (order["type"] === "set") {
    const { lang, theme } = order;
    if (isTheme(theme)) session.theme = theme;
    if (lang === "en" || lang === "ko") await session.setLanguage(lang);
    return;
  }
  const { id, file } = order;
  if (order["type"] !== "open" || typeof id !== "number" || !(file instanceof File)) return;
  await session.openFiles([file]);
  const { fault } = session;
  if (fault?.severity === "error") {
    const reason = session.say(fault.what.word, fault.what.values);
    port.postMessage({ type: "refused", id, reason });
  } else port.postMessage({ type: "opened", id });
}

function isConnect(data: unknown): boolean {
  return isRecord(data) && data["sdpscope"] === "connect";
}

function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
