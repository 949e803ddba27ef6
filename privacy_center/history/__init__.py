"""Conversations, their messages and files: listed, searched, read."""
