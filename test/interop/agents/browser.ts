import type { AgentReport, MediaKind } from "../agent.ts";
import type { Platform } from "./w3c.ts";

/** A browser's page as platform. It is sent there as text, so it uses nothing of this file. */
export function browserPlatform(): Platform {
  const context = new AudioContext();
  /** The loudest sample of what a track plays just now. */
  const meter = (track: MediaStreamTrack): (() => number) => {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return () => {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
    };
  };
  return {
    RTCPeerConnection,
    async createTrack(kind: MediaKind) {
      if (kind === "audio" && context.state !== "running") {
        // Firefox runs no AudioContext without a loudspeaker; its fake microphone plays a tone.
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        return stream.getAudioTracks()[0] as MediaStreamTrack;
      }
      if (kind === "audio") {
        const oscillator = context.createOscillator();
        const destination = context.createMediaStreamDestination();
        oscillator.connect(destination);
        oscillator.start();
        return destination.stream.getAudioTracks()[0] as MediaStreamTrack;
      }
      const canvas = document.createElement("canvas");
      canvas.width = 320;
      canvas.height = 240;
      const paint = canvas.getContext("2d") as CanvasRenderingContext2D;
      let step = 0;
      setInterval(() => {
        paint.fillStyle = `hsl(${step++ % 360} 80% 50%)`;
        paint.fillRect(0, 0, canvas.width, canvas.height);
      }, 50);
      return canvas.captureStream(20).getVideoTracks()[0] as MediaStreamTrack;
    },
    createStream: (track) => new MediaStream([track]),
    watch(track, pc) {
      // A browser decodes what somebody plays.
      const element = document.createElement(track.kind === "audio" ? "audio" : "video");
      element.srcObject = new MediaStream([track]);
      element.muted = track.kind === "video";
      element.play().catch(() => {});
      const loudness = track.kind === "audio" ? meter(track) : undefined;
      let peak = 0;
      return async () => {
        let found: AgentReport["video"] = { decoded: 0 };
        for (const entry of (await pc.getStats()).values()) {
          const { type, kind, framesDecoded, frameWidth, frameHeight } = entry;
          const { totalSamplesReceived, audioLevel = 0 } = entry;
          if (type !== "inbound-rtp" || kind !== track.kind) continue;
          found =
            kind === "video"
              ? { decoded: framesDecoded ?? 0, size: `${frameWidth}x${frameHeight}` }
              : { decoded: totalSamplesReceived ?? 0, peak: audioLevel };
        }
        if (loudness === undefined) return found;
        // Chromium has no level without a loudspeaker, Firefox no running AudioContext.
        peak = Math.max(peak, found.peak ?? 0, loudness());
        return { ...found, peak };
      };
    },
  };
}
