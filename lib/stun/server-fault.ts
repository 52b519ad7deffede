import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { StunError } from "../ice/stun-attribute.ts";
import { explainStunError } from "../ice/stun-error.ts";
import type { RfcRef } from "../rfc.ts";
import { rfc } from "../rfc.ts";
import type { Message } from "../text.ts";
import { withParticles } from "../text.ts";

/** The permanent codes of everything that a test of a STUN or TURN server reports. */
export type ServerFaultCode =
  | "server/alternate"
  | "server/certificate"
  | "server/credentials-missing"
  | "server/credentials-refused"
  | "server/dtls"
  | "server/mapping"
  | "server/name"
  | "server/no-answer"
  | "server/not-stun"
  | "server/private-relay"
  | "server/refused"
  | "server/signature"
  | "server/tls"
  | "server/unreachable"
  | "server/url";

/** What can be wrong with a server: its weight, and what to say, with up to two values in it. */
export interface ServerFault {
  readonly severity: Severity;
  readonly rfc?: RfcRef;
  readonly message: (value: string, other: string) => Message;
}

/** Makes the diagnostic of a fault. */
export function serverDiagnostic(code: ServerFaultCode, value = "", other = ""): Diagnostic {
  const { severity, rfc: reference, message } = serverFaults[code];
  return {
    code,
    severity,
    message: message(value, other),
    ...(reference !== undefined && { rfc: reference }),
  };
}

/** The diagnostic of an error response. */
export function stunErrorDiagnostic({ code, reason }: StunError): Diagnostic {
  const known = explainStunError(code);
  const name = reason || known?.name || "";
  const meaning = known?.meaning ?? unknownMeaning(code);
  return {
    code: "server/error-response",
    severity: "error",
    message: {
      en: `The server answers ${code} ${name}: ${meaning.en}`,
      ko: `서버 응답은 ${code} ${name}입니다. ${meaning.ko}`,
    },
    rfc: known?.rfc ?? rfc(8489, "14.8"),
  };
}

function unknownMeaning(code: number): Message {
  return code < 500
    ? { en: "The server refuses the request.", ko: "서버가 요청을 거절했습니다." }
    : { en: "The server itself failed.", ko: "서버 자체의 오류입니다." };
}

