import type { Message } from "../text.ts";
import type { MilestoneName } from "./milestones.ts";

/** What each milestone is called where it is shown to people. */
export const milestoneLabels: Readonly<Record<MilestoneName, Message>> = {
  created: { en: "connection created", ko: "연결 객체 생성" },
  "first-signal": { en: "first signaling message", ko: "첫 시그널링 메시지" },
  "offer-created": { en: "offer created", ko: "offer 생성" },
  "offer-applied": { en: "offer applied", ko: "offer 적용" },
  "offer-sent": { en: "offer sent", ko: "offer 전송" },
  "offer-received": { en: "offer received", ko: "offer 수신" },
  "answer-created": { en: "answer created", ko: "answer 생성" },
  "answer-applied": { en: "answer applied", ko: "answer 적용" },
  "answer-sent": { en: "answer sent", ko: "answer 전송" },
  "answer-received": { en: "answer received", ko: "answer 수신" },
  "first-local-candidate": { en: "first local candidate", ko: "첫 로컬 candidate" },
  "first-remote-candidate": {
    en: "first remote candidate taken",
    ko: "첫 원격 candidate 수락",
  },
  "ice-checking": { en: "ICE checking", ko: "ICE checking" },
  "ice-connected": { en: "ICE connected", ko: "ICE connected" },
  "gathering-complete": { en: "gathering complete", ko: "candidate 수집 완료" },
  "dtls-connected": { en: "DTLS connected", ko: "DTLS connected" },
  connected: { en: "connected", ko: "connected" },
  track: { en: "first remote track", ko: "첫 원격 트랙" },
  "channel-open": { en: "data channel open", ko: "데이터 채널 열림" },
  "first-media": { en: "first RTP packet received", ko: "첫 RTP 패킷 수신" },
  disconnected: { en: "disconnected", ko: "disconnected" },
  failed: { en: "failed", ko: "failed" },
  closed: { en: "closed", ko: "closed" },
};
