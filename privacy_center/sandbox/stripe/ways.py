"""The ways in which the stand-in for Stripe can be told to answer, and to send its news."""

from __future__ import annotations

from privacy_center.sandbox.behaviour import HONEST, Behaviour

WAYS = (
    Behaviour(HONEST, "Answer as Stripe should"),
    Behaviour("down", "Answer 503"),
    Behaviour("slow", "Keep the centre waiting longer than it will"),
    Behaviour("busy", "Answer 429: too many requests"),
    Behaviour("broken", "Answer 500 without doing anything"),
    Behaviour("acted", "Do what is asked for, then answer 500"),
    Behaviour("once acted", "Do so once, then answer as Stripe should"),
    Behaviour("deaf", "Say that everything was done, and do nothing"),
    Behaviour("refuse", "Refuse to change anything (400)"),
    Behaviour("key", "Refuse the key (401)"),
    Behaviour("garbage", "Answer with something that is not JSON"),
    Behaviour("no search", "Have no search, as in some countries (400)"),
)
WAY_NAMES = frozenset(each.name for each in WAYS)

DELIVERIES = (
    Behaviour("once", "Send each news once, and again while nobody takes it"),
    Behaviour("thrice", "Send each news three times"),
    Behaviour("reversed", "Send news in the wrong order, the newest first"),
    Behaviour("late", "Send news half a minute late"),
    Behaviour("never", "Keep all news back"),
    Behaviour("forged", "Sign news with another secret"),
    Behaviour("old", "Sign news as of an hour ago"),
    Behaviour("future", "Sign news as of in an hour"),
    Behaviour("unsigned", "Don’t sign news at all"),
)
DELIVERY_NAMES = frozenset(each.name for each in DELIVERIES)
