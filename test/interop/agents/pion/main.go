// An agent on Pion: calls as JSON Lines in, results and candidates out.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v3"
	"github.com/pion/webrtc/v3/pkg/media"
	"github.com/pion/webrtc/v3/pkg/media/oggreader"
	"github.com/pion/webrtc/v3/pkg/media/samplebuilder"
)

type options struct {
	Media      []string
	HasData    bool
	IceServers []struct {
		Urls, Username, Credential string
	}
	IceTransportPolicy string
}

type call struct {
	Call   int
	Method string
	ID     int
	Value  json.RawMessage
}

type counted struct {
	Decoded int    `json:"decoded"`
	Size    string `json:"size,omitempty"`
}

type connection struct {
	id       int
	pc       *webrtc.PeerConnection
	options  options
	lock     sync.Mutex
	channel  *webrtc.DataChannel
	messages int
	audio    counted
	video    counted
	done     chan struct{}
}

type object map[string]interface{}

var printing sync.Mutex

func say(value object) {
	bytes, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	printing.Lock()
	defer printing.Unlock()
	os.Stdout.Write(append(bytes, '\n'))
}

func open(id int, given options) (*connection, error) {
	configuration := webrtc.Configuration{}
	for _, server := range given.IceServers {
		configuration.ICEServers = append(configuration.ICEServers, webrtc.ICEServer{
			URLs: []string{server.Urls}, Username: server.Username, Credential: server.Credential,
		})
	}
	if given.IceTransportPolicy == "relay" {
		configuration.ICETransportPolicy = webrtc.ICETransportPolicyRelay
	}
	pc, err := webrtc.NewPeerConnection(configuration)
	if err != nil {
		return nil, err
	}
	c := &connection{id: id, pc: pc, options: given, done: make(chan struct{})}
	pc.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate == nil {
			say(object{"event": "candidate", "id": id, "candidate": nil})
		} else {
			say(object{"event": "candidate", "id": id, "candidate": candidate.ToJSON()})
		}
	})
	pc.OnDataChannel(c.watchChannel)
	pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { c.watchTrack(track) })
	return c, nil
}

func (c *connection) watchChannel(channel *webrtc.DataChannel) {
	c.lock.Lock()
	c.channel = channel
	c.lock.Unlock()
	channel.OnMessage(func(webrtc.DataChannelMessage) {
		c.lock.Lock()
		c.messages++
		c.lock.Unlock()
	})
}

// Pion has no decoder: what counts are frames that could be put together.
func (c *connection) watchTrack(track *webrtc.TrackRemote) {
	var depacketizer rtp.Depacketizer = &codecs.OpusPacket{}
	into := &c.audio
	if track.Kind() == webrtc.RTPCodecTypeVideo {
		depacketizer = &codecs.VP8Packet{}
		into = &c.video
	}
	builder := samplebuilder.New(50, depacketizer, track.Codec().ClockRate)
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		builder.Push(packet)
		for sample := builder.Pop(); sample != nil; sample = builder.Pop() {
			c.lock.Lock()
			into.Decoded++
			// A key frame of VP8 tells its size: RFC 6386 §9.1.
			if into == &c.video && len(sample.Data) > 9 && sample.Data[0]&1 == 0 {
				width := int(sample.Data[6]) | int(sample.Data[7]&0x3f)<<8
				height := int(sample.Data[8]) | int(sample.Data[9]&0x3f)<<8
				into.Size = fmt.Sprintf("%dx%d", width, height)
			}
			c.lock.Unlock()
		}
	}
}

func (c *connection) send(kind string) (*webrtc.TrackLocalStaticSample, error) {
	mime, frames, every := webrtc.MimeTypeOpus, tone, 20*time.Millisecond
	if kind == "video" {
		mime, frames, every = webrtc.MimeTypeVP8, [][]byte{picture}, 33*time.Millisecond
	}
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: mime}, kind, "lab")
	if err != nil {
		return nil, err
	}
	go func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for n := 0; ; n++ {
			select {
			case <-c.done:
				return
			case <-ticker.C:
				track.WriteSample(media.Sample{Data: frames[n%len(frames)], Duration: every})
			}
		}
	}()
	return track, nil
}

