# `make run` hosts a world, `make test` runs everything that checks it, `make bench` measures speed.

.PHONY: run test soak bench package ui

# Flags for the server, as in `make run ARGS="--port 5000"`; with them it starts without a window.
ARGS ?=

# The desktop program where there is a screen, else the server alone. Its crates arrive while the pages are built;
# whether they all have, the build that follows says better.
run:
	@cargo fetch --quiet --locked --target "$$(rustc -vV | sed -n 's/^host: //p')" 2>/dev/null & \
	$(MAKE) --no-print-directory ui || exit; wait; src-tauri/run.sh $(ARGS)

# Packages of the desktop program for this system, in target/release/bundle.
package: ui
	@src-tauri/package.sh

test:
	.ci/test

# The long versions of the tests about several nodes, of their model and of CONNECTs, then a minute for
# each fuzz target; about half an hour.
soak:
	cargo build -p server-core --bin comutiny-server
	SOAK=1 cargo nextest run -p tests -p server-core --test-threads 1 -E 'test(nodes::) + test(model::) + test(engine::connect::)'
	server-core/fuzz/run.sh

# What a delivered update costs, beside a raw websocket writer; takes about 45 minutes and two cores.
# Shorter: `make bench ARGS="--rounds 1 --only 200x10"`.
bench:
	server-core/benches/load/run.py $(ARGS)

# The pages are built into the binary. Without Node the server runs without them, and says so.
ui:
	@if [ ! -f ui/package.json ]; then :; \
	elif ! command -v npm >/dev/null; then echo "Node.js is not installed: the server will run without its pages."; \
	else cd ui && \
		{ cmp -s package-lock.json node_modules/.installed.json || \
			{ npm ci && cp package-lock.json node_modules/.installed.json; }; } && \
		npm run --silent build; fi
