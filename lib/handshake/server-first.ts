import { parseAddress } from "../ice/address.ts";
import { parseCandidate } from "../ice/parse-candidate.ts";
import { printCandidate } from "../ice/print-candidate.ts";
import type { ServerChoice } from "../offer-answer/server-codecs.ts";
import type { CandidateInit, DescriptionInit } from "../trace/event.ts";
import { readJsonObject } from "./json-object.ts";

/** What a player asks a media server for, as the path of its address says it. */
export interface PlayAddress {
  /** Whether all media of the server goes over one port, or over ports taken as they come. */
  readonly port: "singleport" | "randomport";
  /** What the player wants its media over. */
  readonly transport: "tcp" | "udp";
  /** The name of what is played. */
  readonly alias: string;
  readonly sessionId?: string;
}

/** The codecs that a server will send, by encoding name; a kind that it does not send is absent. */
export interface Announcement {
  readonly video?: string;
  readonly audio?: string;
}

/** The second message of a server: its answer, and the one candidate of it. */
export interface ServerAnswer {
  readonly answer: DescriptionInit;
  readonly candidate: CandidateInit;
}

/** What stands between the two halves of a server's message. A message without it is an error for people to read. */
export const SEPARATOR = "|-|-|";

/** The error after which a player may try once more. */
export const INITIALIZATION_FAILED = "Error: Initialization of peer connection failed";

/**
 * Reads the path of a player's address; `undefined` for any other path. The alias and the session id are percent-decoded.
 *
 *     /webrtc_playnow/singleport/tcp/camera
 *     /webrtc_playnow/randomport/udp/hall%201/sid:42
 */
export function readPlayPath(path: string): PlayAddress | undefined {
  const [root, word, port, transport, ...rest] = path.split("/");
  if (root !== "" || word !== "webrtc_playnow") return undefined;
  if (port !== "singleport" && port !== "randomport") return undefined;
  if (transport !== "tcp" && transport !== "udp") return undefined;
  const last = rest.at(-1);
  const sessionId = rest.length > 1 && last?.startsWith("sid:") ? decode(last.slice(4)) : "";
  const names = sessionId === "" ? rest : rest.slice(0, -1);
  const alias = decode(names.join("/"));
  if (alias === undefined || alias === "" || names.includes("") || sessionId === undefined) {
    return undefined;
  }
  return { port, transport, alias, ...(sessionId !== "" && { sessionId }) };
}

/** Prints the path that `readPlayPath` reads. */
export function printPlayPath({ port, transport, alias, sessionId }: PlayAddress): string {
  const session = sessionId === undefined ? "" : `/sid:${encodeURIComponent(sessionId)}`;
  return `/webrtc_playnow/${port}/${transport}/${encodeURIComponent(alias)}${session}`;
}

/** Reads a server's first message: what it will send, or the text of its error. Never throws. */
export function readAnnouncement(text: string): Announcement | { readonly error: string } {
  const halves = text.split(SEPARATOR);
  if (halves.length === 1) return { error: errorText(text) };
  const [video = "", audio = ""] = halves.map((half) => half.trim());
  const isRead = halves.length === 2 && [video, audio].every((name) => isToken(name));
  if (!isRead) return { error: "The server's first message is no announcement of codecs." };
  if (video === "" && audio === "")
    return { error: "The server announces neither video nor audio." };
  return { ...(video !== "" && { video }), ...(audio !== "" && { audio }) };
}

/** Prints a server's first message. Throws `RangeError` for a name that is no encoding name. RFC 8866 §9. */
export function printAnnouncement({ video = "", audio = "" }: Announcement): string {
  for (const name of [video, audio]) {
    if (!isToken(name)) {
      throw new RangeError(`An encoding name is letters, digits, "-", "." or "_"; got ${name}.`);
    }
  }
  return `${video}${SEPARATOR}${audio}`;
}

/**
 * The announced codecs as `matchServerCodecs` takes them: video at 90000 Hz, opus at 48000, other audio at 8000,
 * and of H264 only the baseline profiles.
 */
export function announcedCodecs({ video, audio }: Announcement): ServerChoice {
  const isH264 = video?.toLowerCase() === "h264";
  return {
    ...(video !== undefined && {
      video: { name: video, clockRate: 90_000, ...(isH264 && { fmtp: "profile-level-id=42" }) },
    }),
    ...(audio !== undefined && {
      audio: { name: audio, clockRate: audio.toLowerCase() === "opus" ? 48_000 : 8_000 },
    }),
  };
}

/** Reads a server's second message: the answer and its candidate, or the text of its error. Never throws. */
export function readServerAnswer(text: string): ServerAnswer | { readonly error: string } {
  const at = text.indexOf(SEPARATOR);
  if (at === -1) return { error: errorText(text) };
  const answer = readDescriptionInit(text.slice(0, at), "answer");
  if (answer === undefined) return { error: "The server's second message has no answer." };
  const candidate = readCandidateInit(text.slice(at + SEPARATOR.length));
  if (candidate === undefined) return { error: "The server's second message has no candidate." };
  return { answer, candidate };
}

/** Prints a server's second message. */
export function printServerAnswer({ answer, candidate }: ServerAnswer): string {
  const { type, sdp } = answer;
  const { candidate: line, sdpMid, sdpMLineIndex = 0 } = candidate;
  const init = { candidate: line, ...(sdpMid && { sdpMid }), sdpMLineIndex };
  return `${JSON.stringify({ type, sdp })}${SEPARATOR}${JSON.stringify(init)}`;
}

/** Reads a description of one type as JSON; `undefined` for anything else. Never throws. */
export function readDescriptionInit(
  text: string,
  wanted: "offer" | "answer",
): DescriptionInit | undefined {
  const { type, sdp } = readJsonObject(text) ?? {};
  return type === wanted && typeof sdp === "string" ? { type: wanted, sdp } : undefined;
}

/**
 * Puts a server's own address into its candidate: a server behind a NAT that has one open port names the address it
 * knows itself by. Only for an IPv4 literal that is not loopback, and only when the candidate names another address.
 */
export function withServerAddress(candidate: CandidateInit, host: string): CandidateInit {
  const own = parseAddress(host);
  if (own?.family !== "IPv4" || own.scope === "loopback") return candidate;
  const read = parseCandidate(candidate.candidate).candidate;
  if (read === undefined || read.address === host) return candidate;
  return { ...candidate, candidate: printCandidate({ ...read, address: host }) };
}

const MAX_NAME_LENGTH = 32;
const MAX_ERROR_LENGTH = 500;

/** Empty, or an encoding name as far as one is in use anywhere. */
function isToken(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && /^[A-Za-z0-9._-]*$/.test(name);
}

function errorText(text: string): string {
  return text.trim().slice(0, MAX_ERROR_LENGTH) || "The server sent an empty message.";
}

function readCandidateInit(text: string): CandidateInit | undefined {
  const { candidate, sdpMid, sdpMLineIndex } = readJsonObject(text) ?? {};
  if (typeof candidate !== "string") return undefined;
  const isIndex = Number.isSafeInteger(sdpMLineIndex) && Number(sdpMLineIndex) >= 0;
  return {
    candidate,
    ...(typeof sdpMid === "string" && { sdpMid }),
    sdpMLineIndex: isIndex ? Number(sdpMLineIndex) : 0,
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
