import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Channel, ChannelOptions } from "../handshake/channel.ts";
import { createChannel } from "../handshake/channel.ts";
import { readJsonObject } from "../handshake/json-object.ts";
import type { ChannelRefusal } from "./channel-refusal.ts";
import { channelRefusalStatuses } from "./channel-refusal.ts";
import { decodePart } from "./rooms.ts";
import type { ClientSocket } from "./socket-keeper.ts";
import { POLICY_VIOLATION } from "./socket-keeper.ts";

/** Who asks for a token of a channel. */
export interface ChannelRequest {
  /** The client's own name. */
  readonly client: string;
  /** The channel to enter; absent for a new one. */
  readonly channel: string | undefined;
  /** The request's `Authorization`, which the app may know its users by. */
  readonly authorization: string | undefined;
}

/** What token channels are made with. */
export interface ChannelsOptions {
  /** Limits of every channel. */
  readonly channel?: ChannelOptions;
  /** How many channels there may be at a time; 1000 unless told otherwise. */
  readonly maxChannels?: number;
  /** Who gets a token; everybody unless told otherwise. */
  readonly authorizeChannel?: (request: ChannelRequest) => boolean | Promise<boolean>;
}

/** Token channels on HTTP and sockets. */
export interface Channels {
  /** Takes `POST /channels` and `POST /channels/{id}/messages`; false, and the request is left alone, for any other path. */
  request(request: IncomingMessage, response: ServerResponse): boolean;
  /** The channel and the token that a socket's address names. */
  read(url: URL): { readonly id: string; readonly token: string } | undefined;
  /** Lets a client open its channel, or refuses it. */
  open(client: ClientSocket, address: { readonly id: string; readonly token: string }): void;
  /** Forgets channels that nobody uses. Wanted now and then. */
  tick(): void;
}

/**
 * Serves token channels; what a channel does is `createChannel`'s.
 *
 *     POST /channels                {"client":"ann"}  or  {"client":"bob","channel":"…"}   → 201 {"id":"…","token":"…"}
 *     WS   /channels/{id}?token=…   once
 *     POST /channels/{id}/messages  Authorization: Bearer {token}                          → 202 {"clients":1}
 *
 * A refusal is `{"type":"refused","code":"…","message":"…"}`, over HTTP with a status, over the socket before its close.
 */
