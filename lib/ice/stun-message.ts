/** One STUN message: what ICE checks, STUN servers and TURN servers speak. RFC 8489 §5, RFC 8656 §17. */
export interface StunMessage {
  readonly class: StunClass;
  readonly method: StunMethod;
  /** 12 bytes; a response has those of its request. */
  readonly transactionId: Uint8Array;
  /** In the order of the wire. */
  readonly attributes: readonly StunAttribute[];
}

export type StunClass = "request" | "indication" | "success" | "error";

/** The methods with a name here, or the number of any other one. */
export type StunMethod = keyof typeof methodNumbers | number;

/** One attribute, its value as it stands on the wire, without padding. */
export interface StunAttribute {
  readonly type: number;
  readonly value: Uint8Array;
}

/** HMAC-SHA1 of some bytes with a message's key: 20 bytes. RFC 8489 §14.5; which key is §9's matter. */
export type StunSigner = (bytes: Uint8Array) => Uint8Array;

/**
 * Reads one STUN message: a whole datagram, or one message cut out of a stream by `stunLength`.
 * Undefined for anything that is none: without the magic cookie, with a wrong length, or with a cut attribute.
 *
 *      0 0  type (14 bits)  |  length (16 bits)      without these 20 bytes, a multiple of 4
 *      magic cookie 2112A442
 *      transaction id (96 bits)
 */
export function parseStunMessage(bytes: Uint8Array): StunMessage | undefined {
  if (stunLength(bytes) !== bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.getUint16(0);
  const attributes: StunAttribute[] = [];
  for (let at = HEADER; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const length = view.getUint16(at + 2);
    const end = at + 4 + length;
    if (end > bytes.length) return undefined;
    attributes.push({ type: view.getUint16(at), value: copied(bytes, at + 4, end) });
    at = padded(end);
  }
  // The two bits of the class stand inside the method's. RFC 8489 §5, figure 3.
  const number = (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2);
  return {
    class: classes[((type & 0x0100) >> 7) | ((type & 0x0010) >> 4)] as StunClass,
    method: methodNames.get(number) ?? number,
    transactionId: copied(bytes, 8, HEADER),
    attributes,
  };
}

/**
 * How many bytes the STUN message at the start of a stream takes; undefined for what is no STUN message.
 * Fewer than 4 bytes are not enough to tell: `HEADER` (20) is given, so that a reader waits for more.
 */
export function stunLength(bytes: Uint8Array): number | undefined {
  if (bytes.length >= 1 && (bytes[0] as number) > 0x3f) return undefined;
  if (bytes.length < HEADER) return HEADER;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint16(2);
  return view.getUint32(4) === MAGIC_COOKIE && length % 4 === 0 ? HEADER + length : undefined;
}

/**
 * Writes a STUN message. With `sign` a MESSAGE-INTEGRITY attribute is put behind all others.
 * Throws `RangeError` for a transaction id that has not 12 bytes, and for a method outside 0–4095.
 */
export function printStunMessage(message: StunMessage, sign?: StunSigner): Uint8Array {
  const { transactionId, attributes } = message;
  if (transactionId.length !== 12)
    throw new RangeError(`A transaction id has 12 bytes; got ${transactionId.length}.`);
  const length = attributes.reduce((sum, { value }) => sum + 4 + padded(value.length), 0);
  const bytes = new Uint8Array(HEADER + length + (sign ? SIGNATURE : 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, typeOf(message));
  // RFC 8489 §14.5: the length counts the signature already when it is made.
  view.setUint16(2, bytes.length - HEADER);
  view.setUint32(4, MAGIC_COOKIE);
  bytes.set(transactionId, 8);
  let at = HEADER;
  const put = ({ type, value }: StunAttribute): void => {
    view.setUint16(at, type);
    view.setUint16(at + 2, value.length);
    bytes.set(value, at + 4);
    at = padded(at + 4 + value.length);
  };
  attributes.forEach(put);
  if (sign) put({ type: MESSAGE_INTEGRITY, value: sign(bytes.subarray(0, at)) });
  return bytes;
}

/**
 * Whether a message's MESSAGE-INTEGRITY is what `sign` gives for it; undefined when it has none.
 * What stands behind it does not count. RFC 8489 §14.5.
 */
export function isSigned(bytes: Uint8Array, sign: StunSigner): boolean | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = HEADER; at + 4 <= bytes.length; ) {
    const length = view.getUint16(at + 2);
    if (view.getUint16(at) === MESSAGE_INTEGRITY) {
      const signed = copied(bytes, 0, at);
      new DataView(signed.buffer).setUint16(2, at + SIGNATURE - HEADER);
      const expected = sign(signed);
      const found = bytes.subarray(at + 4, at + 4 + length);
      return found.length === expected.length && found.every((byte, i) => byte === expected[i]);
    }
    at = padded(at + 4 + length);
  }
  return undefined;
}

const HEADER = 20;
const SIGNATURE = 24;
const MAGIC_COOKIE = 0x2112a442;
const MESSAGE_INTEGRITY = 0x0008;

const classes: readonly StunClass[] = ["request", "indication", "success", "error"];

const methodNumbers = {
  binding: 1,
  allocate: 3,
  refresh: 4,
  send: 6,
  data: 7,
  "create-permission": 8,
  "channel-bind": 9,
} as const;

const methodNames = new Map<number, StunMethod>(
  Object.entries(methodNumbers).map(([name, number]) => [number, name as StunMethod]),
);

function typeOf(message: StunMessage): number {
  const number =
    typeof message.method === "number" ? message.method : methodNumbers[message.method];
  if (!Number.isInteger(number) || number < 0 || number > 0xfff)
    throw new RangeError(`A STUN method is a number from 0 to 4095; got ${number}.`);
  const kind = classes.indexOf(message.class);
  return (
    (number & 0x000f) |
    ((number & 0x0070) << 1) |
    ((number & 0x0f80) << 2) |
    ((kind & 1) << 4) |
    ((kind & 2) << 7)
  );
}

/** A copy that starts its own buffer: the `slice` of a Node Buffer is only a view. */
function copied(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, end));
}

function padded(length: number): number {
  return (length + 3) & ~3;
}
