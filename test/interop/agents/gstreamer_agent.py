"""An agent on GStreamer's webrtcbin: calls as JSON Lines in, results and candidates out."""
import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

Gst.init(None)

SOURCES = {
    "OPUS": "audiotestsrc is-live=true wave=sine freq=440 volume=0.5 ! audioconvert ! audioresample"
    " ! opusenc ! rtpopuspay pt={pt}",
    "VP8": "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1"
    " ! vp8enc deadline=1 keyframe-max-dist=15 ! rtpvp8pay pt={pt}",
}
CAPS = {
    "OPUS": "application/x-rtp,media=audio,encoding-name=OPUS,payload={pt},clock-rate=48000",
    "VP8": "application/x-rtp,media=video,encoding-name=VP8,payload={pt},clock-rate=90000",
}
DECODERS = {
    "OPUS": "rtpopusdepay ! opusdec ! audioconvert ! audio/x-raw,format=S16LE",
    "VP8": "rtpvp8depay ! vp8dec",
}
CODECS = dict(audio="OPUS", video="VP8")

lock = threading.Lock()


def say(value):
    with lock:
        print(json.dumps(value), flush=True)


class Connection:
    def __init__(self, number, options):
        self.number = number
        self.options = options
        self.channel = None
        self.messages = 0
        self.media = dict(audio=dict(decoded=0, peak=0), video=dict(decoded=0))
        self.pipeline = Gst.Pipeline.new(None)
        self.bin = Gst.ElementFactory.make("webrtcbin", None)
        self.bin.set_property("bundle-policy", "max-bundle")
        self.bin.set_property("latency", 50)
        self.pipeline.add(self.bin)
        self.bin.connect("on-ice-candidate", self.on_candidate)
        self.bin.connect("on-data-channel", lambda _, channel: self.watch_channel(channel))
        # The object that create-data-channel returns crashes PyGObject; this signal hands over the same one.
        self.bin.connect("prepare-data-channel", self.on_prepared)
        self.bin.connect("pad-added", self.on_pad)
        self.pipeline.set_state(Gst.State.PLAYING)

    def on_candidate(self, _, index, candidate):
        init = dict(candidate=candidate, sdpMLineIndex=index)
        say(dict(event="candidate", id=self.number, candidate=init))

    def on_prepared(self, _, channel, is_local):
        if is_local:
            self.watch_channel(channel)

    def watch_channel(self, channel):
        self.channel = channel
        channel.connect("on-message-string", self.count_message)

    def count_message(self, *_):
        self.messages += 1

    def on_pad(self, _, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        caps = pad.get_current_caps().get_structure(0)
        kind = caps.get_string("media")
        decoder = Gst.parse_bin_from_description(
            DECODERS[CODECS[kind]] + " ! fakesink name=sink signal-handoffs=true sync=false", True
        )
        decoder.get_by_name("sink").connect("handoff", self.count_frame, kind)
        self.pipeline.add(decoder)
        decoder.sync_state_with_parent()
        pad.link(decoder.get_static_pad("sink"))

    def count_frame(self, _, buffer, pad, kind):
        media = self.media[kind]
        media["decoded"] += 1
        if kind == "video":
            caps = pad.get_current_caps().get_structure(0)
            media["size"] = f"{caps.get_int('width')[1]}x{caps.get_int('height')[1]}"
        else:
            samples = memoryview(buffer.extract_dup(0, buffer.get_size())).cast("h")
            media["peak"] = max(media["peak"], max(map(abs, samples), default=0) / 32768)

    def wait(self, signal, *arguments):
        promise = Gst.Promise.new()
        self.bin.emit(signal, *arguments, promise)
        promise.wait()
        reply = promise.get_reply()
        if reply is not None and reply.has_field("error"):
            raise RuntimeError(str(reply.get_value("error")))
        return reply

    def send(self, codec, payload_type):
        """Sends media, once its caps have come through: webrtcbin describes a section by them."""
        source = Gst.parse_bin_from_description(
            f"{SOURCES[codec]} ! queue ! capsfilter name=end caps={CAPS[codec]}".format(pt=payload_type),
            False,
        )
        end = source.get_by_name("end").get_static_pad("src")
        source.add_pad(Gst.GhostPad.new("src", end))
        has_caps = threading.Event()

        def on_event(_, info):
            if info.get_event().type == Gst.EventType.CAPS:
                has_caps.set()
            return Gst.PadProbeReturn.OK

        end.add_probe(Gst.PadProbeType.EVENT_DOWNSTREAM, on_event)
        self.pipeline.add(source)
        sink = self.bin.request_pad_simple("sink_%u")
        source.get_static_pad("src").link(sink)
        source.sync_state_with_parent()
        has_caps.wait(3)

    def offer(self, _):
        for number, kind in enumerate(self.options["media"]):
            self.send(CODECS[kind], 96 + number)
        if self.options["hasData"]:
            self.bin.emit("create-data-channel", "lab", None)
        return self.describe("offer")

    def answer(self, offer):
        self.set_remote(offer)
        for section in offer["sdp"].split("\r\nm=")[1:]:
            names = dict(
                line[9:].split("/")[0].split(" ", 1)
                for line in section.split("\r\n")
                if line.startswith("a=rtpmap:")
            )
            for payload_type in section.split("\r\n")[0].split(" ")[3:]:
                if names.get(payload_type, "").upper() in SOURCES:
                    self.send(names[payload_type].upper(), int(payload_type))
                    break
        return self.describe("answer")

    def describe(self, kind):
        # The reply owns the description, so it has to live as long.
        reply = self.wait(f"create-{kind}", None)
        description = reply.get_value(kind)
        text = description.sdp.as_text()
        self.wait("set-local-description", description)
        return dict(type=kind, sdp=text)

    def set_remote(self, description):
        message = GstSdp.SDPMessage.new_from_text(description["sdp"])[1]
        kind = getattr(GstWebRTC.WebRTCSDPType, description["type"].upper())
        self.wait("set-remote-description", GstWebRTC.WebRTCSessionDescription.new(kind, message))

    def accept(self, answer):
        self.set_remote(answer)

    def candidate(self, init):
        if init and init["candidate"]:
            self.bin.emit("add-ice-candidate", init.get("sdpMLineIndex") or 0, init["candidate"])

    def say(self, text):
        if self.channel is None or self.channel.get_property("ready-state").value_nick != "open":
            raise RuntimeError("The data channel is not open.")
        self.channel.emit("send-string", text)

    def report(self, _):
        state = self.bin.get_property("connection-state").value_nick
        return dict(connection=state, messages=self.messages, **self.media)

    def close(self, _):
        self.pipeline.set_state(Gst.State.NULL)


connections = {}


def handle(line):
    number = line["id"]
    try:
        if line["method"] == "open":
            connections[number] = Connection(number, line["value"])
            result = None
        else:
            result = getattr(connections[number], line["method"])(line.get("value"))
        say(dict(call=line["call"], result=result))
    except Exception as error:
        say(dict(call=line["call"], error=f"{type(error).__name__}: {error}"))


threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
say(dict(version=".".join(str(part) for part in Gst.version()[:3])))
for text in sys.stdin:
    handle(json.loads(text))
