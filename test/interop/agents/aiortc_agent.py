"""An agent on aiortc: calls as JSON Lines in, results and candidates out."""
import asyncio
import fractions
import json
import math
import sys
import time

import aiortc
import av
import numpy
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack, VideoStreamTrack
from aiortc.sdp import candidate_from_sdp

RATE = 48000
SAMPLES = RATE // 50


class Tone(MediaStreamTrack):
    """aiortc's own AudioStreamTrack is silent."""

    kind = "audio"

    def __init__(self):
        super().__init__()
        self.at = 0
        self.start = time.time()

    async def recv(self):
        await asyncio.sleep(max(0, self.start + self.at / RATE - time.time()))
        wave = numpy.sin(2 * math.pi * 440 * (self.at + numpy.arange(SAMPLES)) / RATE) * 8000
        frame = av.AudioFrame.from_ndarray(wave.astype("int16").reshape(1, -1), "s16", "mono")
        frame.sample_rate = RATE
        frame.pts = self.at
        frame.time_base = fractions.Fraction(1, RATE)
        self.at += SAMPLES
        return frame


def track_of(kind):
    return Tone() if kind == "audio" else VideoStreamTrack()


class Connection:
    def __init__(self, options):
        servers = [RTCIceServer(**server) for server in options.get("iceServers", [])]
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self.options = options
        self.channel = None
        self.messages = 0
        self.media = dict(audio=dict(decoded=0, peak=0), video=dict(decoded=0))
        self.tasks = []
        self.pc.on("datachannel", self.watch_channel)
        self.pc.on("track", lambda track: self.tasks.append(asyncio.ensure_future(self.watch(track))))

    def watch_channel(self, channel):
        self.channel = channel
        channel.on("message", self.count_message)

    def count_message(self, _):
        self.messages += 1

    async def watch(self, track):
        media = self.media[track.kind]
        try:
            while True:
                frame = await track.recv()
                media["decoded"] += 1
                if track.kind == "video":
                    media["size"] = f"{frame.width}x{frame.height}"
                else:
                    media["peak"] = max(media["peak"], int(abs(frame.to_ndarray()).max()) / 32768)
        except MediaStreamError:
            pass

    async def offer(self, _):
        for kind in self.options["media"]:
            self.pc.addTransceiver(track_of(kind), direction="sendrecv")
        if self.options["hasData"]:
            self.watch_channel(self.pc.createDataChannel("lab"))
        return await self.describe(await self.pc.createOffer())

    async def answer(self, offer):
        await self.pc.setRemoteDescription(RTCSessionDescription(**offer))
        for transceiver in self.pc.getTransceivers():
            transceiver.sender.replaceTrack(track_of(transceiver.kind))
            transceiver.direction = "sendrecv"
        return await self.describe(await self.pc.createAnswer())

    async def describe(self, description):
        # aiortc gathers before this returns, and knows no trickling of its own.
        await self.pc.setLocalDescription(description)
        local = self.pc.localDescription
        return dict(type=local.type, sdp=local.sdp)

    async def accept(self, answer):
        await self.pc.setRemoteDescription(RTCSessionDescription(**answer))

    async def candidate(self, init):
        if not init or not init["candidate"]:
            return
        candidate = candidate_from_sdp(init["candidate"].split(":", 1)[1])
        candidate.sdpMid = init.get("sdpMid")
        candidate.sdpMLineIndex = init.get("sdpMLineIndex")
        await self.pc.addIceCandidate(candidate)

    async def say(self, text):
        if self.channel is None or self.channel.readyState != "open":
            raise RuntimeError("The data channel is not open.")
        self.channel.send(text)

    async def report(self, _):
        return dict(connection=self.pc.connectionState, messages=self.messages, **self.media)

    async def close(self, _):
        await self.pc.close()


connections = {}


async def handle(line):
    number = line["id"]
    try:
        if line["method"] == "open":
            connections[number] = Connection(line["value"])
            result = None
        else:
            result = await getattr(connections[number], line["method"])(line.get("value"))
        print(json.dumps(dict(call=line["call"], result=result)), flush=True)
    except Exception as error:
        print(json.dumps(dict(call=line["call"], error=f"{type(error).__name__}: {error}")), flush=True)


async def main():
    loop = asyncio.get_event_loop()
    # Closing while ICE is about to start is an unhandled exception in aiortc.
    loop.set_exception_handler(lambda *_: None)
    print(json.dumps(dict(version=aiortc.__version__)), flush=True)
    reader = asyncio.StreamReader(limit=1 << 22)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asyncio.ensure_future(handle(json.loads(line)))


asyncio.run(main())
