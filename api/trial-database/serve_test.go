package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/FerretDB/wire/wireclient"
)

const patience = 10 * time.Second

// served runs a database with TLS from the folder tlsDir and returns its address and that of its health page.
func served(t *testing.T, tlsDir string) (database, healthPage string) {
	t.Helper()
	database, healthPage = freeAddress(t), freeAddress(t)
	config := Config{Listen: database, HealthListen: healthPage, Dir: t.TempDir(), TLS: &TLSFiles{
		Cert: filepath.Join(tlsDir, "tls.crt"), Key: filepath.Join(tlsDir, "tls.key"), CA: filepath.Join(tlsDir, "ca.crt"),
	}}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, config, slog.New(slog.DiscardHandler)) }()
	t.Cleanup(func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(patience):
			t.Error("the database did not end")
		}
	})
	return database, healthPage
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func eventually(t *testing.T, what string, isTrue func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !isTrue(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", patience, what)
		}
	}
}

func statusOf(address, path string) int {
	client := http.Client{Timeout: patience}
	answer, err := client.Get("http://" + address + path)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// ping asks the database whether it is there, as a client that shows the given certificates.
func ping(address string, authority *authority, certificates ...tls.Certificate) error {
	dialer := &net.Dialer{Timeout: patience}
	connection, err := tls.DialWithDialer(dialer, "tcp", address, &tls.Config{RootCAs: authority.pool(), ServerName: "docksnap-database", Certificates: certificates})
	if err != nil {
		return err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return wireclient.New(connection, slog.New(slog.DiscardHandler)).Ping(ctx)
}

func TestServe(t *testing.T) {
	own, stranger := newAuthority(t), newAuthority(t)

	t.Run("waits for its TLS files, and says that it is not ready", func(t *testing.T) {
		dir := t.TempDir()
		database, page := served(t, dir)
		eventually(t, "alive", func() bool { return statusOf(page, "/healthz") == http.StatusOK })
		if got := statusOf(page, "/readyz"); got != http.StatusServiceUnavailable {
			t.Errorf("/readyz without TLS files is %d", got)
		}
		own.writeServerFiles(t, dir)
		eventually(t, "ready", func() bool { return statusOf(page, "/readyz") == http.StatusOK })
		if err := ping(database, own, own.issue(t)); err != nil {
			t.Error(err)
		}
	})

	t.Run("refuses a client without a certificate, and one of another authority", func(t *testing.T) {
		dir := t.TempDir()
		own.writeServerFiles(t, dir)
		database, page := served(t, dir)
		eventually(t, "ready", func() bool { return statusOf(page, "/readyz") == http.StatusOK })
		if err := ping(database, own); err == nil {
			t.Error("a client without a certificate was let in")
		}
		if err := ping(database, own, stranger.issue(t)); err == nil {
			t.Error("a client of a stranger's was let in")
		}
	})

	t.Run("takes replaced files from the next connection on", func(t *testing.T) {
		dir := t.TempDir()
		own.writeServerFiles(t, dir)
		database, page := served(t, dir)
		eventually(t, "ready", func() bool { return statusOf(page, "/readyz") == http.StatusOK })
		next := newAuthority(t)
		next.writeServerFiles(t, dir)
		if err := ping(database, next, next.issue(t)); err != nil {
			t.Errorf("with the new files: %v", err)
		}
		if err := ping(database, next, own.issue(t)); err == nil {
			t.Error("a client of the replaced authority was let in")
		}
	})
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}
