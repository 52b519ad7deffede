import { rfc } from "../../rfc.ts";
import type { Attribute } from "../attribute.ts";
import { defineAttribute } from "../attribute.ts";
import type { Msid } from "../description.ts";

export const msid: Attribute<Omit<Msid, "line">, "stream" | "track"> = defineAttribute({
  name: "msid",
  levels: ["media"],
  multiplicity: "many",
  mux: "NORMAL",
  rfc: rfc(8830, "2"),
  read(scan) {
    const stream = scan.word("stream");
    const track = scan.optionalWord("track");
    return track === undefined ? { stream } : { stream, track };
  },
  print: ({ stream, track }) => (track === undefined ? stream : `${stream} ${track}`),
  summary: ({ stream, track }) =>
    stream === "-"
      ? {
          en: "The track of this section belongs to no MediaStream.",
          ko: "이 섹션의 트랙은 어떤 MediaStream에도 속하지 않습니다.",
        }
      : {
          en: `The track of this section${track === undefined ? "" : ` (${track})`} belongs to the MediaStream ${stream}; the other side gets it in the track event's streams.`,
          ko: `이 섹션의 트랙${track === undefined ? "" : `(${track})`}은 MediaStream ${stream}에 속합니다. 상대는 track 이벤트의 streams에서 이 스트림을 받습니다.`,
        },
  parts: {
    stream: {
      name: { en: "MediaStream id", ko: "MediaStream id" },
      meaning: {
        en: "The id of the MediaStream; - means none. Tracks with the same id are played together.",
        ko: "MediaStream의 id이며 -는 없다는 뜻입니다. id가 같은 트랙은 함께 재생됩니다.",
      },
    },
    track: {
      name: { en: "track id", ko: "트랙 id" },
      meaning: {
        en: "The id of the track at the sender. Receivers may ignore it: the same on every msid of a section.",
        ko: "보내는 쪽의 트랙 id입니다. 한 섹션의 모든 msid에서 같아야 하며, 받는 쪽은 무시해도 됩니다.",
      },
    },
  },
});
