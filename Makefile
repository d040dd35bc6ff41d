# make demo                   installs what is missing and runs the main job
# make test                   installs what is missing and passes the tests
# make install PREFIX=DIR     installs the program (default /usr/local)
PREFIX ?= /usr/local
BINARY = .build/release/gridplan
SCENARIO ?= scenarios/synthetic-town

.PHONY: demo test install build clean

demo: build
	$(BINARY) plan $(SCENARIO)

build:
	@scripts/install-dependencies
	swift build -c release --product gridplan

test:
	@scripts/install-dependencies --test
	swift test

install:
	@scripts/install-dependencies
	swift build -c release --product gridplan -static-stdlib
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -s -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/gridplan"

clean:
	rm -rf .build out
