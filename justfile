# Short names for what CONTRIBUTING.md explains; `just` lists them.
default:
    @just --list

# everything CI runs
test:
    uv run pytest

# the tests that take longer than a few seconds each
slow:
    uv run pytest -m slow

# format, then lint, types and layers
check:
    uv run ruff format .
    uv run ruff check --fix .
    uv run mypy
    uv run lint-imports

# golden files, sample corpus and generated documentation, made anew
regenerate:
    uv run python data/make_corpus.py
    uv run pytest tests/ingest --regenerate
    uv run python docs/generate.py

# the pictures of the review desk in the documentation
screenshots:
    uv run python docs/make_screenshots.py
