# Each target does its own set-up: a fresh Debian 12 with Python 3.11, git and make is enough.
.PHONY: help demo test lint bench crash year mutants races fuzz samples sbom lock clean
.DEFAULT_GOAL := help

help: ## show the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

demo: ## the whole job on embedded parts: watch a request from mail to closure
	@.ci/setup venv
	@.venv/bin/muhtarlik demo $(if $(ONCE),--once) $(if $(DIR),--dir $(DIR)) $(if $(GOOGLE),--google)

test: ## every test, in parallel, against real servers and programs
	@.ci/setup venv tools
	@.venv/bin/pytest -n auto --dist loadgroup

lint: ## ruff, mypy, import floors
	@.ci/setup venv
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && .venv/bin/lint-imports

bench: ## figures: mail throughput, latency, memory, reminder pass
	@.ci/setup venv tools
	@.venv/bin/python -m tests.bench $(BENCH)

crash: ## kill the daemon N times at random instants and TIMES at every point, OFFICES at once, then judge (long); GOOGLE=1: with Google's spreadsheets
	@.ci/setup venv tools
	@.venv/bin/python -m tests.crash --kills $(or $(N),200) --per-point $(or $(TIMES),2) --offices $(or $(OFFICES),1) $(if $(GOOGLE),--google) $(if $(POINTS),--points $(POINTS)) $(if $(SEED),--seed $(SEED)) $(if $(MINUTES),--minutes $(MINUTES))

year: ## a simulated year of MAILS mails with faults, its memory month by month, and its accounts (long)
	@.ci/setup venv
	@.venv/bin/python -m tests.crash.year --mails $(or $(MAILS),100000) $(if $(SEED),--seed $(SEED))

mutants: ## the fault matrix's worst rows without their cures: each row's test must fail
	@.ci/setup venv tools
	@.venv/bin/python -m tests.faults.mutants $(ROWS)

races: ## people and faults against Google's spreadsheets, STEPS of them from SEED on (long)
	@.ci/setup venv
	@.venv/bin/python -m tests.steps.races $(or $(STEPS),20000) $(SEED)

fuzz: ## changed mails, workbooks, documents and scans for every reader, MINUTES of it
	@.ci/setup venv
	@.venv/bin/python -m tests.fuzz $(or $(MINUTES),10)

samples: ## teach the shipped routing model the sample texts of tests/routing anew
	@.ci/setup venv
	@.venv/bin/python -m tests.routing.teach

sbom: ## sbom.json: what a release is made of (CycloneDX)
	@.ci/setup venv
	@PYTHONWARNINGS=ignore .venv/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --no-validate --of JSON -o sbom.json

lock: ## renew requirements.lock from pyproject.toml
	@.ci/setup venv
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --group dev pyproject.toml -o requirements.lock

clean: ## remove what set-up and builds made
	@rm -rf .venv build dist demo
