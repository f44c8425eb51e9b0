package main

import (
	"testing"

	"yuandu/internal/housetest"
)

func TestMain(m *testing.M) { housetest.Main(m) }
