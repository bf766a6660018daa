# `just` lists the recipes; each is also a plain command that can be typed.

set shell := ["bash", "-euo", "pipefail", "-c"]

# List the recipes
default:
    @just --list

# Verify the notes of the corpus (exit status 1: some hold planted errors)
corpus:
    cargo run --release -- check corpus

# Score the program against the annotations of the corpus
eval *OPTIONS:
    cargo run --release -- eval corpus {{ OPTIONS }}

# Verify files or folders
check *PATHS:
    cargo run --release -- check {{ PATHS }}

# Run all tests
test:
    cargo test

# Run the examples and counterexamples of the packs
packs:
    cargo run --release -- patterns test

# Format the code
fmt:
    cargo fmt

# Format, lints and documentation, warnings as errors
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps

# Everything that a change must pass
ci:
    .ci/run

# Licences, sources and known weaknesses of dependencies (needs cargo-deny)
deny:
    cargo deny check

# Install the program
install:
    cargo install --path . --locked
