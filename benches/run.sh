#!/usr/bin/env bash
# Measures the whole program against a bare scan with a regular expression, and
# how its cost grows. See `benches/measure.py --help`.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --quiet --release --bin gouji --example baseline --example generate
exec python3 benches/measure.py "$@"
