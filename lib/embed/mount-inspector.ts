import { writeTrace } from "../trace/file.ts";
import type { Trace } from "../trace/trace.ts";
import { builtPage } from "./inspector-page.ts";

/** What an embedded inspector is made with. */
export interface InspectorOptions {
  /** What to show first. Without it the inspector waits for `open`, or for a file that somebody drops on it. */
  readonly trace?: Recording;
  /** The language of its words; the browser's unless told otherwise. */
  readonly language?: "en" | "ko";
  /** `auto`, as the system has it, unless told otherwise. */
  readonly theme?: "auto" | "light" | "dark";
  /** What a screen reader calls the frame. */
  readonly title?: string;
  /**
   * The address of a file that `inspectorPage()` gave, for a page whose own Content-Security-Policy lets no inline script run.
   * Without it the inspector comes with this module, and nothing is loaded.
   */
  readonly page?: string | URL;
}

/** A trace, or a file or its text in any format that can be imported. */
export type Recording = Trace | string | Blob;

/** An inspector in a page. */
export interface EmbeddedInspector {
  /** The frame that it lives in. */
  readonly frame: HTMLIFrameElement;
  /** Resolves when it is there and shows what it was made with. Rejects with an `EmbedError`; so does `open` then. */
  readonly ready: Promise<void>;
  /** Shows another recording. Rejects with an `EmbedError` for what holds no session, and when the inspector is gone. */
  open(recording: Recording): Promise<void>;
  /** Changes the language or the theme. */
  set(settings: Pick<InspectorOptions, "language" | "theme">): void;
  /** Takes the inspector out of the page, with its worker and its listeners. */
  destroy(): void;
}

/** Why an embedded inspector does not show what it was given. */
export class EmbedError extends Error {
  override readonly name = "EmbedError";
  readonly code: "refused" | "blocked" | "destroyed";

