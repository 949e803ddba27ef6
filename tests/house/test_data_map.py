"""Nothing is stored that is not declared."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from privacy_center.datamap import documents, registry

DOCUMENT = Path(__file__).parents[2] / "docs" / "data-map.md"


def test_the_data_map_has_no_gaps(app: Flask) -> None:
    assert registry.gaps() == []


def test_the_document_says_what_the_code_says(app: Flask) -> None:
    assert DOCUMENT.read_text() == documents.as_markdown(), "write it anew: flask datamap > docs/data-map.md"
