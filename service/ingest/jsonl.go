package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonl reads one JSON object a line.
type jsonl struct {
	*stream
	line int
}

func (j *jsonl) next() (record, error) {
	for {
		text, err := j.readLine()
		if err == io.EOF {
			return record{}, err
		}
		j.line++
		if err != nil {
			return record{}, &RowError{Line: j.line, Reason: j.broken(err)}
		}
		if text = bytes.TrimSpace(text); len(text) > 0 {
			return j.parse(text)
		}
	}
}

func (j *jsonl) parse(text []byte) (record, error) {
	if bytes.IndexByte(text, 0) >= 0 {
		return record{}, &RowError{Line: j.line, Reason: "有空字符（NUL），请删去"}
	}
	fields, err := readObject(text, readMeta)
	if err != nil {
		return record{}, &RowError{Line: j.line, Reason: fmt.Sprintf("不是一个完整的 JSON 对象：%v", err)}
	}
	return record{line: j.line, fields: fields, source: text}, nil
}

// readObject lists the members of an object in their order, a name that comes
// twice both times. What inner makes of a meta object follows the others.
func readObject(text []byte, inner func(json.RawMessage) []field) ([]field, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	var fields, meta []field
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("应以 { 开头")
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, misread(dec)
		}
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			return nil, misread(dec)
		}
		if strings.EqualFold(name.(string), "meta") && raw[0] == '{' {
			meta = append(meta, inner(raw)...)
			continue
		}
		fields = append(fields, readMember(name.(string), raw))
	}
	if _, err := dec.Token(); err != nil {
		return nil, misread(dec)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("第 %d 个字节后还有多余的内容", dec.InputOffset())
	}
	return append(fields, meta...), nil
}

func misread(dec *json.Decoder) error {
	return fmt.Errorf("第 %d 个字节附近写错了，或者没有写完", dec.InputOffset())
}

func readMeta(raw json.RawMessage) []field {
	fields, err := readObject(raw, func(json.RawMessage) []field { return nil })
	if err != nil {
		return nil
	}
	for i := range fields {
		fields[i].meta = true
	}
	return fields
}

// readMember reads a value that some column wants; of the others the name is
// enough.
func readMember(name string, raw json.RawMessage) field {
	f := field{name: name}
	if _, wanted := columnOf(name); !wanted {
		return f
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return f
	}
	var ok bool
	if f.value, ok = plain(v); !ok {
		f.wrong = "应是文字，不是 JSON 对象"
	}
	return f
}

// plain writes a JSON value as text, a list with ; between its entries.
func plain(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool, json.Number:
		return fmt.Sprint(v), true
	case []any:
		var all []string
		for _, entry := range v {
			if _, nested := entry.([]any); nested {
				return "", false
			}
			s, ok := plain(entry)
			if !ok {
				return "", false
			}
			all = append(all, s)
		}
		return strings.Join(all, ";"), true
	}
	return "", false
}