  constructor(code: EmbedError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Puts an inspector into an element of any page, as large as the element: give that a height.
 *
 *     const inspector = mountInspector(document.querySelector("#call"), { trace, theme: "dark" });
 *
 * It lives in a sandboxed frame of an origin of its own: styles, keys and names of the page do not touch it, nothing that a
 * recording says can touch the page, and it may connect to nothing. What it is given stays in the browser.
 * Throws `TypeError` when `element` is none.
 */
export function mountInspector(
  element: Element,
  options: InspectorOptions = {},
): EmbeddedInspector {
  // An element of another frame's document is of another class.
  if (element?.nodeType !== 1) {
    throw new TypeError(`mountInspector takes an element; got ${String(element)}.`);
  }
  const inspector = new Frame(element, options);
  // Who does not wait for it sees the fault in the inspector itself.
  inspector.ready.catch(() => undefined);
  return inspector;
}

/** Own styles stand above whatever the page says of frames. */
const style = [
  "all: initial",
  "display: block",
  "box-sizing: border-box",
  "width: 100%",
  "height: 100%",
  "border: 0",
]
  .map((rule) => `${rule} !important`)
  .join("; ");

/** Without `allow-same-origin`: the frame's origin is its own, and no other. */
const sandbox =
  "allow-scripts allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox";

/** A frame that has loaded says so at once; one whose scripts may not run never does. Milliseconds. */
const PATIENCE = 10_000;

interface Waiting {
  /** What is to be shown; the frame itself has nothing. */
  readonly file?: File;
  readonly resolve: () => void;
  readonly reject: (error: EmbedError) => void;
}

class Frame implements EmbeddedInspector {
  readonly frame: HTMLIFrameElement;
  readonly ready: Promise<void>;
  readonly #window: Window;
  readonly #waiting = new Map<number, Waiting>();
  #settings: Pick<InspectorOptions, "language" | "theme">;
  /** What is shown, to be shown again when the frame was moved in its page and loads anew. */
  #shown: File | undefined;
  #asked = 0;
  #port: MessagePort | undefined;
  #failure: EmbedError | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(element: Element, { trace, language, theme, title, page }: InspectorOptions) {
    const { ownerDocument } = element;
    this.#window = ownerDocument.defaultView ?? window;
    this.#settings = { ...(language && { language }), ...(theme && { theme }) };
    const frame = ownerDocument.createElement("iframe");
    this.frame = frame;
    frame.setAttribute("sandbox", sandbox);
    frame.setAttribute("allow", "clipboard-write *");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.style.cssText = style;
    frame.title = title ?? (language === "ko" ? "WebRTC 인스펙터" : "WebRTC inspector");
    frame.addEventListener("load", () => this.#expect());
    this.#window.addEventListener("message", this.#hear);
    const up = new Promise<void>((resolve, reject) => this.#waiting.set(0, { resolve, reject }));
    this.ready =
      trace === undefined ? up : Promise.all([up, this.open(trace)]).then(() => undefined);
    void this.#load(element, page);
  }

  open(recording: Recording): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#asked;
    const file = fileOf(recording);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { file, resolve, reject });
      this.#port?.postMessage({ type: "open", id, file });
    });
  }

  set(settings: Pick<InspectorOptions, "language" | "theme">): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#sendSettings();
  }

  destroy(): void {
    this.#fail(new EmbedError("destroyed", "The inspector was taken out of the page."));
    this.#port?.close();
    this.#port = undefined;
    this.#shown = undefined;
    this.#window.removeEventListener("message", this.#hear);
    this.frame.remove();
  }

  async #load(element: Element, page: string | URL | undefined): Promise<void> {
    try {
      if (page !== undefined) this.frame.src = String(page);
      else this.frame.srcdoc = await builtPage("", this.#settings);
    } catch (error) {
      this.#fail(new EmbedError("blocked", `The inspector could not be loaded: ${String(error)}`));
    }
    if (!this.#failure) element.append(this.frame);
  }

  #expect(): void {
    clearTimeout(this.#patience);
    if (this.#port) return;
    this.#patience = setTimeout(() => {
      const reason =
        "The frame loaded, and the inspector in it did not start: a Content-Security-Policy of this page forbids its script, or the file is not one that inspectorPage() gave. See the option page.";
      this.#fail(new EmbedError("blocked", reason));
    }, PATIENCE);
  }

  readonly #hear = ({ source, data }: MessageEvent): void => {
    if (source === null || source !== this.frame.contentWindow) return;
    if (!isRecord(data) || data["sdpscope"] !== "loaded") return;
    clearTimeout(this.#patience);
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data: answer }: MessageEvent) => this.#take(answer);
    // A sandboxed frame has no origin to name; that it is the frame made here was looked at.
    this.frame.contentWindow?.postMessage({ sdpscope: "connect" }, "*", [port2]);
    this.#sendSettings();
    if (this.#failure?.code === "blocked") this.#failure = undefined;
    const orders = [...this.#waiting].filter(([, { file }]) => file !== undefined);
    for (const [id, { file }] of orders) port1.postMessage({ type: "open", id, file });
    // It was moved in its page and loaded anew.
    if (orders.length === 0 && this.#shown) {
      port1.postMessage({ type: "open", id: ++this.#asked, file: this.#shown });
    }
  };

  #sendSettings(): void {
    const { language, theme } = this.#settings;
    this.#port?.postMessage({ type: "set", lang: language, theme });
  }

  #take(answer: unknown): void {
    if (!isRecord(answer)) return;
    const { type, reason } = answer;
    const id = type === "ready" ? 0 : Number(answer["id"]);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (type === "refused") {
      waiting.reject(new EmbedError("refused", String(reason)));
      return;
    }
    this.#shown = waiting.file ?? this.#shown;
    waiting.resolve();
  }

  #fail(error: EmbedError): void {
    clearTimeout(this.#patience);
    this.#failure = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function fileOf(recording: Recording): File {
  if (recording instanceof File) return recording;
  if (typeof recording === "string" || recording instanceof Blob) {
    return new File([recording], "recording");
  }
  return new File([writeTrace(recording)], `${recording.header.id}.sdpscope.jsonl`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
