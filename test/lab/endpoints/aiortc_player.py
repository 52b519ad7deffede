"""Plays cases with aiortc: a case as a line of JSON in, its rounds as a line of JSON out."""
import asyncio
import json
import sys

import aiortc
from aiortc import RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack


def track(kind):
    return AudioStreamTrack() if kind == "audio" else VideoStreamTrack()


def prefer(transceiver, names):
    wanted = [name.lower() for name in names]
    codecs = RTCRtpSender.getCapabilities(transceiver.kind).codecs
    transceiver.setCodecPreferences(
        [codec for codec in codecs if codec.mimeType.split("/")[1].lower() in wanted]
    )


def prepare_offer(pc, step):
    for media in step.get("add", []):
        sends = media["direction"].startswith("send")
        pc.addTransceiver(track(media["kind"]) if sends else media["kind"], direction=media["direction"])
        if media.get("codecs"):
            prefer(pc.getTransceivers()[-1], media["codecs"])
    for number in range(step.get("data", 0)):
        pc.createDataChannel(f"channel-{number}")


def prepare_answer(pc, step):
    plan = step.get("answer", {})
    for transceiver in pc.getTransceivers():
        transceiver.direction = plan.get("direction", "sendrecv")
        if transceiver.direction == "sendrecv":
            transceiver.sender.replaceTrack(track(transceiver.kind))


async def play(case):
    pair = [RTCPeerConnection(), RTCPeerConnection()]
    rounds = []
    try:
        for step in case["rounds"]:
            offerer, answerer = pair
            offer = step.get("offer")
            if offer is None:
                prepare_offer(offerer, step)
                # aiortc gathers before this returns, and knows no trickling.
                await offerer.setLocalDescription(await offerer.createOffer())
                offer = offerer.localDescription.sdp
            await answerer.setRemoteDescription(RTCSessionDescription(type="offer", sdp=offer))
            prepare_answer(answerer, step)
            await answerer.setLocalDescription(await answerer.createAnswer())
            answer = answerer.localDescription.sdp
            if "offer" not in step:
                await offerer.setRemoteDescription(RTCSessionDescription(type="answer", sdp=answer))
            rounds.append(dict(offer=offer, answer=answer, offerCandidates=[], answerCandidates=[]))
    finally:
        for pc in pair:
            await pc.close()
    return rounds


async def main():
    print(json.dumps(dict(version=aiortc.__version__)), flush=True)
    loop = asyncio.get_event_loop()
    # Closing while ICE is about to start is an unhandled exception in aiortc.
    loop.set_exception_handler(lambda *_: None)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        try:
            print(json.dumps(dict(rounds=await play(json.loads(line)))), flush=True)
        except Exception as error:
            print(json.dumps(dict(error=f"{type(error).__name__}: {error}")), flush=True)


asyncio.run(main())
