"""Tests of addresses proved by a code."""
