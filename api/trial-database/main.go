// Command trial-database serves MongoDB's wire protocol from one folder of SQLite files by embedding FerretDB.
// It is what the chart installs when no MongoDB is named: enough for a trial, never for production.
package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	if err := run(ctx, logger); err != nil && !errors.Is(err, context.Canceled) {
		logger.Error("the trial database stops", "error", err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, logger *slog.Logger) error {
	config, err := readConfig(os.Getenv)
	if err != nil {
		return err
	}
	return serve(ctx, config, logger)
}
