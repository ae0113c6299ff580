package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"
)

const (
	awaitFilesEvery  = time.Second
	handshakeTimeout = 10 * time.Second
)

// serveTLS waits for the TLS files, then lets in clients whose certificate the CA signed and joins each to backend.
// The files are read again for every connection, so replaced ones count from the next connection on.
func serveTLS(ctx context.Context, listen string, files TLSFiles, backend address, opened func(), logger *slog.Logger) error {
	if err := awaitFiles(ctx, files, logger); err != nil {
		return err
	}
	listener, err := tls.Listen("tcp", listen, &tls.Config{
		MinVersion:         tls.VersionTLS13,
		GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) { return mutualTLS(files) },
	})
	if err != nil {
		return fmt.Errorf("%s cannot be listened on: %w", listen, err)
	}
	context.AfterFunc(ctx, func() { _ = listener.Close() })
	opened()
	logger.Info("listening", "address", listener.Addr().String(), "tls", true)

	for {
		client, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("no more clients can be accepted: %w", err)
		}
		go func() {
			if err := join(ctx, client.(*tls.Conn), backend); err != nil {
				logger.Warn("client refused", "client", client.RemoteAddr().String(), "error", err.Error())
			}
		}()
	}
}

func awaitFiles(ctx context.Context, files TLSFiles, logger *slog.Logger) error {
	for announced := false; ; {
		_, err := mutualTLS(files)
		if err == nil {
			return nil
		}
		if !announced {
			logger.Info("waiting for the TLS files", "reason", err.Error())
			announced = true
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(awaitFilesEvery):
		}
	}
}

// mutualTLS is the configuration that the files hold now.
func mutualTLS(files TLSFiles) (*tls.Config, error) {
	certificate, err := tls.LoadX509KeyPair(files.Cert, files.Key)
	if err != nil {
		return nil, err
	}
	pem, err := os.ReadFile(files.CA)
	if err != nil {
		return nil, err
	}
	clients := x509.NewCertPool()
	if !clients.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate", files.CA)
	}
	return &tls.Config{
		MinVersion:   tls.VersionTLS13,
		Certificates: []tls.Certificate{certificate},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    clients,
	}, nil
}

// join completes the handshake and copies both ways until either side closes. An error means that the client never
// reached the database.
func join(ctx context.Context, client *tls.Conn, backend address) error {
	defer client.Close()
	handshake, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	if err := client.HandshakeContext(handshake); err != nil {
		return err
	}
	database, err := net.Dial(backend.network, backend.name)
	if err != nil {
		return err
	}
	defer database.Close()
	defer context.AfterFunc(ctx, func() { _ = client.Close() })()

	done := make(chan struct{}, 2)
	pipe := func(to io.Writer, from io.Reader) { _, _ = io.Copy(to, from); done <- struct{}{} }
	go pipe(database, client)
	go pipe(client, database)
	<-done
	return nil
}
