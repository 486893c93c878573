# Two commands: `make run` and `make test`. The rest is for those who change the program; see CONTRIBUTING.md.
PORT ?= 8000
PYTHON := .venv/bin/python
WORDS := $(wildcard regulars/locale/*/LC_MESSAGES/django.po)

.PHONY: run test check lock words clean
.DELETE_ON_ERROR:

run: .venv/ready-to-run $(WORDS:.po=.mo)
	@exec .venv/bin/regulars start --demo --port $(PORT)

test: .venv/ready-to-test $(WORDS:.po=.mo)
	@$(PYTHON) scripts/test.py

check: .venv/ready-to-test $(WORDS:.po=.mo)
	@$(PYTHON) scripts/check.py

lock:
	@sh scripts/lock.sh

words: .venv/ready-to-test
	@$(PYTHON) scripts/words.py

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

.venv/ready-to-run: requirements.lock scripts/setup.py
	@python3 scripts/setup.py requirements.lock
	@touch $@

.venv/ready-to-test: requirements-test.lock scripts/setup.py | .venv/ready-to-run
	@python3 scripts/setup.py requirements-test.lock
	@touch $@

%.mo: %.po | .venv/ready-to-run
	@$(PYTHON) scripts/compile_words.py $< $@
