export type { Address, AddressFamily, AddressScope } from "../ice/address.ts";
export { parseAddress, scopeMeanings } from "../ice/address.ts";
export type {
  Candidate,
  CandidateExtension,
  CandidateInit,
  CandidateType,
  TcpType,
} from "../ice/candidate.ts";
export type { CandidateClass } from "../ice/classify.ts";
export { classifyCandidate } from "../ice/classify.ts";
export type { NetworkCost, NetworkKind } from "../ice/network-cost.ts";
export { readNetworkCost } from "../ice/network-cost.ts";
export type { CandidateResult } from "../ice/parse-candidate.ts";
export { parseCandidate } from "../ice/parse-candidate.ts";
export { printCandidate } from "../ice/print-candidate.ts";
export type { PriorityDeviation, PriorityInput, PriorityParts } from "../ice/priority.ts";
export { candidatePriority, decodePriority, tcpDirectionPreference } from "../ice/priority.ts";
export type {
  PriorityContext,
  PrioritySchemeName,
  RelayTransport,
  SchemeParts,
} from "../ice/priority-scheme.ts";
