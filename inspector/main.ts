import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { Session } from "./session.svelte.ts";

const session = new Session();
session.lang = navigator.language.startsWith("ko") ? "ko" : "en";
const target = document.getElementById("app");
if (target) mount(App, { target, props: { session, storage: window.localStorage } });
void session.connect(document.baseURI, window.localStorage);
