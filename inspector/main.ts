import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { Session } from "./session.svelte.ts";

void start(window.localStorage);

async function start(storage: Storage): Promise<void> {
  const session = new Session();
  await session.restore(storage, navigator.language);
  const target = document.getElementById("app");
  if (target) mount(App, { target, props: { session, storage } });
  session.connect(document.baseURI);
}
