import { rfc } from "../../rfc.ts";
import { formatParameter, setFormatParameter } from "../format-parameters.ts";
import type { CodecRule } from "../rule.ts";
import { defineCodecRule } from "../rule.ts";

/** Retransmission. RFC 4588. `apt` names the payload type it repairs. */
export const rtx: CodecRule = defineCodecRule({
  names: ["rtx"],
  kind: "both",
  role: "retransmission",
  rfc: rfc(4588, "8.1"),
  meaning: {
    en: "Retransmission of lost packets of the payload type that apt names.",
    ko: "apt가 가리키는 페이로드 타입의 손실 패킷을 재전송합니다.",
  },
  parameters: [
    {
      name: "apt",
      meaning: {
        en: "The payload type whose packets are sent again.",
        ko: "다시 보낼 패킷의 페이로드 타입입니다.",
      },
    },
    {
      name: "rtx-time",
      meaning: {
        en: "How long the sender keeps packets for retransmission, in milliseconds.",
        ko: "송신 측이 재전송을 위해 패킷을 보관하는 시간(ms)입니다.",
      },
    },
  ],
  references: (fmtp) => {
    const apt = formatParameter(fmtp, "apt");
    return apt === undefined ? [] : [apt];
  },
  renameReferences: (fmtp, rename) => {
    const apt = formatParameter(fmtp, "apt");
    const next = apt === undefined ? undefined : rename(apt);
    return next === undefined || next === apt ? fmtp : setFormatParameter(fmtp, "apt", next);
  },
  // The offered apt holds, since the answer keeps the offer's payload types; rtx-time is the sender's own matter.
  answer: (own, offered) => offered ?? own,
});
