"""Identifiers: opaque, deterministic, the same on every machine and in every run."""

from __future__ import annotations

from hashlib import blake2b, sha256


def make_id(prefix: str, *parts: object) -> str:
    """Return `prefix_` and 16 hex digits hashed from the parts; equal parts give equal ids everywhere.

    64 bits: at 10⁸ rows the chance that any two collide is about 3 in 10,000.
    """
    digest = blake2b("\x1f".join(str(part) for part in parts).encode(), digest_size=8)
    return f"{prefix}_{digest.hexdigest()}"


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hex: the identity of an input."""
    return sha256(data).hexdigest()


def document_id(sha256_hex: str) -> str:
    """Return the document's id: the first 16 hex digits of the SHA-256 of its bytes."""
    return f"doc_{sha256_hex[:16]}"
