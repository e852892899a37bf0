#!/usr/bin/env bash
# Installs what the project and its tests need into .venv, then runs every check. Assumes Python 3.11 and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

[[ -x .venv/bin/python ]] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt

# Debian's packages, as root, where there are some to be had; a test says which one is missing where there are none.
installed() {
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null || return 1
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
missing() { ! command -v "$@" >/dev/null; }

# A real browser: the system's where there is one, else Debian's package, else Playwright's own.
if missing chromium-headless-shell chromium; then
  installed chromium-headless-shell || .venv/bin/python -m playwright install chromium
fi
# The two other engines, and a display for the one that needs one.
if missing firefox-esr; then installed firefox-esr || true; fi
if missing WebKitWebDriver; then installed webkit2gtk-driver || true; fi
if missing Xvfb; then installed xvfb || true; fi
# The server that README publishes the page behind.
if missing nginx /usr/sbin/nginx; then installed nginx || true; fi

.venv/bin/ruff check --quiet .
.venv/bin/ruff format --quiet --check .
.venv/bin/python -m pricing
# What is timed runs by itself, but for one check on another core: beside other tests a bound would measure them too.
.venv/bin/pyright &
types=$!
.venv/bin/python -m pytest tests/bench
wait "$types"
.venv/bin/python -m pytest -n 2 --dist worksteal --ignore tests/bench "$@"

# Once more beside another act, in force since 2026, and three answers of the CDG: no test may turn red on the day that an
# act comes into force, or that a point is confirmed.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r .streamlit data pricing tests views pyproject.toml streamlit_app.py "$copy"
# The names of its own services are such that no act to come will ever have.
sed -E -e 's/2027/2026/g; s/\b(vaults|packs|certificates_cdg_4y)\b/trial_\1/g' \
  -e 's/^((address|short) +=) "(coffres?|pack|cles-cdg-4ans|c4)"/\1 "trial\3"/' \
  tests/tariffs/cdg-62-2027.toml >"$copy/data/tariffs/2026-01-15.toml"
for answer in 'reading = "R2"\nalternative = 1' 'reading = "R6"' 'reading = "R12"\nalternative = 1'; do
  printf '\n[[confirmed]]\ntariff = 2024-03-26\nby = "CDG 62"\non = 2026-01-20\nwords = "Oui."\n%b\n' "$answer"
done >>"$copy/data/confirmations.toml"
python=$PWD/.venv/bin/python
cd "$copy"
"$python" -m pricing
"$python" -m pytest -p no:cacheprovider tests/test_{page,page_links,page_choices,link,catalogue,proposals,examples,act}.py \
  tests/reports/test_{approved_documents,mail,wording}.py
