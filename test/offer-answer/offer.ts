/** A text with CRLF behind every line. */
export function withCRLF(text: string): string {
  return `${text.trim().split("\n").join("\r\n")}\r\n`;
}

/** A video section alone, with one VP8 of a payload type. */
export function video(payloadType: string): string {
  return withCRLF(`v=0
o=- 1 1 IN IP4 0.0.0.0
s=-
t=0 0
m=audio 9 UDP/TLS/RTP/SAVPF 0
m=video 9 UDP/TLS/RTP/SAVPF ${payloadType}
a=rtpmap:${payloadType} VP8/90000`);
}

/** An offer in which every kind of reference to a payload type occurs. */
export const offer: string = withCRLF(`v=0
o=- 4068680854980239793 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
a=msid-semantic: WMS
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=ice-ufrag:mg+w
a=ice-pwd:pU0BRilzH6TpLLMvFWXFVRHg
a=fingerprint:sha-256 9E:E7:20:BD:85:E7:85:E3:2F:37:2F:75:03:41:69:69:88:CE:7C:B0:ED:78:4B:C1:0C:4E:D0:63:92:C5:CC:C1
a=setup:actpass
a=mid:0
a=sendrecv
a=rtcp-mux
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 118 119 120 49
c=IN IP4 0.0.0.0
a=ice-ufrag:mg+w
a=ice-pwd:pU0BRilzH6TpLLMvFWXFVRHg
a=fingerprint:sha-256 9E:E7:20:BD:85:E7:85:E3:2F:37:2F:75:03:41:69:69:88:CE:7C:B0:ED:78:4B:C1:0C:4E:D0:63:92:C5:CC:C1
a=setup:actpass
a=mid:1
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=rtcp-mux
a=rtcp-fb:* ccm fir
a=rtpmap:96 VP8/90000
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:102 H264/90000
a=rtcp-fb:102 nack pli
a=fmtp:102 packetization-mode=1;profile-level-id=42e01f
a=imageattr:102 send [x=640,y=480]
a=rtpmap:103 rtx/90000
a=fmtp:103 apt=102; rtx-time=3000
a=rtpmap:118 red/90000
a=rtpmap:119 rtx/90000
a=fmtp:119 apt=118
a=rtpmap:120 ulpfec/90000
a=rtpmap:49 flexfec-03/90000
a=fmtp:49 repair-window=10000000
a=rid:hi send pt=96,102
a=rid:lo send max-width=320;pt=102
a=rid:mid send
a=rid:back recv
a=simulcast:send hi;lo,~mid recv back
a=ssrc-group:FID 1 2
a=ssrc:1 cname:x
a=ssrc:1 fmtp:102 profile-level-id=42e01f
a=ssrc:2 cname:x
m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:mg+w
a=ice-pwd:pU0BRilzH6TpLLMvFWXFVRHg
a=fingerprint:sha-256 9E:E7:20:BD:85:E7:85:E3:2F:37:2F:75:03:41:69:69:88:CE:7C:B0:ED:78:4B:C1:0C:4E:D0:63:92:C5:CC:C1
a=setup:actpass
a=mid:2
a=sctp-port:5000
a=max-message-size:262144`);
