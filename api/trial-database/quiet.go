package main

import (
	"context"
	"log/slog"
)

// quiet drops what FerretDB logs below an error: it writes lines for each connection, a probe's as well.
type quiet struct{ slog.Handler }

func (q *quiet) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }

func (q *quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return &quiet{q.Handler.WithAttrs(attrs)} }

func (q *quiet) WithGroup(name string) slog.Handler { return &quiet{q.Handler.WithGroup(name)} }
