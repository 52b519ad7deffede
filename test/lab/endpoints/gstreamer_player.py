"""Plays cases with GStreamer's webrtcbin: a case as a line of JSON in, its rounds as a line of JSON out."""
import json
import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

Gst.init(None)

SOURCES = {
    "opus": "audiotestsrc is-live=true ! opusenc ! rtpopuspay pt={pt}",
    "VP8": "videotestsrc is-live=true ! video/x-raw,width=320,height=240 ! vp8enc deadline=1 ! rtpvp8pay pt={pt}",
    "H264": "videotestsrc is-live=true ! video/x-raw,width=320,height=240 ! x264enc tune=zerolatency"
    " ! video/x-h264,profile=constrained-baseline ! rtph264pay config-interval=-1 pt={pt}",
}
CAPS = {
    "opus": "application/x-rtp,media=audio,encoding-name=OPUS,payload={pt},clock-rate=48000",
    "VP8": "application/x-rtp,media=video,encoding-name=VP8,payload={pt},clock-rate=90000",
    "H264": "application/x-rtp,media=video,encoding-name=H264,payload={pt},clock-rate=90000",
}
Direction = GstWebRTC.WebRTCRTPTransceiverDirection


class Peer:
    def __init__(self, name):
        self.pipeline = Gst.Pipeline.new(name)
        self.bin = Gst.ElementFactory.make("webrtcbin", "webrtc")
        self.bin.set_property("bundle-policy", "max-bundle")
        self.pipeline.add(self.bin)
        self.candidates = []
        self.bin.connect("on-ice-candidate", self.on_candidate)
        self.pipeline.set_state(Gst.State.PLAYING)
        self.next_payload_type = 96

    def on_candidate(self, _, index, candidate):
        self.candidates.append(dict(candidate=candidate, sdpMLineIndex=index))

    def wait(self, signal, *arguments):
        promise = Gst.Promise.new()
        self.bin.emit(signal, *arguments, promise)
        promise.wait()
        reply = promise.get_reply()
        if reply is not None and reply.has_field("error"):
            raise RuntimeError(str(reply.get_value("error")))
        return reply

    def source(self, codec, payload_type):
        text = SOURCES[codec] + " ! queue ! capsfilter name=end caps=" + CAPS[codec]
        source = Gst.parse_bin_from_description(text.format(pt=payload_type), False)
        pad = Gst.GhostPad.new("src", source.get_by_name("end").get_static_pad("src"))
        source.add_pad(pad)
        self.pipeline.add(source)
        pad.link(self.bin.request_pad_simple("sink_%u"))
        source.sync_state_with_parent()

    def add(self, media):
        codec = (media.get("codecs") or ["opus" if media["kind"] == "audio" else "VP8"])[0]
        payload_type = self.next_payload_type
        self.next_payload_type += 1
        if media["direction"] == "recvonly":
            caps = Gst.Caps.from_string(CAPS[codec].format(pt=payload_type))
            self.bin.emit("add-transceiver", Direction.RECVONLY, caps)
        else:
            self.source(codec, payload_type)

    def describe(self, kind):
        # The sources' caps reach webrtcbin some time after they are linked.
        time.sleep(0.4)
        # The reply owns the description, so it has to live as long.
        reply = self.wait(f"create-{kind}", None)
        description = reply.get_value(kind)
        text = description.sdp.as_text()
        self.wait("set-local-description", description)
        return text

    def gathered(self):
        end = time.time() + 3
        while self.bin.get_property("ice-gathering-state").value_nick != "complete" and time.time() < end:
            time.sleep(0.05)
        return self.bin.get_property("local-description").sdp.as_text()

    def set_remote(self, kind, sdp):
        message = GstSdp.SDPMessage.new_from_text(sdp)[1]
        sdp_type = getattr(GstWebRTC.WebRTCSDPType, kind.upper())
        self.wait("set-remote-description", GstWebRTC.WebRTCSessionDescription.new(sdp_type, message))

    def answer_media(self, offer):
        """Sends what the offer asks for, with the first of its payload types that there is a source for."""
        for section in offer.split("\r\nm=")[1:]:
            names = dict(
                line[9:].split("/")[0].split(" ", 1)
                for line in section.split("\r\n")
                if line.startswith("a=rtpmap:")
            )
            for payload_type in section.split("\r\n")[0].split(" ")[3:]:
                codec = {"opus": "opus", "vp8": "VP8", "h264": "H264"}.get(names.get(payload_type, "").lower())
                if codec and "a=sendonly" not in section:
                    self.source(codec, int(payload_type))
                    break

    def close(self):
        self.pipeline.set_state(Gst.State.NULL)


def play(case):
    offerer, answerer = Peer("offerer"), Peer("answerer")
    rounds = []
    try:
        for step in case["rounds"]:
            offer = step.get("offer")
            if offer is None:
                if step.get("data"):
                    raise RuntimeError("webrtcbin's data channels crash PyGObject")
                for media in step.get("add", []):
                    offerer.add(media)
                offer = offerer.describe("offer")
                if step.get("gathered"):
                    offer = offerer.gathered()
            answerer.set_remote("offer", offer)
            answerer.answer_media(offer)
            answer = answerer.describe("answer")
            if step.get("gathered"):
                answer = answerer.gathered()
            if "offer" not in step:
                offerer.set_remote("answer", answer)
                offerer.gathered()
            answerer.gathered()
            rounds.append(
                dict(
                    offer=offer,
                    answer=answer,
                    offerCandidates=offerer.candidates,
                    answerCandidates=answerer.candidates,
                )
            )
    finally:
        offerer.close()
        answerer.close()
    return rounds


threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
print(json.dumps(dict(version=".".join(str(part) for part in Gst.version()[:3]))), flush=True)
for line in sys.stdin:
    try:
        print(json.dumps(dict(rounds=play(json.loads(line)))), flush=True)
    except Exception as error:
        print(json.dumps(dict(error=f"{type(error).__name__}: {error}")), flush=True)
