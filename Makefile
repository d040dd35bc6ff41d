# make demo                   installs what is missing and runs the main job
# make test                   installs what is missing and passes the tests
# make docs                   builds the library's reference from its comments
# make install PREFIX=DIR     installs the program (default /usr/local)
PREFIX ?= /usr/local
BINARY = .build/release/gridplan
SHARE = $(DESTDIR)$(PREFIX)/share
SCENARIO ?= scenarios/synthetic-town
# The drawing library of map pages, as Debian's libjs-leaflet ships it.
LEAFLET ?= /usr/share/javascript/leaflet

.PHONY: demo test docs install build clean

demo: build
	$(BINARY) plan $(SCENARIO)

build:
	@scripts/install-dependencies
	swift build -c release --product gridplan

test:
	@scripts/install-dependencies --test
	swift test

docs:
	@scripts/install-dependencies
	scripts/make-docs

install:
	@scripts/install-dependencies
	swift build -c release --product gridplan -Xswiftc -static-stdlib
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(SHARE)/gridplan" "$(SHARE)/bash-completion/completions" \
	  "$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d" "$(SHARE)/gridplan/leaflet"
	install -s -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/gridplan"
	$(BINARY) schema > "$(SHARE)/gridplan/scenario.schema.json"
	$(BINARY) --generate-completion-script bash > "$(SHARE)/bash-completion/completions/gridplan"
	$(BINARY) --generate-completion-script zsh > "$(SHARE)/zsh/site-functions/_gridplan"
	$(BINARY) --generate-completion-script fish > "$(SHARE)/fish/vendor_completions.d/gridplan.fish"
	$(BINARY) manual "$(SHARE)/man/man1"
	for file in leaflet.min.js leaflet.css; do \
	  if [ -e $(LEAFLET)/$$file ]; then install -m 644 $(LEAFLET)/$$file "$(SHARE)/gridplan/leaflet/"; fi; done
	install -d "$(SHARE)/gridplan/scenarios" "$(SHARE)/gridplan/maps"
	cp -r scenarios/synthetic-town "$(SHARE)/gridplan/scenarios/"
	cp -r maps/synthetic-town "$(SHARE)/gridplan/maps/"

clean:
	rm -rf .build out
