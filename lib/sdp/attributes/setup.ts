import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Setup } from "../description.ts";

/**
 * `a=setup`: who begins the DTLS handshake. RFC 4145 §4, for DTLS RFC 8842 §5.
 *
 *     a=setup:actpass
 */
export const setup: Attribute<Setup, "role"> = defineAttribute({
  name: "setup",
  levels: ["session", "media"],
  multiplicity: "one",
  mux: "TRANSPORT",
  rfc: rfc(4145, "4"),
  read: (scan) => scan.oneOf(roles, "role"),
  print: (role) => role,
  summary: (role) => meanings[role],
  parts: {
    role: {
      name: { en: "role", ko: "역할" },
      meaning: {
        en: "An offer says actpass; its answer chooses active or passive, never actpass.",
        ko: "offer는 actpass를 쓰고, answer는 active나 passive 중 하나를 고릅니다. answer에 actpass는 쓸 수 없습니다.",
      },
    },
  },
});

const meanings: Readonly<Record<Setup, Message>> = {
  actpass: {
    en: "This side leaves the DTLS role to the other: it can begin the handshake or wait for it.",
    ko: "DTLS 역할을 상대에게 맡깁니다. 핸드셰이크를 먼저 시작할 수도, 기다릴 수도 있습니다.",
  },
  active: {
    en: "This side begins the DTLS handshake: it is the client and sends the ClientHello.",
    ko: "이쪽이 DTLS 핸드셰이크를 시작합니다. 클라이언트로서 ClientHello를 보냅니다.",
  },
  passive: {
    en: "This side waits for the DTLS handshake: it is the server, the other sends the ClientHello.",
    ko: "이쪽은 DTLS 핸드셰이크를 기다립니다. 서버이며, 상대가 ClientHello를 보냅니다.",
  },
  holdconn: {
    en: "No connection is to be set up for now. DTLS does not allow this value.",
    ko: "당분간 연결을 맺지 않습니다. DTLS에서는 이 값을 쓸 수 없습니다.",
  },
};

const roles = Object.keys(meanings) as readonly Setup[];
