import { rfc } from "../../rfc.ts";
import { isActive } from "../bundle.ts";
import type { Rule } from "../rule.ts";
import { defineRule } from "../rule.ts";

/** Without `a=max-message-size` the limit is 64 KiB; 0 means none. RFC 8841 §6. */
export const maxMessageSize: Rule<"description"> = defineRule({
  code: "sdp/max-message-size",
  subject: "description",
  severity: "info",
  rfc: rfc(8841, "6"),
  summary: {
    en: "Without a=max-message-size a peer may send messages of 64 KiB only; 0 means any size.",
    ko: "a=max-message-size가 없으면 64KiB까지만 보낼 수 있습니다. 0은 크기 제한이 없다는 뜻입니다.",
  },
  check({ description, attributes, report }) {
    for (const media of description.media) {
      if (!media.sctp || !isActive(media)) continue;
      const [line] = attributes(media.section, "max-message-size");
      if (!line)
        report(media.line, {
          en: "There is no a=max-message-size: the peer must not send messages above 65536 bytes.",
          ko: "a=max-message-size가 없으므로 상대는 65536바이트를 넘는 메시지를 보낼 수 없습니다.",
        });
      else if (media.sctp.maxMessageSize === 0)
        report(line, {
          en: "max-message-size 0 means: messages of any size. Not every peer knows that.",
          ko: "max-message-size 0은 크기 제한이 없다는 뜻입니다. 이를 모르는 상대도 있습니다.",
        });
    }
  },
});
