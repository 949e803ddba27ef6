"""Tests of the policy's editions, of what changed between them, and of telling people."""
