/** The boolean entropy encoder of VP8. RFC 6386 §7.3. */
export class BoolEncoder {
  readonly #bytes: number[];
  #range: number;
  #bottom = 0;
  /** Shifts until the next byte is complete. */
  #shifts: number;

  /** Begins as an encoder stands that has written `bytes` zero bytes, with this range, and so many shifts before the next. */
  constructor(start: { readonly bytes: number; readonly range: number; readonly shifts: number }) {
    this.#bytes = new Array<number>(start.bytes).fill(0);
    this.#range = start.range;
    this.#shifts = start.shifts;
  }

  /** Writes a bit that is 0 with the probability of `probability` in 256. */
  write(bit: boolean, probability: number): void {
    const split = 1 + (((this.#range - 1) * probability) >> 8);
    if (bit) {
      this.#bottom += split;
      this.#range -= split;
    } else {
      this.#range = split;
    }
    while (this.#range < 128) {
      this.#range *= 2;
      this.#shift();
    }
  }

  /** Writes the low `count` bits of a number, the highest first, each as likely as not. */
  writeNumber(value: number, count: number): void {
    for (let at = count - 1; at >= 0; at--) this.write(((value >> at) & 1) === 1, 128);
  }

  /** Everything written, to its end. */
  finish(): Uint8Array {
    for (let at = 0; at < 32; at++) this.#shift();
    return Uint8Array.from(this.#bytes);
  }

  #shift(): void {
    if (this.#bottom >= 2 ** 31) {
      this.#carry();
      this.#bottom -= 2 ** 31;
    }
    this.#bottom *= 2;
    this.#shifts--;
    if (this.#shifts > 0) return;
    this.#bytes.push(Math.floor(this.#bottom / 2 ** 24));
    this.#bottom %= 2 ** 24;
    this.#shifts = 8;
  }

  #carry(): void {
    let at = this.#bytes.length - 1;
    while (this.#bytes[at] === 255) {
      this.#bytes[at] = 0;
      at--;
    }
    this.#bytes[at] = (this.#bytes[at] ?? 0) + 1;
  }
}
