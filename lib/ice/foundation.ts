import type { CandidateType } from "./candidate.ts";

/** What two candidates must share to have one foundation. RFC 8445 §5.1.1.3. */
export interface FoundationInput {
  readonly type: CandidateType;
  /** The address of the base, without its port. */
  readonly base: string;
  readonly transport: string;
  /** The address of the STUN or TURN server; empty for host candidates. */
  readonly server?: string;
}

/**
 * A foundation: the same text for two candidates of the same type, base address, transport and server, and a different one
 * otherwise. RFC 8445 §5.1.1.3. The text is a checksum (FNV-1a, decimal) as agents use it, not the value that one
 * agent would choose: each has its own.
 */
export function foundation(input: FoundationInput): string {
  const { type, base, transport, server = "" } = input;
  const key = `${type} ${base.toLowerCase()} ${transport.toLowerCase()} ${server.toLowerCase()}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return String(hash >>> 0);
}
