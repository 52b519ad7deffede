import { describe, expect, it } from "vitest";
import { createCheckList } from "../../lib/ice/check-list.ts";
import { classifyCandidate } from "../../lib/ice/classify.ts";
import { formPairs, pairPriority } from "../../lib/ice/pair.ts";
import { parseCandidate } from "../../lib/ice/parse-candidate.ts";
import { predictConnection } from "../../lib/ice/predict.ts";
import { printCandidate } from "../../lib/ice/print-candidate.ts";
import {
  candidatePriority,
  decodePriority,
  tcpDirectionPreference,
} from "../../lib/ice/priority.ts";
import { udp } from "../support/candidates.ts";

const host = udp("host 192.168.1.2:5000");
const text = "candidate:1 1 udp 2113937151 192.168.1.2 5000 typ host";
/** What a caller without types may hand over. */
const wrong = (value: unknown): never => value as never;

describe("wrong use", () => {
  it.each<[string, () => unknown, typeof RangeError, string]>([
    [
      "a role for pairs",
      () => formPairs([host], [host], wrong("server")),
      RangeError,
      'An ICE role is controlling or controlled, not "server".',
    ],
    [
      "a role for a check list",
      () => createCheckList(formPairs([host], [host], "controlling"), { role: wrong("x") }),
      RangeError,
      'controlling or controlled, not "x"',
    ],
    [
      "a role for a prediction",
      () => predictConnection({ candidates: [] }, { candidates: [] }, { role: wrong("x") }),
      RangeError,
      'controlling or controlled, not "x"',
    ],
    [
      "a NAT's mapping",
      () => predictConnection({ candidates: [], mapping: wrong("cone") }, { candidates: [] }),
      RangeError,
      "A NAT mapping is none, endpoint-independent, endpoint-dependent",
    ],
    ["a text as priority", () => decodePriority(wrong("123")), TypeError, 'not "123".'],
    ["no number as priority", () => decodePriority(Number.NaN), TypeError, "not NaN."],
    [
      "a type of candidate",
      () => candidatePriority({ type: wrong("foo") }),
      RangeError,
      'host, prflx, srflx, relay, or its preference as a number; got "foo"',
    ],
    [
      "a name that every object has",
      () => candidatePriority({ type: wrong("constructor") }),
      RangeError,
      'got "constructor"',
    ],
    [
      "a type preference",
      () => candidatePriority({ type: 127 }),
      RangeError,
      "not a whole number from 0 to 126",
    ],
    [
      "a tcptype",
      () => tcpDirectionPreference("host", wrong("open")),
      RangeError,
      'active, passive, so, not "open"',
    ],
    ["no number in a pair", () => pairPriority(Number.NaN, 1), RangeError, "not NaN."],
    ["a negative priority", () => pairPriority(1, -1), RangeError, "controlled candidate's"],
    ["a text to print", () => printCandidate(wrong(text)), TypeError, "not the text"],
    [
      "a whole result to print",
      () => printCandidate(wrong(parseCandidate(text))),
      TypeError,
      "hand over its candidate",
    ],
    [
      "an init to classify",
      () => classifyCandidate(wrong({ candidate: text })),
      TypeError,
      "an RTCIceCandidateInit: read it with parseCandidate",
    ],
    ["nothing to classify", () => classifyCandidate(wrong(undefined)), TypeError, "not undefined"],
    [
      "half a candidate",
      () => classifyCandidate(wrong({ ...host, port: undefined })),
      TypeError,
      "an object without port",
    ],
    [
      "a text among candidates",
      () => formPairs([wrong(text)], [host], "controlling"),
      TypeError,
      "formPairs takes a candidate",
    ],
  ])("names %s", (_use, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });
});