export function serveChannels(
  options: ChannelsOptions,
  allowOrigin: (origin: string) => boolean,
): Channels {
  const maxChannels = options.maxChannels ?? 1000;
  const authorize = options.authorizeChannel ?? (() => true);
  const channels = new Map<string, Channel<ClientSocket>>();

  const forgetIfEmpty = (id: string): void => {
    if (channels.get(id)?.isEmpty) channels.delete(id);
  };

  const admit = async (request: IncomingMessage, text: string): Promise<Reply> => {
    const { client, channel } = readJsonObject(text) ?? {};
    const isNamed = typeof client === "string" && client !== "" && client.length <= MAX_NAME;
    if (!isNamed || (channel !== undefined && typeof channel !== "string")) {
      const message = `The body is {"client":"…"}, a name of 1 to ${MAX_NAME} characters; "channel" may stand beside it.`;
      return refusal("bad-request", message);
    }
    const { authorization } = request.headers;
    if (!(await authorize({ client, channel, authorization }))) {
      return refusal("not-allowed", "This client gets no token.");
    }
    if (channel !== undefined && !channels.has(channel)) {
      return refusal("no-such-channel", "There is no such channel, or not any more.");
    }
    if (channel === undefined && channels.size >= maxChannels) {
      const message = `There are ${channels.size} channels already; no more can be opened.`;
      return refusal("too-many-channels", message);
    }
    const id = channel ?? unguessable();
    const token = unguessable();
    const found = channels.get(id) ?? createChannel<ClientSocket>(options.channel);
    channels.set(id, found);
    const [output] = found.handle({ type: "admit", client, token }, performance.now());
    if (output?.type === "refused") return refusal(output.code, output.message);
    return { status: 201, body: { id, token } };
  };

  const post = (request: IncomingMessage, id: string, text: string): Reply => {
    const token = bearerOf(request.headers.authorization);
    const channel = channels.get(id);
    if (token === undefined || channel === undefined) return badToken;
    for (const output of channel.handle({ type: "post", token, text }, performance.now())) {
      if (output.type === "send") output.socket.send(output.text);
      else if (output.type === "refused") return refusal(output.code, output.message);
      else return { status: 202, body: { clients: output.clients } };
    }
    return badToken;
  };

  const answer = async (request: IncomingMessage, id: string | undefined): Promise<Reply> => {
    if (request.method !== "POST") {
      return { ...refusal("bad-request", "Only POST is known here."), status: 405 };
    }
    const text = await readBody(request);
    if (text === undefined) {
      return refusal("too-large", `The body is larger than ${MAX_BODY} bytes, or came too slowly.`);
    }
    return id === undefined ? admit(request, text) : post(request, id, text);
  };

  return {
    request(request, response) {
      const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
      const id = path === PATH ? undefined : idOfMessages(path);
      if (path !== PATH && id === undefined) return false;
      const { origin } = request.headers;
      if (origin !== undefined && !allowOrigin(origin)) {
        reply(response, refusal("bad-origin", "Pages of this origin may not use the server."));
        return true;
      }
      if (origin !== undefined) response.setHeader("access-control-allow-origin", origin);
      response.setHeader("vary", "origin");
      if (request.method === "OPTIONS") {
        response.setHeader("access-control-allow-methods", "POST");
        response.setHeader("access-control-allow-headers", "authorization, content-type");
        response.writeHead(204).end();
        return true;
      }
      answer(request, id).then(
        (made) => reply(response, made),
        () => reply(response, { status: 500, body: {} }),
      );
      return true;
    },
    read(url) {
      const [empty, word, part = "", ...rest] = url.pathname.split("/");
      const id = decodePart(part);
      if (empty !== "" || word !== "channels" || id === undefined || rest.length > 0)
        return undefined;
      return { id, token: url.searchParams.get("token") ?? "" };
    },
    open(client, { id, token }) {
      const channel = channels.get(id);
      const outputs =
        channel?.handle({ type: "open", token, socket: client }, performance.now()) ?? [];
      const [first = wrongToken, ...waiting] = outputs;
      if (first.type === "refused") {
        client.send(JSON.stringify(first));
        client.close(POLICY_VIOLATION, first.code);
        return;
      }
      for (const output of waiting) if (output.type === "send") client.send(output.text);
      client.listen({
        // Messages go up by POST alone: what comes up the socket says nothing to a channel.
        text: () => client.close(POLICY_VIOLATION, "post-only"),
        closed() {
          channel?.handle({ type: "closed", socket: client }, performance.now());
          forgetIfEmpty(id);
        },
      });
    },
    tick() {
      for (const [id, channel] of channels) {
        channel.handle({ type: "tick" }, performance.now());
        forgetIfEmpty(id);
      }
    },
  };
}

const PATH = "/channels";
const MAX_NAME = 64;
/** In bytes; the channel's own limit counts characters. */
const MAX_BODY = 1024 * 1024;
const BODY_TIMEOUT_MS = 10_000;

interface Reply {
  readonly status: number;
  readonly body: object;
}

const wrongToken = {
  type: "refused",
  code: "bad-token",
  message: "The token is wrong, or its time is over.",
} as const;
const badToken: Reply = refusal(wrongToken.code, wrongToken.message);

function refusal(code: ChannelRefusal, message: string): Reply {
  return { status: channelRefusalStatuses[code], body: { type: "refused", code, message } };
}

function reply(response: ServerResponse, { status, body }: Reply): void {
  // Of a body that was too large the rest may still come: it is not waited for.
  const closing = status === 413 ? { connection: "close" } : {};
  const headers = { "content-type": "application/json", "cache-control": "no-store", ...closing };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

function idOfMessages(path: string): string | undefined {
  const [empty, word, id = "", messages, ...rest] = path.split("/");
  const isPath = empty === "" && word === "channels" && messages === "messages";
  return isPath && rest.length === 0 ? decodePart(id) : undefined;
}

/** RFC 6750 §2.1. The scheme's name compares case-insensitively (RFC 9110 §11.1). */
function bearerOf(authorization: string | undefined): string | undefined {
  const [scheme, token, ...rest] = (authorization ?? "").split(" ");
  return scheme?.toLowerCase() === "bearer" && rest.length === 0 ? token : undefined;
}

/** `undefined` when it is too large or takes too long. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (text: string | undefined): void => {
      clearTimeout(patience);
      request.removeAllListeners("data");
      request.resume();
      resolve(text);
    };
    const patience = setTimeout(() => finish(undefined), BODY_TIMEOUT_MS);
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_BODY) finish(undefined);
    });
    request.on("end", () => finish(Buffer.concat(chunks).toString("utf8")));
    request.on("error", () => finish(undefined));
  });
}

/** 128 bits: who has not been given it cannot name it. */
function unguessable(): string {
  return randomBytes(16).toString("base64url");
}
