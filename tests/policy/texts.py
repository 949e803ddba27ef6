"""Official texts as they come: without marks, and in Markdown."""

PLAIN = """ACME Privacy Policy

The latest version is effective on: June 15, 2026

[Introduction]

Welcome. We keep to the law.

1. Definitions and Scope

(1) Data Controller

ACME PTE.LTD is the controller. Write to privacy@acme.example.

(2) Terms

The terms mean what they say.

2. How We Collect Information

We collect two kinds of information:

  1. Necessary information, without which nothing works.

  2. Optional information, for extra features.

In some cases we need no consent:

(1) Where a contract needs it;

(2) Where the law demands it.

Cookies we use

We use one cookie:

  • the session cookie

3. How to Contact Us

Write to us.
"""

MARKDOWN = """# ACME Privacy Policy

Please read it.

## 1. Definitions and Scope

### (1) Data Controller

**ACME PTE.LTD** is the controller. [Our site](https://acme.example/).

## 2. How We Collect Information

| Permission | Purpose |
|---|---|
| Network | To connect |

- one
- two
"""

LATER = PLAIN.replace("We keep to the law.", "We keep to the law and to this policy.").replace(
    "3. How to Contact Us", "3. How We Train Models\n\nWe train models with your feedback.\n\n4. How to Contact Us"
)
