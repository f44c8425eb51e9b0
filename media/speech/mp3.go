package speech

import (
	"context"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

//go:embed all:dist
var dist embed.FS

const (
	bitRate = 32 // kbit/s, the same all along, so that a player finds a place by its byte
	// encoderDelay is how many samples a decoder gives before the first of ours: 576 of
	// the encoder and 529 of the decoder.
	encoderDelay = 1105
	atOnce       = 1 << 14 // samples
)

// lame is LAME in WebAssembly, compiled when it is first used.
type lame struct {
	runtime wazero.Runtime
	module  wazero.CompiledModule
}

var loadLame = sync.OnceValues(func() (*lame, error) {
	code, err := dist.ReadFile("dist/mp3.wasm")
	if err != nil {
		return nil, ErrNoEncoder
	}
	ctx := context.Background()
	l := &lame{runtime: wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(1024))}
	if err := l.imports(ctx); err != nil {
		return nil, err
	}
	if l.module, err = l.runtime.CompileModule(ctx, code); err != nil {
		return nil, fmt.Errorf("compile the encoder: %w", err)
	}
	return l, nil
})

// imports are the two functions that it asks for.
func (l *lame) imports(ctx context.Context) error {
	_, err := l.runtime.NewHostModuleBuilder("env").
		NewFunctionBuilder().WithFunc(func(int32) {}).Export("emscripten_notify_memory_growth").
		Instantiate(ctx)
	if err != nil {
		return err
	}
	_, err = l.runtime.NewHostModuleBuilder("wasi_snapshot_preview1").
		NewFunctionBuilder().WithFunc(func(code int32) { panic(fmt.Sprintf("the encoder left with %d", code)) }).Export("proc_exit").
		Instantiate(ctx)
	return err
}

// encoder makes one MP3 out of samples. It belongs to one document and one goroutine.
type encoder struct {
	module api.Module
	ref    uint64
	out    io.Writer
}

func newEncoder(ctx context.Context, rate int, out io.Writer) (*encoder, error) {
	l, err := loadLame()
	if err != nil {
		return nil, err
	}
	module, err := l.runtime.InstantiateModule(ctx, l.module, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, fmt.Errorf("start the encoder: %w", err)
	}
	e := &encoder{module: module, out: out}
	if err := e.begin(ctx, rate); err != nil {
		return nil, errors.Join(err, module.Close(ctx))
	}
	return e, nil
}

var errEncoder = errors.New("the encoder of MP3 refuses")

// begin hands over channels, rates and the rate of bits; a quality of -1 asks for the
// same rate all along.
func (e *encoder) begin(ctx context.Context, rate int) error {
	var p []byte
	for _, v := range []uint32{1, uint32(rate), bitRate, math.Float32bits(-1), uint32(rate)} {
		p = binary.LittleEndian.AppendUint32(p, v)
	}
	at, err := e.call(ctx, "malloc", uint64(len(p)))
	if err != nil {
		return err
	}
	if at == 0 || !e.module.Memory().Write(uint32(at), p) {
		return errEncoder
	}
	e.ref, err = e.call(ctx, "enc_init", at)
	if err != nil {
		return err
	}
	if e.ref == 0 {
		return errEncoder
	}
	_, err = e.call(ctx, "free", at)
	return err
}

func (e *encoder) call(ctx context.Context, name string, arguments ...uint64) (uint64, error) {
	results, err := e.module.ExportedFunction(name).Call(ctx, arguments...)
	if err != nil || len(results) == 0 {
		return 0, err
	}
	return results[0], nil
}

// write encodes samples.
func (e *encoder) write(ctx context.Context, samples []int16) error {
	for len(samples) > 0 {
		n := min(len(samples), atOnce)
		if err := e.encode(ctx, samples[:n]); err != nil {
			return err
		}
		samples = samples[n:]
	}
	return nil
}

func (e *encoder) encode(ctx context.Context, samples []int16) error {
	channels, err := e.call(ctx, "enc_get_pcm", e.ref, uint64(len(samples)))
	if err != nil {
		return err
	}
	at, ok := e.module.Memory().ReadUint32Le(uint32(channels))
	if !ok {
		return errEncoder
	}
	view, ok := e.module.Memory().Read(at, uint32(4*len(samples)))
	if !ok {
		return errEncoder
	}
	for i, s := range samples {
		binary.LittleEndian.PutUint32(view[4*i:], math.Float32bits(float32(s)/32768))
	}
	n, err := e.call(ctx, "enc_encode", e.ref, uint64(len(samples)))
	return e.take(ctx, n, err)
}

// take writes what was encoded: n bytes, or an error below 0.
func (e *encoder) take(ctx context.Context, n uint64, err error) error {
	if err != nil {
		return err
	}
	if int32(n) < 0 {
		return errEncoder
	}
	at, err := e.call(ctx, "enc_get_out_buf", e.ref)
	if err != nil {
		return err
	}
	view, ok := e.module.Memory().Read(uint32(at), uint32(n))
	if !ok {
		return errEncoder
	}
	_, err = e.out.Write(view)
	return err
}

// finish writes what is left, and gives its memory back.
func (e *encoder) finish(ctx context.Context) error {
	n, err := e.call(ctx, "enc_flush", e.ref)
	return errors.Join(e.take(ctx, n, err), e.close(ctx))
}

func (e *encoder) close(ctx context.Context) error { return e.module.Close(ctx) }
