package handler

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// alive says that the process runs.
func (h *handler) alive(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]string{"status": "alive", "version": h.Version})
}

// Readiness is how the house is, part by part.
type Readiness struct {
	Status string `json:"status"` // ready, degraded, unavailable
	Parts  []Part `json:"parts"`
}

// ready says whether the house can answer: degraded still can.
func (h *handler) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), 3*time.Second)
	defer cancel()
	answer := Readiness{Status: "ready", Parts: h.Parts(ctx)}
	status := http.StatusOK
	for _, p := range answer.Parts {
		switch {
		case p.Healthy:
		case p.Degraded && status == http.StatusOK:
			answer.Status = "degraded"
		case !p.Degraded:
			answer.Status, status = "unavailable", http.StatusServiceUnavailable
		}
	}
	return c.JSON(status, answer)
}