const serverFaults: Readonly<Record<ServerFaultCode, ServerFault>> = {
  "server/url": {
    severity: "error",
    rfc: rfc(7065, "3.1"),
    message: (url) => ({
      en: `${JSON.stringify(url)} is not the URL of a STUN or TURN server, such as stun:stun.example.org or turns:turn.example.org:443?transport=tcp.`,
      ko: withParticles(
        `${JSON.stringify(url)}은(는) STUN이나 TURN 서버의 URL이 아닙니다. 예: stun:stun.example.org, turns:turn.example.org:443?transport=tcp`,
      ),
    }),
  },
  "server/dtls": {
    severity: "warning",
    rfc: rfc(7065, "3.2"),
    message: () => ({
      en: "The URL asks for DTLS over UDP, which this test does not speak; no browser does either. With ?transport=tcp it is TLS.",
      ko: "URL이 UDP 위의 DTLS를 요구하는데 이 검사는 DTLS를 지원하지 않으며, 지원하는 브라우저도 없습니다. ?transport=tcp를 쓰면 TLS입니다.",
    }),
  },
  "server/name": {
    severity: "error",
    message: (name, code) => ({
      en: `The name ${name} has no address (${code}): it is misspelt, or no name server answers here.`,
      ko: `${name} 이름의 주소를 찾지 못했습니다(${code}). 이름이 틀렸거나 여기서 네임 서버가 응답하지 않습니다.`,
    }),
  },
  "server/refused": {
    severity: "error",
    message: (place) => ({
      en: `Nothing listens on ${place}: the machine is there and refuses. The port or the transport is wrong, or the server does not run.`,
      ko: `${place}에서 듣고 있는 프로그램이 없습니다. 기기는 있지만 거부합니다. 포트나 전송 프로토콜이 틀렸거나 서버가 실행 중이 아닙니다.`,
    }),
  },
  "server/no-answer": {
    severity: "error",
    message: (place, ms) => ({
      en: `No answer from ${place} in ${ms} ms: a firewall drops the packets, or there is no such machine.`,
      ko: `${place}에서 ${ms} ms 동안 응답이 없습니다. 방화벽이 패킷을 버리거나 그런 기기가 없습니다.`,
    }),
  },
  "server/unreachable": {
    severity: "error",
    message: (place, code) => ({
      en: `${place} cannot be reached from here (${code}).`,
      ko: `여기서 ${place}에 닿을 수 없습니다(${code}).`,
    }),
  },
  "server/not-stun": {
    severity: "error",
    rfc: rfc(8489, "5"),
    message: (place) => ({
      en: `What answers on ${place} is no STUN server: its bytes are not STUN.`,
      ko: `${place}에서 응답하는 것은 STUN 서버가 아닙니다. 받은 바이트가 STUN이 아닙니다.`,
    }),
  },
  "server/tls": {
    severity: "error",
    message: (place, code) => ({
      en: `TLS with ${place} fails (${code}): the port may be one without TLS.`,
      ko: withParticles(
        `${place}과(와) TLS 연결에 실패했습니다(${code}). TLS를 쓰지 않는 포트일 수 있습니다.`,
      ),
    }),
  },
  "server/certificate": {
    severity: "error",
    message: (code) => ({
      en: `Browsers will refuse the server's certificate (${code}); the test went on without trusting it. NODE_EXTRA_CA_CERTS adds an authority of your own.`,
      ko: `브라우저가 서버 인증서를 거부합니다(${code}). 검사는 인증서를 믿지 않은 채 계속했습니다. 자체 인증 기관은 NODE_EXTRA_CA_CERTS로 추가합니다.`,
    }),
  },
  "server/credentials-missing": {
    severity: "error",
    rfc: rfc(8489, "9.2"),
    message: (realm) => ({
      en: `The server asks for a username and a password${realm && ` (realm ${JSON.stringify(realm)})`}, and none were given.`,
      ko: `서버가 사용자 이름과 비밀번호를 요구하지만${realm && `(realm ${JSON.stringify(realm)})`} 주어지지 않았습니다.`,
    }),
  },
  "server/credentials-refused": {
    severity: "error",
    rfc: rfc(8489, "9.2"),
    message: (username, realm) => ({
      en: `The server refuses the credentials of ${JSON.stringify(username)} (401${realm && `, realm ${JSON.stringify(realm)}`}): the username is unknown, the password is wrong, or a temporary username is past its time.`,
      ko: `서버가 ${JSON.stringify(username)}의 credential을 거부했습니다(401${realm && `, realm ${JSON.stringify(realm)}`}). 사용자 이름을 모르거나 비밀번호가 틀렸거나, 임시 사용자 이름의 기한이 지났습니다.`,
    }),
  },
  "server/signature": {
    severity: "error",
    rfc: rfc(8489, "9.2.5"),
    message: () => ({
      en: "The server's answer is not signed with the password: clients drop it.",
      ko: "서버 응답이 비밀번호로 서명되지 않아 클라이언트가 버립니다.",
    }),
  },
  "server/alternate": {
    severity: "warning",
    rfc: rfc(8489, "10"),
    message: (place) => ({
      en: `The server sends its clients on to ${place}: test that one.`,
      ko: withParticles(`서버가 클라이언트를 ${place}(으)로 보냅니다. 그 서버를 검사하십시오.`),
    }),
  },
  "server/private-relay": {
    severity: "warning",
    message: (relayed, place) => ({
      en: `The relayed address ${relayed} is of a private network, but the server was reached at ${place}: peers elsewhere cannot send to it (coturn: external-ip).`,
      ko: withParticles(
        `relay 주소 ${relayed}은(는) 사설망 주소인데 서버에는 ${place}(으)로 접속했습니다. 다른 곳의 peer는 이 주소로 보낼 수 없습니다(coturn: external-ip).`,
      ),
    }),
  },
  "server/mapping": {
    severity: "info",
    rfc: rfc(5780, "4.3"),
    message: (first, second) => ({
      en: `The NAT here maps symmetrically: one socket was seen as ${first} and as ${second}. Another peer would see yet another port, so direct connections often fail and TURN is needed.`,
      ko: withParticles(
        `이곳의 NAT는 대칭형으로 매핑합니다. 같은 소켓이 ${first}(으)로도, ${second}(으)로도 보였습니다. 다른 peer에게는 또 다른 포트로 보이므로 직접 연결이 자주 실패하고 TURN이 필요합니다.`,
      ),
    }),
  },
};
