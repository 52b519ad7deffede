import { parseAddress } from "./address.ts";
import type { StunAttribute, StunMessage } from "./stun-message.ts";

/** An address with its port, as STUN attributes carry it. */
export interface StunAddress {
  readonly address: string;
  readonly port: number;
}

/** What an error response says: the code, and the server's own words, which may be empty. */
export interface StunError {
  readonly code: number;
  readonly reason: string;
}

/** Attributes with an address in them. Those that begin with XOR are masked with cookie and transaction id. */
export type StunAddressName =
  | "MAPPED-ADDRESS"
  | "XOR-MAPPED-ADDRESS"
  | "XOR-PEER-ADDRESS"
  | "XOR-RELAYED-ADDRESS"
  | "ALTERNATE-SERVER"
  | "RESPONSE-ORIGIN"
  | "OTHER-ADDRESS";

/** Attributes with a text in them. */
export type StunTextName = "USERNAME" | "REALM" | "NONCE" | "SOFTWARE" | "ALTERNATE-DOMAIN";

/** Attributes with a 32-bit number in them. */
export type StunNumberName = "LIFETIME" | "REQUESTED-TRANSPORT" | "CHANGE-REQUEST";

/** The address of an attribute in its canonical spelling; undefined when it is missing or broken. RFC 8489 §14.1, §14.2. */
export function readStunAddress(
  message: StunMessage,
  name: StunAddressName,
): StunAddress | undefined {
  const value = bytesOf(message, name);
  const size = value?.[1] === 1 ? 4 : value?.[1] === 2 ? 16 : 0;
  if (value === undefined || size === 0 || value.length !== 4 + size) return undefined;
  const plain = name.startsWith("XOR-") ? masked(value, message.transactionId) : value;
  const view = new DataView(plain.buffer, plain.byteOffset);
  const text =
    size === 4
      ? plain.subarray(4).join(".")
      : Array.from({ length: 8 }, (_, at) => view.getUint16(4 + 2 * at).toString(16)).join(":");
  const address = parseAddress(text)?.canonical;
  return address === undefined ? undefined : { address, port: view.getUint16(2) };
}

/** The text of an attribute; undefined when it is missing. Bytes that are no UTF-8 become U+FFFD. */
export function readStunText(message: StunMessage, name: StunTextName): string | undefined {
  const value = bytesOf(message, name);
  return value && new TextDecoder().decode(value);
}

/** The number of an attribute; undefined when it is missing or not 4 bytes long. */
export function readStunNumber(message: StunMessage, name: StunNumberName): number | undefined {
  const value = bytesOf(message, name);
  if (value?.length !== 4) return undefined;
  return new DataView(value.buffer, value.byteOffset).getUint32(0);
}

/** The error of an error response; undefined when it is missing or broken. RFC 8489 §14.8. */
export function readStunError(message: StunMessage): StunError | undefined {
  const value = bytesOf(message, "ERROR-CODE");
  if (value === undefined || value.length < 4) return undefined;
  const code = ((value[2] as number) & 7) * 100 + (value[3] as number);
  return { code, reason: new TextDecoder().decode(value.subarray(4)) };
}

/** Makes an address attribute for the message with this transaction id. Throws `RangeError` for what is no IP address. */
export function stunAddress(
  name: StunAddressName,
  { address, port }: StunAddress,
  transactionId: Uint8Array,
): StunAttribute {
  const read = parseAddress(address);
  if (read?.groups === undefined)
    throw new RangeError(`An IP address is needed; got ${JSON.stringify(address)}.`);
  const isIPv4 = read.family === "IPv4";
  const value = new Uint8Array(isIPv4 ? 8 : 20);
  const view = new DataView(value.buffer);
  view.setUint16(0, isIPv4 ? 1 : 2);
  view.setUint16(2, port);
  read.groups.forEach((group, at) => {
    if (isIPv4) view.setUint8(4 + at, group);
    else view.setUint16(4 + 2 * at, group);
  });
  const isMasked = name.startsWith("XOR-");
  return { type: types[name], value: isMasked ? masked(value, transactionId) : value };
}

/** `192.0.2.1:3478`, `[2001:db8::1]:3478`. */
export function printStunAddress({ address, port }: StunAddress): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Makes a text attribute. */
export function stunText(name: StunTextName, text: string): StunAttribute {
  return { type: types[name], value: new TextEncoder().encode(text) };
}

/** Makes a number attribute; REQUESTED-TRANSPORT has its protocol in the highest byte. */
export function stunNumber(name: StunNumberName, number: number): StunAttribute {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, number);
  return { type: types[name], value };
}

/** Makes the ERROR-CODE attribute of an error response. Throws `RangeError` for a code outside 300–699. */
export function stunError({ code, reason }: StunError): StunAttribute {
  if (!Number.isInteger(code) || code < 300 || code > 699)
    throw new RangeError(`A STUN error code is a number from 300 to 699; got ${code}.`);
  const words = new TextEncoder().encode(reason);
  const value = new Uint8Array(4 + words.length);
  value[2] = Math.floor(code / 100);
  value[3] = code % 100;
  value.set(words, 4);
  return { type: types["ERROR-CODE"], value };
}

/** RFC 8489 §18.3, RFC 8656 §18, RFC 5780 §7. */
const types = {
  "MAPPED-ADDRESS": 0x0001,
  "CHANGE-REQUEST": 0x0003,
  USERNAME: 0x0006,
  "ERROR-CODE": 0x0009,
  LIFETIME: 0x000d,
  "XOR-PEER-ADDRESS": 0x0012,
  REALM: 0x0014,
  NONCE: 0x0015,
  "XOR-RELAYED-ADDRESS": 0x0016,
  "REQUESTED-TRANSPORT": 0x0019,
  "XOR-MAPPED-ADDRESS": 0x0020,
  "ALTERNATE-DOMAIN": 0x8003,
  SOFTWARE: 0x8022,
  "ALTERNATE-SERVER": 0x8023,
  "RESPONSE-ORIGIN": 0x802b,
  "OTHER-ADDRESS": 0x802c,
} as const;

function bytesOf({ attributes }: StunMessage, name: keyof typeof types): Uint8Array | undefined {
  return attributes.find(({ type }) => type === types[name])?.value;
}

/** Masks or unmasks an address value: the port with the cookie's first half, the address with cookie and transaction id. */
function masked(value: Uint8Array, transactionId: Uint8Array): Uint8Array {
  const mask = [0x21, 0x12, 0xa4, 0x42, ...transactionId];
  return Uint8Array.from(value, (byte, at) => {
    if (at < 2) return byte;
    return byte ^ (mask[at < 4 ? at - 2 : at - 4] as number);
  });
}
