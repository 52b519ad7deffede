import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BrowserPage, openChromium, openFirefox } from "../support/endpoints.ts";

const folder = resolve(import.meta.dirname, "../fixtures/capabilities");

/** What one browser says about itself, and how it answers offers that show the rest. */
export interface RecordedCapabilities {
  readonly browser: string;
  readonly version: string;
  /** `getCapabilities` of senders and receivers, and the extensions that a transceiver could negotiate. */
  readonly declared: Declared;
  /** Its own offers of audio, video and data, by direction of the media; `simulcast` has three encodings. */
  readonly offers: Readonly<Record<string, string>>;
  /** What it answers to each offer of probes.json, by the probe's name. */
  readonly answers: Readonly<Record<string, { readonly sdp: string } | { readonly error: string }>>;
}

interface Declared {
  readonly sender: Readonly<Record<string, RTCRtpCapabilities | null>>;
  readonly receiver: Readonly<Record<string, RTCRtpCapabilities | null>>;
  /** Every header extension with its direction, `stopped` for those that are off unless asked for. */
  readonly extensions: Readonly<Record<string, readonly { uri: string; direction: string }[]>>;
}

/** Records what the installed browsers can do: `node test/lab/run.mjs capabilities`. */
export async function main(): Promise<void> {
  const pages = [await openChromium(), await openFirefox()];
  try {
    const own = await Promise.all(
      pages.map(async (page) => ({
        page,
        declared: await page.evaluate(declare, null),
        offers: await page.evaluate(offerEverything, null),
      })),
    );
    const uris = (kind: "audio" | "video") => [
      ...new Set(
        own.flatMap(({ declared }) => [
          ...(declared.extensions[kind] ?? []).map(({ uri }) => uri),
          ...(declared.receiver[kind]?.headerExtensions ?? []).map(({ uri }) => uri),
        ]),
      ),
    ];
    const probes: Record<string, string> = {};
    for (const { page, offers } of own) {
      for (const [name, offer] of Object.entries(offers)) probes[`${page.name} ${name}`] = offer;
    }
    const full = own[0]?.offers["sendrecv"] ?? "";
    for (const direction of ["", "/sendrecv", "/sendonly", "/recvonly", "/inactive"]) {
      for (const part of [0, 1]) {
        probes[`extensions${direction}, part ${part + 1}`] = withExtensions(
          full,
          uris,
          direction,
          part,
        );
      }
    }
    probes["without feedback"] = without(full, /^a=rtcp-fb:/);
    probes["without fmtp"] = without(full, /^a=fmtp:(?!.*apt=)/);
    probes["without reduced-size rtcp"] = without(full, /^a=rtcp-rsize/);
    probes["without max-message-size"] = without(full, /^a=max-message-size/);
    probes["without ice-options"] = without(full, /^a=ice-options/);
    probes["without bundle"] = without(full, /^a=group:BUNDLE/);
    probes["without extmap-allow-mixed"] = without(full, /^a=extmap-allow-mixed/);

    mkdirSync(folder, { recursive: true });
    write("probes", probes);
    for (const { page, declared, offers } of own) {
      const answers = await answerAll(page, probes);
      const recorded: RecordedCapabilities = {
        browser: page.name,
        version: page.version,
        declared,
        offers,
        answers,
      };
      write(page.name, recorded);
      console.log(`${page.name} ${page.version}: ${Object.keys(answers).length} answers`);
    }
  } finally {
    for (const page of pages) await page.close();
  }
}

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(content, null, 2)}\n`);
}

async function answerAll(
  page: BrowserPage,
  probes: Readonly<Record<string, string>>,
): Promise<RecordedCapabilities["answers"]> {
  const answers: Record<string, { sdp: string } | { error: string }> = {};
  for (const [name, offer] of Object.entries(probes)) {
    try {
      answers[name] = { sdp: await page.evaluate(answer, offer) };
    } catch (error) {
      answers[name] = { error: String(error) };
    }
  }
  return answers;
}

/** The sections of a description, the session part first. */
function sections(sdp: string): string[] {
  return sdp.split(/^(?=m=)/m);
}

function without(sdp: string, line: RegExp): string {
  return sdp
    .split("\r\n")
    .filter((text) => !line.test(text))
    .join("\r\n");
}

/** The offer with one part of the known header extensions instead of its own, at most 14 for the one-byte form. */
function withExtensions(
  sdp: string,
  uris: (kind: "audio" | "video") => readonly string[],
  direction: string,
  part: number,
): string {
  // BUNDLE wants one identifier for one URI in the whole group. RFC 8285 §5, RFC 9143 §9.2.
  const all = [...new Set([...uris("audio"), ...uris("video")])].slice(part * 14, part * 14 + 14);
  return sections(sdp)
    .map((section) => {
      const kind = /^m=(audio|video)/.exec(section)?.[1] as "audio" | "video" | undefined;
      if (kind === undefined) return section;
      // Every kind is asked for all of them: a browser may agree to one that it never offers for that kind.
      const lines = all.map((uri, at) => `a=extmap:${at + 1}${direction} ${uri}\r\n`);
      return without(section, /^a=extmap:/) + lines.join("");
    })
    .join("");
}

// What follows runs in the browser's page and uses nothing of this file.

function declare(): Declared {
  const kinds = ["audio", "video"] as const;
  const extensions: Record<string, { uri: string; direction: string }[]> = {};
  const pc = new RTCPeerConnection();
  for (const kind of kinds) {
    const transceiver = pc.addTransceiver(kind) as RTCRtpTransceiver & {
      getHeaderExtensionsToNegotiate?(): { uri: string; direction: string }[];
    };
    extensions[kind] = (transceiver.getHeaderExtensionsToNegotiate?.() ?? []).map(
      ({ uri, direction }) => ({ uri, direction }),
    );
  }
  pc.close();
  const of = (side: typeof RTCRtpSender | typeof RTCRtpReceiver) =>
    Object.fromEntries(kinds.map((kind) => [kind, side.getCapabilities(kind)]));
  return { sender: of(RTCRtpSender), receiver: of(RTCRtpReceiver), extensions };
}

async function offerEverything(): Promise<Record<string, string>> {
  const offers: Record<string, string> = {};
  for (const direction of ["sendrecv", "sendonly", "recvonly"] as const) {
    const pc = new RTCPeerConnection();
    pc.addTransceiver("audio", { direction });
    pc.addTransceiver("video", { direction });
    pc.createDataChannel("data");
    offers[direction] = (await pc.createOffer()).sdp ?? "";
    pc.close();
  }
  const pc = new RTCPeerConnection();
  pc.addTransceiver("audio", { direction: "sendonly" });
  pc.addTransceiver("video", {
    direction: "sendonly",
    sendEncodings: [
      { rid: "q", scaleResolutionDownBy: 4 },
      { rid: "h", scaleResolutionDownBy: 2 },
      { rid: "f" },
    ],
  });
  offers["simulcast"] = (await pc.createOffer()).sdp ?? "";
  pc.close();
  return offers;
}

async function answer(offer: string): Promise<string> {
  const pc = new RTCPeerConnection();
  try {
    await pc.setRemoteDescription({ type: "offer", sdp: offer });
    return (await pc.createAnswer()).sdp ?? "";
  } finally {
    pc.close();
  }
}
