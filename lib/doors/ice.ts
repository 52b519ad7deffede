export type { Address, AddressFamily, AddressScope } from "../ice/address.ts";
export { parseAddress, scopeMeanings } from "../ice/address.ts";
export { baseOf } from "../ice/base.ts";
export type {
  Candidate,
  CandidateExtension,
  CandidateInit,
  CandidateType,
  TcpType,
} from "../ice/candidate.ts";
export type { CandidateFault, CandidateFaultCode } from "../ice/candidate-fault.ts";
export { candidateFaults } from "../ice/candidate-fault.ts";
export type {
  CheckEvent,
  CheckedPair,
  CheckList,
  CheckListOptions,
  CheckListState,
  CheckOutput,
  PairState,
  TransportAddress,
} from "../ice/check-list.ts";
export { createCheckList } from "../ice/check-list.ts";
export type { CandidateClass } from "../ice/classify.ts";
export { classifyCandidate } from "../ice/classify.ts";
export type { Evidence, EvidenceName } from "../ice/evidence.ts";
export { candidateEvidence } from "../ice/evidence.ts";
export type { FoundationInput } from "../ice/foundation.ts";
export { foundation } from "../ice/foundation.ts";
export type {
  FragmentBinding,
  FragmentResult,
  FragmentSection,
  SdpFragment,
} from "../ice/fragment.ts";
export { createFragment, parseFragment, printFragment } from "../ice/fragment.ts";
export type { FragmentFault, FragmentFaultCode } from "../ice/fragment-fault.ts";
export { fragmentFaults } from "../ice/fragment-fault.ts";
export type {
  CandidatePlacement,
  CredentialChange,
  Generation,
  GenerationLedger,
  IceCredentials,
} from "../ice/generation.ts";
export { compareCredentials, createGenerationLedger } from "../ice/generation.ts";
export type { NetworkCost, NetworkKind } from "../ice/network-cost.ts";
export { readNetworkCost } from "../ice/network-cost.ts";
export type {
  CandidatePair,
  CandidatePairs,
  FormedPair,
  FormPairsOptions,
  IceRole,
  ImpossiblePair,
  PrunedPair,
} from "../ice/pair.ts";
export { formPairs, pairPriority } from "../ice/pair.ts";
export type { PairReason, PairReasonName } from "../ice/pair-reason.ts";
export type { CandidateResult } from "../ice/parse-candidate.ts";
export { parseCandidate } from "../ice/parse-candidate.ts";
export type {
  MissingEvidence,
  NatFiltering,
  NatMapping,
  PathKind,
  PredictedPath,
  Prediction,
  PredictionOptions,
  PredictionSide,
} from "../ice/predict.ts";
export { predictConnection } from "../ice/predict.ts";
export { printCandidate } from "../ice/print-candidate.ts";
export type { PriorityDeviation, PriorityInput, PriorityParts } from "../ice/priority.ts";
export { candidatePriority, decodePriority, tcpDirectionPreference } from "../ice/priority.ts";
export type {
  PriorityContext,
  PrioritySchemeName,
  RelayTransport,
  SchemeParts,
} from "../ice/priority-scheme.ts";
export type { ServerAddress } from "../ice/server-address.ts";
export { parseServerAddress } from "../ice/server-address.ts";
export type {
  StunAddress,
  StunAddressName,
  StunError,
  StunNumberName,
  StunTextName,
} from "../ice/stun-attribute.ts";
export {
  printStunAddress,
  readStunAddress,
  readStunError,
  readStunNumber,
  readStunText,
  stunAddress,
  stunError,
  stunNumber,
  stunText,
} from "../ice/stun-attribute.ts";
export type { StunErrorMeaning } from "../ice/stun-error.ts";
export { explainStunError } from "../ice/stun-error.ts";
export type {
  StunAttribute,
  StunClass,
  StunMessage,
  StunMethod,
  StunSigner,
} from "../ice/stun-message.ts";
export { isSigned, parseStunMessage, printStunMessage, stunLength } from "../ice/stun-message.ts";
export type { WhipPatch } from "../ice/whip-patch.ts";
export { checkWhipPatch } from "../ice/whip-patch.ts";