func (c *connection) describe(description webrtc.SessionDescription, err error) (interface{}, error) {
	if err != nil {
		return nil, err
	}
	if err := c.pc.SetLocalDescription(description); err != nil {
		return nil, err
	}
	return object{"type": description.Type.String(), "sdp": description.SDP}, nil
}

func (c *connection) offer() (interface{}, error) {
	for _, kind := range c.options.Media {
		track, err := c.send(kind)
		if err != nil {
			return nil, err
		}
		if _, err := c.pc.AddTransceiverFromTrack(track); err != nil {
			return nil, err
		}
	}
	if c.options.HasData {
		channel, err := c.pc.CreateDataChannel("lab", nil)
		if err != nil {
			return nil, err
		}
		c.watchChannel(channel)
	}
	return c.describe(c.pc.CreateOffer(nil))
}

func (c *connection) answer(offer webrtc.SessionDescription) (interface{}, error) {
	// Pion uses tracks that are there before the offer for its sections.
	for _, kind := range c.options.Media {
		track, err := c.send(kind)
		if err != nil {
			return nil, err
		}
		if _, err := c.pc.AddTrack(track); err != nil {
			return nil, err
		}
	}
	if err := c.pc.SetRemoteDescription(offer); err != nil {
		return nil, err
	}
	return c.describe(c.pc.CreateAnswer(nil))
}

var connections = map[int]*connection{}

func handle(request call) (interface{}, error) {
	if request.Method == "open" {
		var given options
		if err := json.Unmarshal(request.Value, &given); err != nil {
			return nil, err
		}
		c, err := open(request.ID, given)
		connections[request.ID] = c
		return nil, err
	}
	c := connections[request.ID]
	var description webrtc.SessionDescription
	switch request.Method {
	case "offer":
		return c.offer()
	case "answer":
		if err := json.Unmarshal(request.Value, &description); err != nil {
			return nil, err
		}
		return c.answer(description)
	case "accept":
		if err := json.Unmarshal(request.Value, &description); err != nil {
			return nil, err
		}
		return nil, c.pc.SetRemoteDescription(description)
	case "candidate":
		var candidate *webrtc.ICECandidateInit
		if err := json.Unmarshal(request.Value, &candidate); err != nil || candidate == nil {
			return nil, err
		}
		return nil, c.pc.AddICECandidate(*candidate)
	case "say":
		c.lock.Lock()
		channel := c.channel
		c.lock.Unlock()
		if channel == nil || channel.ReadyState() != webrtc.DataChannelStateOpen {
			return nil, fmt.Errorf("the data channel is not open")
		}
		var text string
		if err := json.Unmarshal(request.Value, &text); err != nil {
			return nil, err
		}
		return nil, channel.SendText(text)
	case "report":
		c.lock.Lock()
		defer c.lock.Unlock()
		return object{
			"connection": c.pc.ConnectionState().String(), "messages": c.messages,
			"audio": c.audio, "video": c.video,
		}, nil
	case "close":
		close(c.done)
		return nil, c.pc.Close()
	}
	return nil, fmt.Errorf("there is no method %s", request.Method)
}

// A key frame of VP8, one pixel large.
var picture, _ = base64.StdEncoding.DecodeString("MAEAnQEqAQABAA7A/iWkAANwAAAAAA==")

var tone [][]byte

// The packets of an Ogg file with one Opus packet a page's segment.
func readTone(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	reader, _, err := oggreader.NewWith(file)
	if err != nil {
		return err
	}
	for {
		page, _, err := reader.ParseNextPage()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if len(page) > 8 && string(page[:8]) == "OpusTags" {
			continue
		}
		tone = append(tone, page)
	}
}

func main() {
	if err := readTone(os.Args[1]); err != nil {
		panic(err)
	}
	say(object{"version": "of Debian"})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var request call
		if err := json.Unmarshal(lines.Bytes(), &request); err != nil {
			panic(err)
		}
		result, err := handle(request)
		if err != nil {
			say(object{"call": request.Call, "error": err.Error()})
		} else {
			say(object{"call": request.Call, "result": result})
		}
	}
}
