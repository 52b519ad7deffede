import { mount } from "svelte";
import App from "../App.svelte";
import "../app.css";
import { Session } from "../session.svelte.ts";
import { runEngine } from "../source/run-engine.ts";
import { listenToFrame } from "./embedding.ts";
import { ownWorkerPort } from "./own-worker.ts";

// The same script is the page and, started by it once more, its worker.
if (typeof document === "undefined") runEngine();
else void start(document.currentScript?.textContent ?? "");

/** The page with a trace inside: it has no server, and opens what it carries, or what the page around it hands over. */
async function start(code: string): Promise<void> {
  const session = new Session(ownWorkerPort(code));
  const { lang, theme } = document.documentElement.dataset;
  if (theme === "light" || theme === "dark") session.theme = theme;
  await session.restore(storage(), lang ?? navigator.language);
  const target = document.getElementById("app");
  if (target) mount(App, { target, props: { session } });
  const packed = document.getElementById("trace")?.textContent ?? "";
  if (packed === "") return listenToFrame(session);
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  await session.openFiles([new File([bytes], "session.sdpscope.jsonl.gz")]);
  session.followLink(window.location.hash);
}

/** A page from disk may be refused its storage; what was chosen is then forgotten with it. */
function storage(): Pick<Storage, "getItem" | "setItem"> {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}
