.POSIX:
.PHONY: help check test run translations docs pictures guides bench lock

UV = uv
BIN = .venv/bin
ROOMS = privacy ui site portal workspace people keys vault register letters casework

help:  ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/ –/'

check:  ## style, format, types, layers, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -co --exclude-standard '*.html' | xargs $(BIN)/djade --check --target-version 6.1
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m wise.config.catalogues

test:  ## everything, on both databases
	./test

run:  ## WiSe on this machine
	./run

translations:  ## gather the texts of each room into its catalogue (needs gettext)
	for room in $(ROOMS); do \
		(cd src/wise/$$room && mkdir -p locale && \
		DJANGO_SETTINGS_MODULE=wise.config.settings ../../../$(BIN)/python -P -m django makemessages -l id --no-location --no-obsolete) || exit 1; \
	done

docs:  ## the generated parts of the documentation
	$(BIN)/wise workflow > docs/workflow.md
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.privacy.table

pictures:  ## the README's picture anew (needs Chromium)
	$(BIN)/python -m tests.browser.pictures

guides:  ## the pictures of the guides anew (needs Chromium)
	$(BIN)/python -m tests.browser.guides

bench:  ## what it costs, as a table (BENCH="--quick --database sqlite --json FILE")
	$(BIN)/python -m benchmarks $(BENCH)

lock:  ## pin the packages anew, without addresses
	$(UV) sync --quiet
	$(UV) export --quiet --frozen --no-emit-project --no-header --no-annotate --format requirements-txt \
		--no-default-groups --group build --output-file requirements.lock >/dev/null
	$(UV) export --quiet --frozen --no-emit-project --no-header --no-annotate --format requirements-txt \
		--all-groups --output-file requirements-dev.lock >/dev/null
