import type { Case, Recorded } from "./cases.ts";

/**
 * Plays a case on two `RTCPeerConnection`s of the place it runs in, and returns every round.
 * It is sent to a browser as text, so it uses nothing of this file. Where there is no canvas and
 * no oscillator, the global function `labTrack` makes the tracks.
 */
export async function playCase(play: Case): Promise<Recorded[]> {
  type Step = Case["rounds"][number];
  const { labTrack } = globalThis as { labTrack?: (kind: string) => MediaStreamTrack };
  const track = (kind: string): MediaStreamTrack => {
    if (labTrack) return labTrack(kind);
    if (kind === "audio") {
      const context = new AudioContext();
      const oscillator = context.createOscillator();
      const destination = context.createMediaStreamDestination();
      oscillator.connect(destination);
      oscillator.start();
      return destination.stream.getAudioTracks()[0] as MediaStreamTrack;
    }
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 360;
    canvas.getContext("2d")?.fillRect(0, 0, 640, 360);
    return canvas.captureStream(15).getVideoTracks()[0] as MediaStreamTrack;
  };
  const prefer = (transceiver: RTCRtpTransceiver, names: readonly string[]): void => {
    const all = RTCRtpReceiver.getCapabilities(transceiver.receiver.track.kind)?.codecs ?? [];
    const codecs = names.flatMap((name) =>
      all.filter(({ mimeType }) => mimeType.split("/")[1]?.toLowerCase() === name.toLowerCase()),
    );
    if (codecs.length === 0) throw new Error(`This endpoint has none of ${names.join(", ")}.`);
    transceiver.setCodecPreferences(codecs);
  };
  const prepareOffer = (pc: RTCPeerConnection, step: Step): void => {
    for (const { kind, direction, codecs, rids, withoutTrack } of step.add ?? []) {
      const hasTrack = direction.startsWith("send") && withoutTrack !== true;
      const media = hasTrack ? track(kind) : undefined;
      const transceiver = pc.addTransceiver(media ?? kind, {
        direction,
        ...(media ? { streams: [new MediaStream([media])] } : {}),
        ...(rids
          ? {
              sendEncodings: rids.map((rid, index) => ({
                rid,
                scaleResolutionDownBy: 2 ** (rids.length - 1 - index),
              })),
            }
          : {}),
      });
      if (codecs) prefer(transceiver, codecs);
    }
    for (let n = 0; n < (step.data ?? 0); n++) pc.createDataChannel(`channel-${n}`);
    for (const [index, change] of Object.entries(step.change ?? {})) {
      const transceiver = pc.getTransceivers()[Number(index)] as RTCRtpTransceiver;
      if (change === "stopped") transceiver.stop();
      else transceiver.direction = change;
    }
  };
  const prepareAnswer = async (pc: RTCPeerConnection, step: Step): Promise<void> => {
    const plan = step.answer ?? {};
    for (const [index, transceiver] of pc.getTransceivers().entries()) {
      if (transceiver.mid == null || transceiver.direction === "stopped") continue;
      if (plan.stop?.includes(index)) {
        transceiver.stop();
        continue;
      }
      const kind = transceiver.receiver.track.kind as "audio" | "video";
      transceiver.direction = plan.direction ?? "sendrecv";
      if (transceiver.direction === "sendrecv" && !transceiver.sender.track) {
        const media = track(kind);
        await transceiver.sender.replaceTrack(media);
        // werift takes a list here, and node-webrtc has no such method.
        if (!labTrack) transceiver.sender.setStreams(new MediaStream([media]));
      }
      const names = plan.codecs?.[kind];
      if (names) prefer(transceiver, names);
    }
  };
  const collect = (pc: RTCPeerConnection, other: RTCPeerConnection, into: unknown[]): void => {
    pc.onicecandidate = ({ candidate }) => {
      into.push(candidate === null ? null : candidate.toJSON());
      if (candidate && other.remoteDescription) other.addIceCandidate(candidate).catch(() => {});
    };
  };
  const settle = async (pc: RTCPeerConnection): Promise<void> => {
    const end = Date.now() + 3000;
    while (pc.iceGatheringState !== "complete" && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  const pair = [
    new RTCPeerConnection(play.configuration),
    new RTCPeerConnection(play.configuration),
  ];
  try {
    const rounds: Recorded[] = [];
    for (const step of play.rounds) {
      const [offerer, answerer] = (step.fromAnswerer ? [...pair].reverse() : pair) as [
        RTCPeerConnection,
        RTCPeerConnection,
      ];
      const offerCandidates: unknown[] = [];
      const answerCandidates: unknown[] = [];
      collect(offerer, answerer, offerCandidates);
      collect(answerer, offerer, answerCandidates);

      let offerSdp = step.offer ?? "";
      if (step.offer === undefined) {
        prepareOffer(offerer, step);
        if (step.iceRestart) offerer.restartIce();
        const offer = await offerer.createOffer();
        await offerer.setLocalDescription(offer);
        if (step.gathered) await settle(offerer);
        offerSdp = (step.gathered ? offerer.localDescription : offer)?.sdp ?? "";
      }
      await answerer.setRemoteDescription({ type: "offer", sdp: offerSdp });

      await prepareAnswer(answerer, step);
      const answer = await answerer.createAnswer();
      await answerer.setLocalDescription(answer);
      if (step.gathered) await settle(answerer);
      const answerSdp = (step.gathered ? answerer.localDescription : answer)?.sdp ?? "";
      if (step.offer === undefined) {
        await offerer.setRemoteDescription({ type: "answer", sdp: answerSdp });
        await settle(offerer);
      }
      await settle(answerer);
      await new Promise((resolve) => setTimeout(resolve, 100));
      rounds.push({ offer: offerSdp, answer: answerSdp, offerCandidates, answerCandidates });
    }
    return rounds;
  } finally {
    for (const pc of pair) pc.close();
  }
}
