import { rfc } from "../../rfc.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Telephone keys and tones. RFC 4733. Its clock rate is that of the audio it goes along with. */
export const telephoneEvent: CodecRule = defineCodecRule({
  names: ["telephone-event"],
  kind: "audio",
  role: "events",
  rfc: rfc(4733, "2.4.1"),
  meaning: {
    en: "Telephone keys and tones beside the audio, on the clock of an audio codec; its parameters list the events.",
    ko: "오디오와 함께 보내는 전화 키와 톤입니다. 오디오 코덱과 같은 클럭을 쓰며, 파라미터는 이벤트 목록입니다.",
  },
  parameters: [],
});
