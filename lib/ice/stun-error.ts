import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";

/** What a STUN or TURN error code means for whom it is sent to. */
export interface StunErrorMeaning {
  /** The registered reason phrase, such as `Stale Nonce`. */
  readonly name: string;
  readonly meaning: Message;
  readonly rfc: RfcRef;
}

/**
 * The meaning of a STUN or TURN error code, in words that say what to do. `undefined` for a code that no specification
 * defines: its hundreds still tell whether the request (4xx) or the server (5xx) is at fault.
 */
export function explainStunError(code: number): StunErrorMeaning | undefined {
  return meanings.get(code);
}

const stun = rfc(8489, "14.8");
const turn = rfc(8656, "19");
const tcp = rfc(6062, "6.3");

const meanings: ReadonlyMap<number, StunErrorMeaning> = new Map([
  [
    300,
    {
      name: "Try Alternate",
      rfc: stun,
      meaning: {
        en: "The server sends its clients to another server, named in ALTERNATE-SERVER.",
        ko: "서버가 클라이언트를 ALTERNATE-SERVER에 적힌 다른 서버로 보냅니다.",
      },
    },
  ],
  [
    400,
    {
      name: "Bad Request",
      rfc: stun,
      meaning: {
        en: "The server could not read the request: often something that is no STUN server, or a proxy that changes packets.",
        ko: "서버가 요청을 읽지 못했습니다. STUN 서버가 아니거나 패킷을 바꾸는 프록시가 있는 경우가 많습니다.",
      },
    },
  ],
  [
    401,
    {
      name: "Unauthenticated",
      rfc: stun,
      meaning: {
        en: "The username is unknown or the password is wrong; a temporary username may be past its time.",
        ko: "사용자 이름을 모르거나 비밀번호가 틀렸습니다. 임시 사용자 이름이라면 기한이 지났을 수 있습니다.",
      },
    },
  ],
  [
    403,
    {
      name: "Forbidden",
      rfc: turn,
      meaning: {
        en: "The server's rules forbid it: this client, or the address it asks for, such as a private peer address.",
        ko: "서버 설정이 금지했습니다. 이 클라이언트이거나, 사설 peer 주소처럼 요청한 주소가 막혀 있습니다.",
      },
    },
  ],
  [
    405,
    {
      name: "Mobility Forbidden",
      rfc: rfc(8016, ""),
      meaning: {
        en: "The server does not let an allocation move to another address.",
        ko: "서버가 할당을 다른 주소로 옮기는 것을 허용하지 않습니다.",
      },
    },
  ],
  [
    420,
    {
      name: "Unknown Attribute",
      rfc: stun,
      meaning: {
        en: "The server does not know an attribute that it would have to understand; it is older than the client, or knows no TURN.",
        ko: "서버가 반드시 이해해야 하는 attribute를 모릅니다. 클라이언트보다 오래되었거나 TURN을 모르는 서버입니다.",
      },
    },
  ],
  [
    437,
    {
      name: "Allocation Mismatch",
      rfc: turn,
      meaning: {
        en: "There is an allocation for this address and port already, or none where one is needed: the port was used again too soon.",
        ko: "이 주소와 포트에 이미 할당이 있거나, 필요한 할당이 없습니다. 포트를 너무 일찍 다시 썼을 수 있습니다.",
      },
    },
  ],
  [
    438,
    {
      name: "Stale Nonce",
      rfc: stun,
      meaning: {
        en: "The nonce is too old. A client takes the new one and asks again; a second time in a row it is the server's clock or state.",
        ko: "nonce가 오래되었습니다. 클라이언트는 새 nonce로 다시 요청합니다. 연달아 반복되면 서버의 시계나 상태가 문제입니다.",
      },
    },
  ],
  [
    440,
    {
      name: "Address Family not Supported",
      rfc: turn,
      meaning: {
        en: "The server has no relay addresses of this family (IPv4 or IPv6).",
        ko: "서버에 이 주소 체계(IPv4 또는 IPv6)의 relay 주소가 없습니다.",
      },
    },
  ],
  [
    441,
    {
      name: "Wrong Credentials",
      rfc: turn,
      meaning: {
        en: "The allocation belongs to another username: credentials may not change while it lives.",
        ko: "할당이 다른 사용자 이름의 것입니다. 할당이 살아 있는 동안 credential을 바꿀 수 없습니다.",
      },
    },
  ],
  [
    442,
    {
      name: "Unsupported Transport Protocol",
      rfc: turn,
      meaning: {
        en: "The server does not relay this transport; every TURN server has to relay UDP.",
        ko: "서버가 이 전송 프로토콜을 중계하지 않습니다. 모든 TURN 서버는 UDP를 중계해야 합니다.",
      },
    },
  ],
  [
    443,
    {
      name: "Peer Address Family Mismatch",
      rfc: turn,
      meaning: {
        en: "The peer's address is of another family (IPv4 or IPv6) than the relayed address.",
        ko: "peer 주소와 relay 주소의 주소 체계(IPv4, IPv6)가 다릅니다.",
      },
    },
  ],
  [
    446,
    {
      name: "Connection Already Exists",
      rfc: tcp,
      meaning: {
        en: "There is a TCP connection to this peer already.",
        ko: "이 peer로 가는 TCP 연결이 이미 있습니다.",
      },
    },
  ],
  [
    447,
    {
      name: "Connection Timeout or Failure",
      rfc: tcp,
      meaning: {
        en: "The server could not open the TCP connection to the peer.",
        ko: "서버가 peer로 TCP 연결을 열지 못했습니다.",
      },
    },
  ],
  [
    486,
    {
      name: "Allocation Quota Reached",
      rfc: turn,
      meaning: {
        en: "This username has as many allocations as the server allows it (coturn: user-quota): old ones have to end first.",
        ko: "이 사용자 이름의 할당이 서버의 한도에 이르렀습니다(coturn: user-quota). 이전 할당이 끝나야 합니다.",
      },
    },
  ],
  [
    487,
    {
      name: "Role Conflict",
      rfc: rfc(8445, "7.3.1.1"),
      meaning: {
        en: "Both ICE agents took the same role; one of them changes it.",
        ko: "두 ICE 에이전트가 같은 역할을 맡았습니다. 한쪽이 역할을 바꿉니다.",
      },
    },
  ],
  [
    500,
    {
      name: "Server Error",
      rfc: stun,
      meaning: {
        en: "The server had an error of its own; it may go away when asked again.",
        ko: "서버 내부 오류입니다. 다시 요청하면 사라질 수 있습니다.",
      },
    },
  ],
  [
    508,
    {
      name: "Insufficient Capacity",
      rfc: turn,
      meaning: {
        en: "The server has no relay port or no bandwidth left (coturn: total-quota, min-port to max-port).",
        ko: "서버에 남은 relay 포트나 대역폭이 없습니다(coturn: total-quota, min-port~max-port).",
      },
    },
  ],
]);
