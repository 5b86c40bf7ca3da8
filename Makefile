# Two commands do everything on a fresh Debian machine: `make demo` and `make test`.
# The build itself is meson's (meson.build); this file only names what people type.

.PHONY: all demo test lint format sanitize bench crash fuzz screenshots clean

all: build/ithaca

# npm writes this file when it has installed what package-lock.json names.
NPM = node_modules/.package-lock.json

$(NPM): package-lock.json
	@scripts/setup build
	@touch $@

build/ithaca: build/build.ninja $(NPM) FORCE
	@ninja -C build --quiet

build/build.ninja: | $(NPM)
	@scripts/setup build
	@meson setup build >/dev/null

FORCE:

demo: all
	@build/ithaca demo

test:
	@scripts/setup build test
	@tests/run

# The code with address and undefined-behaviour sanitizers, built with clang.
sanitize: build-sanitize/build.ninja $(NPM)
	@ninja -C build-sanitize --quiet

build-sanitize/build.ninja: | $(NPM)
	@scripts/setup build test
	@CC=clang meson setup build-sanitize -Db_sanitize=address,undefined -Db_lundef=false \
		-Dtests=true --buildtype=debugoptimized >/dev/null

# Each reader of files for SECONDS on what a fuzzer makes of tests/fuzz/corpus.
SECONDS = 600
fuzz: build-fuzz/build.ninja $(NPM)
	@ninja -C build-fuzz --quiet
	@tests/fuzz/run $(SECONDS)

build-fuzz/build.ninja: | $(NPM)
	@scripts/setup build test
	@CC=clang meson setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false \
		-Dfuzz=true --buildtype=debugoptimized >/dev/null

lint: build/build.ninja
	@scripts/setup build test
	@scripts/lint

format:
	@scripts/setup build test
	@git ls-files '*.c' '*.h' | xargs clang-format -i

bench: all
	@scripts/setup build bench
	@tests/bench
	@/usr/bin/python3 tests/bench-network
	@python3 tests/bench-import
	@python3 tests/bench-store
	@python3 tests/bench-store --postgres --sizes 10,100
	@python3 tests/bench-web --postgres
	@python3 tests/bench-lists
	@python3 tests/bench-search
	@python3 tests/bench-library

# 200 kills of every command that saves, on both engines, and what else may happen: about an hour.
crash: all
	@scripts/setup build test
	@/usr/bin/python3 tests/crash/run.py

# Pictures of the demo's pages for the README, taken in Debian's Chromium.
screenshots: all
	@scripts/setup build test
	@python3 tests/browser/run.py --pictures docs/pictures

clean:
	@rm -rf build build-sanitize build-fuzz
