import type { Attachment } from "svelte/attachments";

/**
 * Shows a dialog above the page and tells once that it was closed, in the moment it is: the browser's own `close` comes
 * a task later, and a key pressed in between would open a dialog that the late event closes again.
 */
export function modal(onclose: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    dialog.showModal();
    const listening = new AbortController();
    const tell = (event: Event): void => {
      if ("newState" in event && event.newState === "open") return;
      listening.abort();
      onclose();
    };
    const { signal } = listening;
    dialog.addEventListener("beforetoggle", tell, { signal });
    // Browsers that tell no toggle of a dialog.
    dialog.addEventListener("close", tell, { signal });
    return () => listening.abort();
  };
}
