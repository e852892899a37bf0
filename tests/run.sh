#!/usr/bin/env bash
# Installs what the project and its tests need into .venv, then runs every check. Assumes Python 3.11 and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

[[ -x .venv/bin/python ]] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt

# A real browser: the system's where there is one, else Debian's package as root, else Playwright's own.
if ! command -v chromium-headless-shell chromium >/dev/null; then
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null
  else
    .venv/bin/python -m playwright install chromium
  fi
fi

# The server that README publishes the page behind.
if ! command -v nginx /usr/sbin/nginx >/dev/null && [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx >/dev/null
fi

.venv/bin/ruff check --quiet .
.venv/bin/ruff format --quiet --check .
.venv/bin/pyright
.venv/bin/python -m pricing
# What is timed runs by itself: beside other tests a bound would measure them too.
.venv/bin/python -m pytest tests/bench
.venv/bin/python -m pytest -n 2 --dist worksteal --ignore tests/bench "$@"
