package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const dialTimeout = 2 * time.Second

// health answers the probes: /healthz while FerretDB takes connections, /readyz once clients are let in as well.
type health struct {
	backend address
	isOpen  atomic.Bool
}

func (h *health) open() { h.isOpen.Store(true) }

func (h *health) serve(ctx context.Context, listen string) error {
	server := &http.Server{Addr: listen, Handler: h.routes(), ReadHeaderTimeout: dialTimeout}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("the health page cannot be served on %s: %w", listen, err)
	}
	return ctx.Err()
}

func (h *health) routes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, h.reachable()) })
	routes.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if !h.isOpen.Load() {
			answer(w, errors.New("the TLS files are not there yet"))
			return
		}
		answer(w, h.reachable())
	})
	return routes
}

func (h *health) reachable() error {
	connection, err := net.DialTimeout(h.backend.network, h.backend.name, dialTimeout)
	if err != nil {
		return err
	}
	return connection.Close()
}

func answer(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}
