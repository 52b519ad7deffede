import type { UnrecordedEvent } from "./event.ts";

/** Follows `getStats` reports and tells when another candidate pair was selected. */
export interface PairWatcher {
  /** Takes the entries that changed; gives a `pair` event when the selected pair of a transport is another one now. */
  observe(entries: Readonly<Record<string, unknown>>): readonly PairFields[];
}

/** A `pair` event without its place. */
export type PairFields = Extract<UnrecordedEvent, { kind: "pair" }>;

/**
 * Makes a watcher for one connection. `texts` are the candidates that it gathered or was given: a candidate of the statistics
 * is shown as the text it came from, and put together from its fields where there is none (the component is then 1).
 */
export function createPairWatcher(texts: Iterable<string>): PairWatcher {
  const known = new Map<string, string>();
  for (const text of texts) {
    for (const key of keysOfText(text)) if (!known.has(key)) known.set(key, text);
  }
  const entries = new Map<string, Fields>();
  const selected = new Map<string, string>();

  const textOf = (id: unknown): string | undefined => {
    const fields = typeof id === "string" ? entries.get(id) : undefined;
    if (!fields) return undefined;
    const address = fields["address"] ?? fields["ip"];
    const place = `${fields["port"]} ${typeOf(fields)}`;
    // Browsers hide addresses behind .local names and leave them out of the statistics: the foundation is left.
    return (
      known.get(`${address} ${place}`.toLowerCase()) ??
      known.get(`foundation ${fields["foundation"]} ${place}`) ??
      compose(fields)
    );
  };

  return {
    observe(changed) {
      const chosen = new Map<string, string>();
      for (const id in changed) {
        const value = changed[id];
        if (typeof value !== "object" || value === null) continue;
        const fields = value as Fields;
        const { type } = fields;
        if (type === "transport") {
          const pair = fields["selectedCandidatePairId"];
          if (typeof pair === "string" && pair !== "") chosen.set(id, pair);
        } else if (type === "candidate-pair") {
          entries.set(id, fields);
          if (fields["selected"] === true) chosen.set(`${fields["transportId"] ?? ""}`, id);
        } else if (type === "local-candidate" || type === "remote-candidate")
          entries.set(id, fields);
      }
      const found: PairFields[] = [];
      for (const [transport, id] of chosen) {
        if (selected.get(transport) === id) continue;
        const pair = entries.get(id);
        const local = textOf(pair?.["localCandidateId"]);
        const remote = textOf(pair?.["remoteCandidateId"]);
        if (local === undefined || remote === undefined) continue;
        selected.set(transport, id);
        const state = pair?.["state"];
        const { nominated } = pair ?? {};
        found.push({
          kind: "pair",
          local,
          remote,
          state: typeof state === "string" ? state : "succeeded",
          ...(typeof nominated === "boolean" && { nominated }),
          selected: true,
        });
      }
      return found;
    },
  };
}

/** A candidate's text, put together from the fields of its statistics; `undefined` without address or port. */
export function compose(fields: Readonly<Record<string, unknown>>): string | undefined {
  const { foundation = "0", protocol = "udp", priority = 0, port, tcpType } = fields;
  const address = fields["address"] ?? fields["ip"];
  if (typeof address !== "string" || address === "" || port === undefined) return undefined;
  const tcp = typeof tcpType === "string" ? ` tcptype ${tcpType}` : "";
  const ufrag = fields["usernameFragment"];
  const extension = typeof ufrag === "string" && ufrag !== "" ? ` ufrag ${ufrag}` : "";
  return `candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${typeOf(fields)}${tcp}${extension}`;
}

type Fields = Readonly<Record<string, unknown>>;

function typeOf(fields: Fields): string {
  const type = String(fields["candidateType"] ?? "host");
  return oldTypes.get(type) ?? type;
}

/** As Chromium before 2020 and Firefox before version 60 called them. */
const oldTypes: ReadonlyMap<string, string> = new Map([
  ["local", "host"],
  ["stun", "srflx"],
  ["serverreflexive", "srflx"],
  ["peerreflexive", "prflx"],
  ["relayed", "relay"],
]);

function keysOfText(text: string): readonly string[] {
  const words = text.split(" ");
  if (words.length < 8) return [];
  const place = `${words[5]} ${words[words.indexOf("typ") + 1]}`;
  const foundation = words[0]?.slice((words[0]?.indexOf(":") ?? -1) + 1);
  return [`${words[4]} ${place}`.toLowerCase(), `foundation ${foundation} ${place}`];
}
