/**
 * `b=AS` in `b=TIAS`: kilobits with all headers, as the transport carries them, in bits of the media alone.
 * The formula is JSEP's: 5 % go to RTCP, and 50 packets of 40 bytes of headers a second are taken off. RFC 9429 §5.10.
 * Never below 0.
 */
export function asToTias(kbps: number): number {
  return Math.max(0, Math.round(kbps * 1000 * MEDIA_SHARE - HEADER_BITS));
}

/** `b=TIAS` in `b=AS`: the inverse of `asToTias`, rounded up so that the media still fits. */
export function tiasToAs(bps: number): number {
  return Math.ceil((bps + HEADER_BITS) / (1000 * MEDIA_SHARE));
}

const MEDIA_SHARE = 0.95;
const HEADER_BITS = 50 * 40 * 8;
