#!/bin/sh
# Write both lock files anew: versions and hashes, no addresses. Needs uv, which is no part of the program: pip install uv
set -eu
cd "$(dirname "$0")/.."
lock="uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --universal"
$lock --output-file requirements.lock
$lock --group test --output-file requirements-test.lock
echo "requirements.lock and requirements-test.lock are written."
