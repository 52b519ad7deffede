// Plays cases with Pion: a case as a line of JSON in, its rounds as a line of JSON out.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/pion/webrtc/v3"
)

type media struct{ Kind, Direction string }

type step struct {
	Offer      *string
	Add        []media
	Data       int
	IceRestart bool
	Gathered   bool
	Answer     struct{ Direction string }
}

type played struct{ Rounds []step }

type recorded struct {
	Offer            string        `json:"offer"`
	Answer           string        `json:"answer"`
	OfferCandidates  []interface{} `json:"offerCandidates"`
	AnswerCandidates []interface{} `json:"answerCandidates"`
}

func track(kind string) (webrtc.TrackLocal, error) {
	mimeType := webrtc.MimeTypeOpus
	if kind == "video" {
		mimeType = webrtc.MimeTypeVP8
	}
	return webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: mimeType}, kind, "pion")
}

func prepareOffer(pc *webrtc.PeerConnection, s step) error {
	for _, m := range s.Add {
		init := webrtc.RTPTransceiverInit{Direction: webrtc.NewRTPTransceiverDirection(m.Direction)}
		var err error
		if strings.HasPrefix(m.Direction, "send") {
			var t webrtc.TrackLocal
			if t, err = track(m.Kind); err == nil {
				_, err = pc.AddTransceiverFromTrack(t, init)
			}
		} else {
			_, err = pc.AddTransceiverFromKind(webrtc.NewRTPCodecType(m.Kind), init)
		}
		if err != nil {
			return err
		}
	}
	for n := 0; n < s.Data; n++ {
		if _, err := pc.CreateDataChannel(fmt.Sprintf("channel-%d", n), nil); err != nil {
			return err
		}
	}
	return nil
}

func prepareAnswer(pc *webrtc.PeerConnection, s step) error {
	for _, transceiver := range pc.GetTransceivers() {
		if s.Answer.Direction == "recvonly" || transceiver.Sender() == nil {
			continue
		}
		t, err := track(transceiver.Kind().String())
		if err != nil {
			return err
		}
		// The offerer may not receive; then Pion keeps the transceiver as it is.
		_ = transceiver.Sender().ReplaceTrack(t)
	}
	return nil
}

// describe makes a description local, waits until gathering has ended, and gives the text before or after it.
func describe(pc *webrtc.PeerConnection, description webrtc.SessionDescription, gathered bool) (string, error) {
	done := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(description); err != nil {
		return "", err
	}
	<-done
	if gathered {
		return pc.LocalDescription().SDP, nil
	}
	return description.SDP, nil
}

func collect(pc *webrtc.PeerConnection, into *[]interface{}) {
	*into = []interface{}{}
	pc.OnICECandidate(func(candidate *webrtc.ICECandidate) {
		if candidate == nil {
			*into = append(*into, nil)
		} else {
			*into = append(*into, candidate.ToJSON())
		}
	})
}

func play(c played) ([]recorded, error) {
	offerer, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	defer offerer.Close()
	answerer, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	defer answerer.Close()
	rounds := []recorded{}
	for _, s := range c.Rounds {
		r := recorded{}
		collect(offerer, &r.OfferCandidates)
		collect(answerer, &r.AnswerCandidates)
		if s.Offer != nil {
			r.Offer = *s.Offer
		} else {
			if err := prepareOffer(offerer, s); err != nil {
				return nil, err
			}
			offer, err := offerer.CreateOffer(&webrtc.OfferOptions{ICERestart: s.IceRestart})
			if err != nil {
				return nil, err
			}
			if r.Offer, err = describe(offerer, offer, s.Gathered); err != nil {
				return nil, err
			}
		}
		if err := answerer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: r.Offer}); err != nil {
			return nil, err
		}
		if err := prepareAnswer(answerer, s); err != nil {
			return nil, err
		}
		answer, err := answerer.CreateAnswer(nil)
		if err != nil {
			return nil, err
		}
		if r.Answer, err = describe(answerer, answer, s.Gathered); err != nil {
			return nil, err
		}
		if s.Offer == nil {
			if err := offerer.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: r.Answer}); err != nil {
				return nil, err
			}
		}
		rounds = append(rounds, r)
	}
	return rounds, nil
}

func main() {
	output := json.NewEncoder(os.Stdout)
	output.SetEscapeHTML(false)
	output.Encode(map[string]string{"ready": "pion"})
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<24)
	for input.Scan() {
		var c played
		err := json.Unmarshal(input.Bytes(), &c)
		var rounds []recorded
		if err == nil {
			rounds, err = play(c)
		}
		if err != nil {
			output.Encode(map[string]string{"error": err.Error()})
		} else {
			output.Encode(map[string]interface{}{"rounds": rounds})
		}
	}
}
