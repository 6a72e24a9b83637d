# Two commands do everything on a fresh machine: `make serve` and `make test`. Each makes its own .venv.
PYTHON ?= python3
VENV := .venv
FORMAT := text
BASE := origin/main
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes
export NO_MKDOCS_2_WARNING := 1

# Which builder makes the pages, and where they go. MAINTAINING.md says how to change it.
BUILDER := mkdocs
SITE := site
RUN_mkdocs := $(BIN)/python -m macros.mkdocs
RUN_zensical := $(BIN)/zensical
PAGES_mkdocs = $(RUN_mkdocs) build --strict --site-dir $(1)
# Zensical would tell every mistake of a guide between two traces of its own.
PAGES_zensical = $(BIN)/python -m macros check && SITE_DIR=$(1) $(RUN_zensical) build --strict --clean
PUBLISH_mkdocs = # MkDocs lets the macros publish when it is done
PUBLISH_zensical = && $(BIN)/python -m macros publish $(1)

# What can turn out otherwise when another builder has made the site: files, links, ids, policy, axe, reading without
# scripts, search, privacy. tests/test_parity.py shows that all else is the same byte for byte.
TESTS_OF_A_BUILD := $(addprefix tests/,test_built_site.py test_published_site.py test_served_site.py \
	$(patsubst %,browser/test_%.py,policy accessibility reading privacy search))

# The state that is built. Its commit is known only when nothing was changed since.
STATE = export SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || date +%s)}; \
	if git rev-parse HEAD >/dev/null 2>&1 && \
		test -z "$$(git status --porcelain -- docs data macros overrides mkdocs.yml)"; then \
		export GUIDE_COMMIT=$$(git rev-parse HEAD) \
			GUIDE_DATE="$$(TZ=UTC LC_ALL=C git log -1 --date='format-local:%-d %B %Y' --format=%cd)"; fi;

# A build on the way to something else: nobody hears of it unless it fails.
QUIETLY = said=$$({ $(1); } 2>&1) || { echo "$$said" >&2; exit 1; }

# A build that lets a broken promise be, so that all of them can be told, renewed or compared.
PREVIEW = $(call QUIETLY,export GUIDE_FAIL=false; $(call PAGES_$(BUILDER),$(1)))

.PHONY: bench-light bench-build bench-search help serve build check promises test diff watch permalinks format lock clean new-term new-reference new-table new-page build-zensical test-zensical

help: ## list what make can do
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

$(VENV)/guide: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --requirement requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt $(VENV)/guide
	$(INSTALL) --requirement requirements-dev.txt
	@touch $@

serve: $(VENV)/guide ## build the guide and show it at http://127.0.0.1:8000, anew after every edit
	GUIDE_FAIL=false $(RUN_$(BUILDER)) serve

build: $(VENV)/guide ## build the guide into site/; a failing build leaves the old one whole
	@rm -rf .$(SITE)-next .$(SITE)-last
	@$(STATE) $(call PAGES_$(BUILDER),.$(SITE)-next) $(call PUBLISH_$(BUILDER),.$(SITE)-next)
	@if [ -d $(SITE) ]; then mv $(SITE) .$(SITE)-last; fi
	@mv .$(SITE)-next $(SITE)
	@rm -rf .$(SITE)-last

build-zensical: $(VENV)/tests ## build the guide with the other builder into site-zensical/
	@$(MAKE) --no-print-directory build BUILDER=zensical SITE=site-zensical

check: $(VENV)/guide ## check data and pages: every problem, why it matters, how to mend it
	@$(BIN)/python -m macros check --format $(FORMAT)

promises: $(VENV)/guide ## hold the pages against every address and id that was promised, as data/permalinks.yml has them
	@$(call PREVIEW,.site-next)
	@$(BIN)/python -m macros permalinks .site-next --format $(FORMAT)
	@rm -rf .site-next

test: $(VENV)/tests build ## build the guide and run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

test-zensical: build-zensical ## hold what the other builder made against the tests of the built site
	GUIDE_SITE=site-zensical $(BIN)/python -m pytest $(TESTS_OF_A_BUILD)

diff: $(VENV)/guide ## tell what readers and clinics will see of your change, against BASE (origin/main): .cache/change.md
	@git worktree remove --force .cache/base 2>/dev/null || rm -rf .cache/base
	@git worktree prune && git worktree add --quiet --detach .cache/base $(BASE)
	@if cmp -s requirements.txt .cache/base/requirements.txt; then \
		ln -s $(abspath $(VENV)) .cache/base/$(VENV) && touch -r $(VENV)/guide .cache/base/requirements.txt; fi
	@$(call QUIETLY,$(MAKE) --no-print-directory -C .cache/base build)
	@$(STATE) $(call PREVIEW,.cache/new)
	@$(STATE) $(BIN)/python -m macros publish .cache/new --anyway > .cache/problems.txt || true
	@$(BIN)/python -m macros diff .cache/base/site .cache/new > .cache/change.md \
		$(foreach file,$(wildcard .cache/base/data/clinics.yml data/clinics.yml),--clinics $(file))
	@git worktree remove --force .cache/base
	@cat .cache/change.md

watch: $(VENV)/guide ## look at links, review dates, references, packages: .cache/watch/ (needs the network)
	@$(BIN)/python -m macros watch

new-term: ## start a term: make new-term NAME="cold compress"
new-reference: ## start a reference: make new-reference NAME="Doe 2024" OPTIONS="--tier trial"
new-table: ## start a table: make new-table NAME=prices OPTIONS="--page decide/cost.md --columns us,uk"
new-page: ## start a page: make new-page NAME=decide/second-opinion
new-term new-reference new-table new-page: new-%: $(VENV)/guide
	@$(BIN)/python -m macros new $* "$(NAME)" $(OPTIONS)

bench-search: $(VENV)/tests build ## how often and how soon the search finds the right section, beside two others (2 min)
	$(BIN)/python -m benchmarks.search

bench-build: $(VENV)/tests ## what a build costs: guides of 20, 200 and 1000 pages, beside plain Material (ten minutes)
	$(BIN)/python -m benchmarks.build

bench-light: $(VENV)/tests ## what a first visit loads and how soon it shows, beside stock Material and a page by hand (15 min)
	$(BIN)/python -m benchmarks.light

permalinks: $(VENV)/guide ## renew data/permalinks.yml after a change you looked at (SAME="id": other words, same question)
	@$(call PREVIEW,.site-next)
	@$(BIN)/python -m macros permalinks .site-next --write --same $(SAME)
	@rm -rf .site-next

format: $(VENV)/tests ## put the Python code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/tests ## write requirements*.txt anew from requirements*.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-build \
		--custom-compile-command "make lock" requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-build \
		--custom-compile-command "make lock" requirements-dev.in --output-file requirements-dev.txt

clean: ## remove what was built
	rm -rf site site-zensical .site-* $(VENV)
