/**
 * What `GET /record.js` runs in a page. The server puts the address of its intake before it; the script's
 * `data-peer` names the peer:
 *
 *     <script crossorigin src="http://127.0.0.1:7377/record.js" data-peer="alice"></script>
 */

import { writeTrace } from "../trace/file.ts";
import type { RecordableWindow } from "./record-all.ts";
import { recordAll } from "./record-all.ts";

const page = globalThis as typeof globalThis & RecordableWindow & { sdpscopeIntake?: string };
const url = page.sdpscopeIntake;
if (url !== undefined) {
  delete page.sdpscopeIntake;
  const peer = page.document.currentScript?.dataset["peer"];
  const recording = recordAll(page, { url, ...(peer && { peer }) });
  const download = (): void => {
    const file = new Blob([writeTrace(recording.recorder.trace)]);
    const link = page.document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${recording.recorder.header.id}.sdpscope.jsonl`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  Object.defineProperty(page, "sdpscopeDownload", { value: download, configurable: true });
  const watch = setInterval(() => {
    if (!recording.isAlone) return;
    clearInterval(watch);
    const { refusal } = recording;
    const reason =
      refusal === undefined
        ? "this page may not reach the inspector."
        : `the inspector refused this page's trace: ${refusal}`;
    console.warn(`sdpscope: ${reason} The trace is kept: sdpscopeDownload() saves it.`);
  }, 1000);
  // A page kept for going back to is not gone; one that is not says so while it still can.
  page.addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) recording.stop();
  });
}
