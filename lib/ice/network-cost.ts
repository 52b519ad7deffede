import type { Message } from "../text.ts";
import type { Candidate } from "./candidate.ts";

/** The kind of network behind a `network-cost`. */
export type NetworkKind = "ethernet" | "wifi" | "cellular" | "unknown" | "hidden";

/** libwebrtc's `network-cost` extension, read. It adds one for a VPN on top of the network's own cost. */
export interface NetworkCost {
  /** 0 to 999; lower is preferred. */
  readonly cost: number;
  readonly network: NetworkKind;
  readonly isVpn: boolean;
  readonly message: Message;
}

/**
 * Reads `network-cost`, and where it stays silent `network-id`: undefined when the candidate has no cost and is not libwebrtc's.
 * libwebrtc omits a cost of 0, so a candidate with `network-id` alone is on a wired network or loopback.
 */
export function readNetworkCost(candidate: Candidate): NetworkCost | undefined {
  const text = extensionOf(candidate, "network-cost");
  if (text === undefined)
    return extensionOf(candidate, "network-id") === undefined ? undefined : describe(0);
  const cost = Number(text);
  return Number.isInteger(cost) && cost >= 0 && cost <= 999 ? describe(cost) : undefined;
}

function extensionOf(candidate: Candidate, name: string): string | undefined {
  return candidate.extensions.find((extension) => extension.name === name)?.value;
}

/** rtc_base/network_constants.h. */
const kinds: Readonly<Record<number, readonly [NetworkKind, Message]>> = {
  0: [
    "ethernet",
    {
      en: "The machine is on a wired network or loopback.",
      ko: "기기가 유선망 또는 루프백에 연결되어 있습니다.",
    },
  ],
  10: ["wifi", { en: "The machine is on Wi-Fi.", ko: "기기가 Wi-Fi에 연결되어 있습니다." }],
  50: [
    "unknown",
    {
      en: "libwebrtc does not know the kind of network.",
      ko: "libwebrtc가 네트워크 종류를 알지 못합니다.",
    },
  ],
  250: cellular("5G"),
  500: cellular("4G"),
  900: cellular(""),
  910: cellular("3G"),
  980: cellular("2G"),
  999: [
    "hidden",
    {
      en: "The browser does not tell the kind of network: addresses are hidden until the page may use a camera or microphone.",
      ko: "브라우저가 네트워크 종류를 알려 주지 않습니다. 카메라나 마이크 권한이 있기 전에는 주소를 숨깁니다.",
    },
  ],
};

function cellular(generation: string): readonly [NetworkKind, Message] {
  const name = generation === "" ? "" : ` (${generation})`;
  return [
    "cellular",
    {
      en: `The machine is on a cellular network${name}.`,
      ko: `기기가 이동통신망${name}에 연결되어 있습니다.`,
    },
  ];
}

function describe(cost: number): NetworkCost {
  const own = kinds[cost];
  if (own !== undefined) return { cost, network: own[0], isVpn: false, message: own[1] };
  const below = kinds[cost - 1];
  if (below === undefined)
    return {
      cost,
      network: "unknown",
      isVpn: false,
      message: {
        en: `network-cost ${cost} has no known meaning.`,
        ko: `network-cost ${cost}의 의미는 알려져 있지 않습니다.`,
      },
    };
  return {
    cost,
    network: below[0],
    isVpn: true,
    message: { en: `${below[1].en} It goes through a VPN.`, ko: `${below[1].ko} VPN을 거칩니다.` },
  };
}
