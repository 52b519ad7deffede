/** Values that say what the protocols say, whatever field they stand in: no redaction touches them. */
export const protocolWords: ReadonlySet<string> = new Set(
  [
    "offer answer pranswer rollback candidate candidates ice-candidate icecandidate description end-of-candidates bye",
    "stable have-local-offer have-remote-offer have-local-pranswer have-remote-pranswer closed",
    "new gathering complete checking connected completed failed disconnected connecting open closing live ended",
    "waiting in-progress inprogress succeeded frozen cancelled nominated",
    "audio video application data text binary blob arraybuffer",
    "sendrecv sendonly recvonly inactive stopped",
    "balanced max-compat max-bundle all relay none negotiate require unified-plan plan-b",
    "host srflx prflx serverreflexive peerreflexive relayed udp tcp tls dtls ssl active passive actpass so",
    "controlling controlled unknown client server local remote",
    "cpu bandwidth other wifi ethernet cellular vpn bluetooth wimax",
    "very-low low medium high maintain-framerate maintain-resolution screenshare motion detail",
    "user environment true false null default ws wss http https memory",
  ]
    .join(" ")
    .split(" "),
);

/** Fields whose texts are words of the protocols, codecs or browsers, in API calls and statistics. */
export const protocolFields: ReadonlySet<string> = new Set(
  [
    "type kind mediaType mimeType sdpFmtpLine codec codecs candidateType networkType tcpType state dtlsState iceState iceRole",
    "tlsVersion dtlsCipher srtpCipher dtlsRole fingerprintAlgorithm algorithm contentType qualityLimitationReason",
    "scalabilityMode decoderImplementation encoderImplementation mid sdpMid rid bundlePolicy rtcpMuxPolicy iceTransportPolicy",
    "sdpSemantics direction currentDirection networkPriority priority degradationPreference binaryType readyState signalingState",
    "iceConnectionState iceGatheringState connectionState relayProtocol contentHint statsType event method errorCode",
  ]
    .join(" ")
    .split(" "),
);

/** Fields that say what a message of an application's own protocol is. */
export const messageFields: ReadonlySet<string> = new Set(
  "type kind event action method command cmd op janus videoroom request mid sdpMid rid mimeType direction".split(
    " ",
  ),
);
