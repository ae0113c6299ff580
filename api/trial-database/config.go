package main

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
)

// Config is what the environment asks for.
type Config struct {
	// Listen is the host:port that clients connect to. Without TLS it must be a loopback address.
	Listen string
	// HealthListen is the host:port of /healthz and /readyz (plain http); empty: not served.
	HealthListen string
	// Dir is the folder of the SQLite files; made if absent.
	Dir string
	// TLS is nil for plain connections.
	TLS *TLSFiles
}

// TLSFiles are the PEM files of mutual TLS. They may appear after the start, and may be replaced at any time.
type TLSFiles struct {
	// Cert and Key identify the server; CA signed the clients that are let in.
	Cert, Key, CA string
}

var errOpenPlain = errors.New("without DOCKSNAP_DATABASE_TLS_DIR only a loopback address is served: set it, or listen on 127.0.0.1")

// readConfig reads the environment through getenv and refuses what would open the database to strangers.
func readConfig(getenv func(string) string) (Config, error) {
	config := Config{
		Listen:       getenv("DOCKSNAP_DATABASE_LISTEN"),
		HealthListen: getenv("DOCKSNAP_DATABASE_HEALTH_LISTEN"),
		Dir:          withDefault(getenv("DOCKSNAP_DATABASE_DIR"), "data"),
	}
	if dir := getenv("DOCKSNAP_DATABASE_TLS_DIR"); dir != "" {
		config.TLS = &TLSFiles{
			Cert: filepath.Join(dir, "tls.crt"),
			Key:  filepath.Join(dir, "tls.key"),
			CA:   filepath.Join(dir, "ca.crt"),
		}
		config.Listen = withDefault(config.Listen, ":27017")
	}
	config.Listen = withDefault(config.Listen, "127.0.0.1:27017")

	if _, _, err := net.SplitHostPort(config.Listen); err != nil {
		return Config{}, fmt.Errorf("DOCKSNAP_DATABASE_LISTEN is not host:port: %w", err)
	}
	if _, _, err := net.SplitHostPort(config.HealthListen); config.HealthListen != "" && err != nil {
		return Config{}, fmt.Errorf("DOCKSNAP_DATABASE_HEALTH_LISTEN is not host:port: %w", err)
	}
	if config.TLS == nil && !isLoopback(config.Listen) {
		return Config{}, errOpenPlain
	}
	return config, nil
}

func isLoopback(address string) bool {
	name, _, _ := net.SplitHostPort(address)
	ip := net.ParseIP(name)
	return name == "localhost" || (ip != nil && ip.IsLoopback())
}

func withDefault(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
