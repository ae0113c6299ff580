package main

import (
	"errors"
	"strings"
	"testing"
)

func TestReadConfig(t *testing.T) {
	tests := []struct {
		name string
		env  map[string]string
		want Config
	}{
		{
			"without anything it serves this machine alone, and no health page",
			map[string]string{},
			Config{Listen: "127.0.0.1:27017", Dir: "data"},
		},
		{
			"with TLS it serves every address",
			map[string]string{"DOCKSNAP_DATABASE_TLS_DIR": "/tls", "DOCKSNAP_DATABASE_DIR": "/data"},
			Config{Listen: ":27017", Dir: "/data", TLS: &TLSFiles{Cert: "/tls/tls.crt", Key: "/tls/tls.key", CA: "/tls/ca.crt"}},
		},
		{
			"addresses are taken as they are",
			map[string]string{"DOCKSNAP_DATABASE_LISTEN": "[::1]:0", "DOCKSNAP_DATABASE_HEALTH_LISTEN": ":8081"},
			Config{Listen: "[::1]:0", HealthListen: ":8081", Dir: "data"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := readConfig(func(name string) string { return test.env[name] })
			if err != nil {
				t.Fatal(err)
			}
			if (got.TLS == nil) != (test.want.TLS == nil) || (got.TLS != nil && *got.TLS != *test.want.TLS) {
				t.Errorf("TLS is %v, want %v", got.TLS, test.want.TLS)
			}
			got.TLS, test.want.TLS = nil, nil
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestReadConfigRefuses(t *testing.T) {
	t.Run("an open address without TLS", func(t *testing.T) {
		for _, listen := range []string{":27017", "0.0.0.0:27017", "10.0.0.1:27017", "example.org:27017"} {
			_, err := readConfig(func(name string) string { return map[string]string{"DOCKSNAP_DATABASE_LISTEN": listen}[name] })
			if !errors.Is(err, errOpenPlain) {
				t.Errorf("%s: got %v", listen, err)
			}
		}
	})
	t.Run("an address without a port, naming the variable", func(t *testing.T) {
		for _, variable := range []string{"DOCKSNAP_DATABASE_LISTEN", "DOCKSNAP_DATABASE_HEALTH_LISTEN"} {
			_, err := readConfig(func(name string) string { return map[string]string{variable: "127.0.0.1"}[name] })
			if err == nil || !strings.Contains(err.Error(), variable) {
				t.Errorf("%s: got %v", variable, err)
			}
		}
	})
}
