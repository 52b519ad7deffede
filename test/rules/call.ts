/** An offer that no rule has anything to say about, and an answer that fits it. */
export const offer = text(`
v=0
o=- 1001 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
a=ice-options:trickle ice2
m=audio 9 UDP/TLS/RTP/SAVPF 111 0 63 13 110
c=IN IP4 0.0.0.0
a=mid:0
a=sendrecv
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuv
a=fingerprint:sha-256 ${"AB:".repeat(31)}AB
a=setup:actpass
a=rtcp-mux
a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtcp-fb:111 transport-cc
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=fmtp:110 0-15
a=msid:stream audio
a=ssrc:1111 cname:here
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 98 45
c=IN IP4 0.0.0.0
a=mid:1
a=sendonly
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuv
a=fingerprint:sha-256 ${"AB:".repeat(31)}AB
a=setup:actpass
a=rtcp-mux
a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:2/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=rtpmap:96 VP8/90000
a=fmtp:96 max-fs=3600
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 profile-level-id=42e01f;packetization-mode=1
a=rtpmap:98 VP9/90000
a=fmtp:98 profile-id=0
a=rtpmap:45 AV1/90000
a=rid:h send pt=96
a=rid:l send max-width=320
a=simulcast:send h;l
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=mid:2
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuv
a=fingerprint:sha-256 ${"AB:".repeat(31)}AB
a=setup:actpass
a=sctp-port:5000
a=max-message-size:262144
`);

export const answer = text(`
v=0
o=- 2002 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
a=ice-options:trickle ice2
m=audio 9 UDP/TLS/RTP/SAVPF 111 110
c=IN IP4 0.0.0.0
a=mid:0
a=sendrecv
a=ice-ufrag:wxyz
a=ice-pwd:zyxwvutsrqponmlkjihgfe
a=fingerprint:sha-256 ${"CD:".repeat(31)}CD
a=setup:active
a=rtcp-mux
a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtcp-fb:111 transport-cc
a=rtpmap:110 telephone-event/48000
a=ssrc:2222 cname:there
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 98 45
c=IN IP4 0.0.0.0
a=mid:1
a=recvonly
a=ice-ufrag:wxyz
a=ice-pwd:zyxwvutsrqponmlkjihgfe
a=fingerprint:sha-256 ${"CD:".repeat(31)}CD
a=setup:active
a=rtcp-mux
a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid
a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=fmtp:102 profile-level-id=42e01f;packetization-mode=1
a=rtpmap:98 VP9/90000
a=rtpmap:45 AV1/90000
a=rid:h recv
a=simulcast:recv h
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=mid:2
a=ice-ufrag:wxyz
a=ice-pwd:zyxwvutsrqponmlkjihgfe
a=fingerprint:sha-256 ${"CD:".repeat(31)}CD
a=setup:active
a=sctp-port:5000
a=max-message-size:262144
`);

/** One change of a text: each `from` becomes its `to`, at its first place; a `from` that is not there is a mistake of the test. */
export function changed(
  sdp: string,
  ...changes: readonly (readonly [from: string, to: string])[]
): string {
  return changes.reduce((current, [from, to]) => {
    const wanted = from.replaceAll("\n", "\r\n");
    if (!current.includes(wanted)) throw new RangeError(`The text has no "${from}".`);
    return current.replace(wanted, () => to.replaceAll("\n", "\r\n"));
  }, sdp);
}

function text(lines: string): string {
  return lines.trimStart().replaceAll("\n", "\r\n");
}
