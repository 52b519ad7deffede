import { rfc } from "../../rfc.ts";
import type { Message } from "../../text.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";

/** `a=type`: the kind of conference; it decides the default direction. RFC 8866 §6.9. */
export const type: Attribute<string, "kind"> = defineAttribute({
  name: "type",
  levels: ["session"],
  multiplicity: "one",
  mux: "NORMAL",
  rfc: rfc(8866, "6.9"),
  read: (scan) => scan.oneOf(Object.keys(meanings), "kind"),
  print: (value) => value,
  summary: (value) => meanings[value] as Message,
  parts: {
    kind: {
      name: { en: "type", ko: "종류" },
      meaning: {
        en: "One of broadcast, meeting, moderated, test and H332.",
        ko: "broadcast, meeting, moderated, test, H332 중 하나입니다.",
      },
    },
  },
});

const meanings: Readonly<Record<string, Message>> = {
  broadcast: {
    en: "A broadcast: receivers only listen unless told otherwise.",
    ko: "방송입니다. 달리 정하지 않으면 참가자는 받기만 합니다.",
  },
  meeting: { en: "A meeting: everybody may send.", ko: "회의입니다. 누구나 보낼 수 있습니다." },
  moderated: {
    en: "A moderated session: a moderator decides who may send.",
    ko: "진행자가 발언자를 정하는 세션입니다.",
  },
  test: {
    en: "A test: receivers need not show it to anybody.",
    ko: "시험용입니다. 사용자에게 보여 줄 필요가 없습니다.",
  },
  H332: {
    en: "The loosely coupled part of an H.332 session.",
    ko: "H.332 세션의 느슨하게 연결된 부분입니다.",
  },
};
