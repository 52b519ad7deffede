import { describe, expect, test } from "vitest";
import type { FeedMessage, IntakeMessage, IntakeReply } from "../../lib/trace/feed.ts";
import { readFeedMessage, readIntakeMessage, readIntakeReply } from "../../lib/trace/feed.ts";
import { createRecorder } from "../../lib/trace/recorder.ts";

const recorder = createRecorder({ now: () => 0, id: "s1", peers: [{ id: "alice" }] });
const { header } = recorder;
const event = recorder.record({ kind: "note", text: "hello" });

describe("messages of feed and intake", () => {
  const feed: readonly FeedMessage[] = [
    { type: "header", header, state: "live" },
    { type: "event", trace: "s1", event },
    { type: "gap", trace: "s1", from: 2, to: 9 },
    { type: "state", trace: "s1", state: "torn" },
  ];
  test.each(feed)("feed: $type is read as it was sent", (message) => {
    expect(readFeedMessage(JSON.stringify(message))).toEqual(message);
  });

  const intake: readonly IntakeMessage[] = [
    { type: "header", header },
    { type: "events", events: [event] },
  ];
  test.each(intake)("intake: $type is read as it was sent", (message) => {
    expect(readIntakeMessage(JSON.stringify(message))).toEqual(message);
  });

  const replies: readonly IntakeReply[] = [
    { type: "ack", seq: 0 },
    {
      type: "refused",
      code: "no-header",
      message: "The header comes first.",
      sentence: { en: "The header comes first.", ko: "헤더가 먼저입니다." },
    },
  ];
  test.each(replies)("reply: $type is read as it was sent", (reply) => {
    expect(readIntakeReply(JSON.stringify(reply))).toEqual(reply);
  });

  test.each(["null", "7", '"words"', '{"en":1,"ko":2}'])(
    "a refusal with the sentence %s has its message twice",
    (sentence) => {
      const text = `{"type":"refused","code":"malformed","message":"No.","sentence":${sentence}}`;
      expect(readIntakeReply(text)).toMatchObject({
        message: "No.",
        sentence: { en: "No.", ko: "No." },
      });
    },
  );

  test.each([
    "",
    "nonsense",
    "null",
    "[]",
    '"header"',
    '{"type":"header"}',
    '{"type":"event","trace":"s1","event":{"seq":0}}',
    '{"type":"events","events":{}}',
    '{"type":"events","events":[{"seq":1,"t":0,"kind":"call"}]}',
    '{"type":"later"}',
  ])("%j is no message", (text) => {
    expect(readFeedMessage(text)).toBeUndefined();
    expect(readIntakeMessage(text)).toBeUndefined();
    expect(readIntakeReply(text)).toBeUndefined();
  });
});
