/** What a key does on the page. */
export type KeyAction =
  | "zoom-in"
  | "zoom-out"
  | "earlier"
  | "later"
  | "fit"
  | "fold"
  | "next"
  | "previous"
  | "next-on-lane"
  | "previous-on-lane"
  | "sender"
  | "receiver"
  | "next-finding"
  | "previous-finding"
  | "drawer"
  | "stats"
  | "states"
  | "time"
  | "pause"
  | "end"
  | "search"
  | "open"
  | "save"
  | "link"
  | "bookmark"
  | "note"
  | "paste"
  | "compare"
  | "palette"
  | "theme"
  | "help"
  | "escape"
  /** A view of the session; on the empty page a sample. */
  | { readonly view: number }
  | { readonly tab: number };

/** An action that has a name: each has a text of its own, `action.` and this. */
export type NamedAction = Exclude<KeyAction, object>;

/** Every named action with its keys as they are printed, in the order that helps to find them. */
export const keyList: readonly {
  readonly action: NamedAction;
  readonly keys: readonly string[];
}[] = [
  { action: "search", keys: ["/"] },
  { action: "palette", keys: ["Ctrl K"] },
  { action: "next", keys: ["J", "↓"] },
  { action: "previous", keys: ["K", "↑"] },
  { action: "next-on-lane", keys: ["."] },
  { action: "previous-on-lane", keys: [","] },
  { action: "sender", keys: ["["] },
  { action: "receiver", keys: ["]"] },
  { action: "next-finding", keys: ["N"] },
  { action: "previous-finding", keys: ["Shift N"] },
  { action: "zoom-in", keys: ["W"] },
  { action: "zoom-out", keys: ["S"] },
  { action: "earlier", keys: ["A"] },
  { action: "later", keys: ["D"] },
  { action: "fit", keys: ["F"] },
  { action: "fold", keys: ["P"] },
  { action: "states", keys: ["R"] },
  { action: "time", keys: ["H"] },
  { action: "drawer", keys: ["Q"] },
  { action: "stats", keys: ["G"] },
  { action: "pause", keys: ["Space"] },
  { action: "end", keys: ["End"] },
  { action: "open", keys: ["O"] },
  { action: "paste", keys: ["V"] },
  { action: "compare", keys: ["C"] },
  { action: "save", keys: ["E"] },
  { action: "link", keys: ["L"] },
  { action: "bookmark", keys: ["B"] },
  { action: "note", keys: ["M"] },
  { action: "theme", keys: ["T"] },
  { action: "escape", keys: ["Esc"] },
  { action: "help", keys: ["?"] },
];

/** What `keyAction` needs of a keyboard event. */
export interface Key {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly target: EventTarget | null;
}

/** Keys by their place on the keyboard (`event.code`): with a Korean input method on, `event.key` is `ㅈ` or `Process`. */
const actions: Readonly<Record<string, KeyAction>> = {
  KeyW: "zoom-in",
  KeyS: "zoom-out",
  KeyA: "earlier",
  KeyD: "later",
  KeyF: "fit",
  KeyP: "fold",
  KeyJ: "next",
  KeyK: "previous",
  ArrowDown: "next",
  ArrowUp: "previous",
  Period: "next-on-lane",
  Comma: "previous-on-lane",
  BracketLeft: "sender",
  BracketRight: "receiver",
  KeyN: "next-finding",
  KeyQ: "drawer",
  KeyG: "stats",
  KeyR: "states",
  KeyH: "time",
  Space: "pause",
  End: "end",
  Slash: "search",
  KeyO: "open",
  KeyE: "save",
  KeyL: "link",
  KeyB: "bookmark",
  KeyM: "note",
  KeyV: "paste",
  KeyC: "compare",
  KeyT: "theme",
  Escape: "escape",
  Digit1: { view: 1 },
  Digit2: { view: 2 },
  Digit3: { view: 3 },
  Digit4: { view: 4 },
  Digit5: { view: 5 },
  Digit6: { view: 6 },
};

/**
 * What a key press means, `undefined` for nothing: while a text is composed or typed (Escape apart), with a modifier
 * that belongs to the browser, and where the focused control has a use for the key itself.
 */
export function keyAction(event: Key): KeyAction | undefined {
  if (event.isComposing) return undefined;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") return "palette";
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const use = useOf(event.target);
  if (use === "text") return undefined;
  const action = (event.shiftKey ? shifted(event) : undefined) ?? actionOf(event);
  if (use === "press" && action === "pause") return undefined;
  if (use === "move" && (action === "pause" || action === "end" || event.code.startsWith("Arrow")))
    return undefined;
  return action;
}

/** Shift with a digit opens a tab of the details; with others it turns what they do round. */
function shifted({ code }: Key): KeyAction | undefined {
  if (code === "Slash") return "help";
  if (code === "KeyN") return "previous-finding";
  const place = tabCodes.indexOf(code);
  return place === -1 ? undefined : { tab: place + 1 };
}

/** The row of digits and the two keys after it: as many as there are tabs. */
const tabCodes: readonly string[] = [
  "Digit1",
  "Digit2",
  "Digit3",
  "Digit4",
  "Digit5",
  "Digit6",
  "Digit7",
  "Digit8",
  "Digit9",
  "Digit0",
  "Minus",
  "Equal",
];

function actionOf({ code, key }: Key): KeyAction | undefined {
  return key === "?" ? "help" : actions[code];
}

/** What a focused control does with keys itself: a field takes text, a slider and a list move, a button is pressed. */
function useOf(target: EventTarget | null): "text" | "move" | "press" | undefined {
  if (typeof Element === "undefined" || !(target instanceof Element)) return undefined;
  if (target.matches("input, textarea, select, [contenteditable]")) return "text";
  if (target.matches("[role=slider], [role=separator], [role=tab], [role=tree]")) return "move";
  return target.matches("button, a, summary") ? "press" : undefined;
}
