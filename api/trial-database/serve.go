package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	"github.com/FerretDB/FerretDB/ferretdb"
	"golang.org/x/sync/errgroup"
)

// address is a network and an address in the sense of net.Dial.
type address struct{ network, name string }

// serve runs FerretDB, the door for TLS clients if one is asked for, and the health page, until ctx ends or one fails.
func serve(ctx context.Context, config Config, logger *slog.Logger) error {
	if err := os.MkdirAll(config.Dir, 0o700); err != nil {
		return fmt.Errorf("the folder of the database cannot be made: %w", err)
	}
	database, backend, err := open(config, logger)
	if err != nil {
		return fmt.Errorf("FerretDB cannot start on %s with the folder %s: %w", config.Listen, config.Dir, err)
	}

	health := &health{backend: backend}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return database.Run(ctx) })
	if config.TLS != nil {
		group.Go(func() error { return serveTLS(ctx, config.Listen, *config.TLS, backend, health.open, logger) })
	} else {
		health.open()
		logger.Info("listening", "address", backend.name, "tls", false)
	}
	if config.HealthListen != "" {
		group.Go(func() error { return health.serve(ctx, config.HealthListen) })
	}
	return group.Wait()
}

// open starts FerretDB on the address asked for or, with TLS, on a socket in its folder: FerretDB reads certificates
// only once, so TLS ends in front of it, where they can be replaced.
func open(config Config, logger *slog.Logger) (*ferretdb.FerretDB, address, error) {
	var listener ferretdb.ListenerConfig
	if config.TLS == nil {
		listener.TCP = config.Listen
	} else {
		listener.Unix = filepath.Join(config.Dir, "ferretdb.sock")
		if err := os.Remove(listener.Unix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, address{}, fmt.Errorf("the socket of an earlier run cannot be removed: %w", err)
		}
	}
	database, err := ferretdb.New(&ferretdb.Config{
		Listener:  listener,
		Logger:    slog.New(&quiet{logger.Handler()}),
		Handler:   "sqlite",
		SQLiteURL: "file:" + filepath.Clean(config.Dir) + "/",
	})
	if err != nil {
		return nil, address{}, err
	}
	if listener.Unix != "" {
		return database, address{"unix", listener.Unix}, nil
	}
	uri, err := url.Parse(database.MongoDBURI()) // Has the port that the system chose for port 0.
	if err != nil {
		return nil, address{}, err
	}
	return database, address{"tcp", uri.Host}, nil
}
