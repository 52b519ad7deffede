import { mount } from "svelte";
import App from "../App.svelte";
import "../app.css";
import { Session } from "../session.svelte.ts";
import { localPort } from "../source/local-port.ts";

void start();

/** The page with a trace inside: it has no server and no worker, and opens what it carries. */
async function start(): Promise<void> {
  const session = new Session(localPort());
  await session.restore(storage(), navigator.language);
  const target = document.getElementById("app");
  if (target) mount(App, { target, props: { session } });
  const packed = document.getElementById("trace")?.textContent ?? "";
  if (packed === "") return;
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
