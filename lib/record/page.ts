/**
 * What `GET /record.js` runs in a page. The server puts the address of its intake before it; the script's
 * `data-peer` names the peer:
 *
 *     <script src="http://127.0.0.1:7377/record.js" data-peer="alice"></script>
 */
import type { RecordableWindow } from "./record-all.ts";
import { recordAll } from "./record-all.ts";

const page = globalThis as typeof globalThis & RecordableWindow & { sdpscopeIntake?: string };
const url = page.sdpscopeIntake;
if (url !== undefined) {
  delete page.sdpscopeIntake;
  const peer = page.document.currentScript?.dataset["peer"];
  const recording = recordAll(page, { url, ...(peer && { peer }) });
  // A page kept for going back to is not gone; one that is not says so while it still can.
  page.addEventListener("pagehide", ({ persisted }) => {
    if (!persisted) recording.stop();
  });
}
