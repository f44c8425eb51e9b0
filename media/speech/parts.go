package speech

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"
)

// How many sentences a part has. A cloud needs some seconds for the most.
const (
	leastOfPart = 6
	mostOfPart  = 14
)

// Part is a stretch of a document that is spoken by itself. The same stretch is the same
// part wherever it stands, so that of a document that changed little is made again.
type Part struct {
	Key       string // of its sound
	Block     int    // where its sentences begin to count their blocks
	Sentences []Sentence
}

// Parts cuts what is spoken into parts whose MP3s, one after another, are the voice of
// all. Where it cuts is told by the words there, so that words that come or go move no
// cut but those beside them.
func Parts(by Speaker, of []Sentence) (all []Part) {
	for begun := 0; begun < len(of); {
		end := begun + cut(of[begun:])
		all = append(all, part(by, of[begun:end]))
		begun = end
	}
	return all
}

// cut is how many sentences the first part has: it ends where a block does, if one may, and
// of these places before the words whose hash is the least.
func cut(of []Sentence) int {
	if len(of) <= mostOfPart {
		return len(of)
	}
	at, least := mostOfPart, [sha256.Size]byte{}
	ends := func(n int) bool { return of[n].Block != of[n-1].Block }
	for n := leastOfPart; n <= mostOfPart; n++ {
		sum := sha256.Sum256([]byte(of[n].Text))
		better := bytes.Compare(sum[:], least[:]) < 0
		if n == leastOfPart || ends(n) && !ends(at) || ends(n) == ends(at) && better {
			at, least = n, sum
		}
	}
	return at
}

func part(by Speaker, of []Sentence) Part {
	p := Part{Block: of[0].Block, Sentences: slices.Clone(of)}
	for i := range p.Sentences {
		p.Sentences[i].Block -= p.Block
	}
	p.Key = Key(by, p.Sentences)
	return p
}

// ErrNoFrames is for bytes that are not MP3 as this package makes it.
var ErrNoFrames = errors.New("no MP3 of one layer III after another")

// samplesOfFrame is how many samples a frame holds at rates below 32,000.
const samplesOfFrame = 576

// kilobits of MPEG-2 layer III by the index of a frame's head.
var kilobits = [16]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}

// Samples is how many samples an MP3 of Make plays: more than were spoken, since whole
// frames are. It is by them that the next part begins.
func Samples(mp3 []byte, rate int) (n int, err error) {
	for at := 0; at < len(mp3); n += samplesOfFrame {
		if at+4 > len(mp3) || mp3[at] != 0xFF || mp3[at+1]&0xF6 != 0xF2 {
			return 0, ErrNoFrames
		}
		bits := kilobits[mp3[at+2]>>4]
		if bits == 0 {
			return 0, ErrNoFrames
		}
		at += 72*bits*1000/rate + int(mp3[at+2]>>1&1)
	}
	return n, nil
}

// Ready is why no voice can be made with this binary, nil where it can.
func Ready() error {
	_, err := loadLame()
	return err
}
