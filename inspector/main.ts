import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { Session } from "./session.svelte.ts";
import { isPasteFragment } from "./source/fragment.ts";
import { workerPort } from "./source/port.ts";

void start(window.localStorage);

async function start(storage: Storage): Promise<void> {
  const session = new Session(workerPort());
  await session.restore(storage, navigator.language);
  // A link to pasted texts opens what shows them; the texts are read there.
  session.isPasteOpen = isPasteFragment(window.location.hash);
  const target = document.getElementById("app");
  if (target) mount(App, { target, props: { session } });
  session.connect(document.baseURI);
  session.followLink(window.location.hash);
}
