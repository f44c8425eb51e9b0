package pages

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"time"
	"unicode/utf16"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// sandbox is PDFium in WebAssembly. A document that breaks it breaks nothing
// else; after that it must not be used again.
type sandbox struct {
	ctx       context.Context
	pool      pdfium.Pool
	functions map[string]api.Function
	find      func(name string) api.Function
	module    api.Module
	memory    *guestMemory
	stack     [16]uint64
	broken    error  // a trap: kept, and answered to every later call
	room      uint64 // for what functions answer by pointer

	canvasAt   uint64
	canvasSize int
}

// openSandbox starts PDFium. Of the machine's files it sees those below fonts,
// and these it cannot write. A compiled PDFium is kept in the cache folder.
func openSandbox(cache, fonts string, memoryLimit int64) (*sandbox, error) {
	s := &sandbox{functions: map[string]api.Function{}, memory: &guestMemory{limit: uint64(memoryLimit)}}
	s.ctx = experimental.WithMemoryAllocator(context.Background(), s.memory)
	runtime := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	if cache != "" {
		kept, err := wazero.NewCompilationCacheWithDir(cache)
		if err != nil {
			return nil, err
		}
		runtime = runtime.WithCompilationCache(kept)
	}
	files := wazero.NewFSConfig() // never left out: without one, the library opens the whole machine to PDFium
	if fonts != "" {
		files = files.WithReadOnlyDirMount(fonts, "/")
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: s.ctx, MaxTotal: 1, MaxIdle: 1, FSConfig: files, RuntimeConfig: runtime, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, err
	}
	s.pool = pool
	return s, s.enter()
}

// enter reaches through the library to PDFium's own functions: the library
// allocates for every character that it is asked about, which costs more than
// the drawing of the page.
func (s *sandbox) enter() error {
	instance, err := s.pool.GetInstance(time.Minute)
	if err != nil {
		return err
	}
	inside := instance.GetImplementation()
	finder, ok := inside.(interface{ Fn(string) api.Function })
	if !ok {
		return errors.New("pages: this go-pdfium keeps its functions to itself")
	}
	s.find = finder.Fn
	s.module, ok = reflect.ValueOf(inside).Elem().FieldByName("Module").Interface().(api.Module)
	if !ok {
		return errors.New("pages: this go-pdfium keeps its memory to itself")
	}
	s.room = s.call("malloc", roomSize)
	return s.broken
}

// roomSize is how many bytes there are for what functions answer by pointer.
const roomSize = 256

// call calls a function of PDFium by its name in C; whoever calls looks at
// broken before believing what was answered.
func (s *sandbox) call(name string, arguments ...uint64) uint64 {
	if s.broken != nil {
		return 0
	}
	f := s.functions[name]
	if f == nil {
		if f = s.find(name); f == nil {
			s.broken = fmt.Errorf("pages: PDFium has no function %s", name)
			return 0
		}
		s.functions[name] = f
	}
	copy(s.stack[:], arguments)
	if err := f.CallWithStack(s.ctx, s.stack[:]); err != nil {
		s.broken = s.trapped(err)
		return 0
	}
	return s.stack[0]
}

func (s *sandbox) trapped(err error) error {
	if s.memory.refused {
		return ErrTooMuchMemory
	}
	return fmt.Errorf("%w (%w)", ErrDamaged, err)
}

// is calls a function that answers yes or no.
func (s *sandbox) is(name string, arguments ...uint64) bool {
	return uint32(s.call(name, arguments...)) != 0
}

// count calls a function that answers how many, or -1.
func (s *sandbox) count(name string, arguments ...uint64) int {
	return int(int32(s.call(name, arguments...)))
}

// bytes is a part of PDFium's memory, good until the next call.
func (s *sandbox) bytes(at uint64, size int) []byte {
	b, ok := s.module.Memory().Read(uint32(at), uint32(size))
	if !ok {
		return make([]byte, size)
	}
	return b
}

func (s *sandbox) floats(at uint64, n int) []float64 {
	b := s.bytes(at, 4*n)
	list := make([]float64, n)
	for i := range list {
		list[i] = float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}

func (s *sandbox) ints(at uint64, n int) []int {
	b := s.bytes(at, 4*n)
	list := make([]int, n)
	for i := range list {
		list[i] = int(int32(binary.LittleEndian.Uint32(b[4*i:])))
	}
	return list
}

// keep copies bytes into PDFium's memory and says where; 0 where there is no room.
func (s *sandbox) keep(content []byte) uint64 {
	at := s.call("malloc", uint64(max(len(content), 1)))
	if at == 0 {
		if s.broken == nil {
			s.broken = ErrTooMuchMemory
		}
		return 0
	}
	s.module.Memory().Write(uint32(at), content)
	return at
}

func (s *sandbox) free(at uint64) { s.call("free", at) }

// wide asks for a text in UTF-16, first for how long it is.
func (s *sandbox) wide(ask func(buffer, size uint64) uint64) string {
	size := ask(0, 0)
	if size < 2 || size > maxWide {
		return ""
	}
	at := s.keep(make([]byte, size))
	if at == 0 {
		return ""
	}
	defer s.free(at)
	ask(at, size)
	b := s.bytes(at, int(size))
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(b[i:]))
	}
	return string(bytes.TrimRight([]byte(string(utf16.Decode(units))), "\x00"))
}

const maxWide = 64 << 10

func f64(v float64) uint64 { return api.EncodeF64(v) }
