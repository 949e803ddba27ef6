"""The demo people: whom the stand-in for Z.ai knows, and whose records the demo data tell of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; *sentence* says who they are, for whoever tries the centre out."""

    subject: str
    name: str
    email: str
    language: str
    country: str
    sentence: str
    desk: str = ""  # the role at the desk


PEOPLE = (
    Person("zai-mei", "Mei Hartmann", "mei@example.com", "en", "SG", "Uses ZCode every day, in English and Chinese; hundreds of conversations."),
    Person("zai-jun", "林俊", "jun@example.com", "zh-Hans", "CN", "Writes code in Shenzhen, and reads this site in Chinese."),
    Person("zai-alex", "Alex Okafor", "alex@example.com", "en", "US-CA", "Tried ZCode for a week, in California, and has stopped the renewal of the plan."),
    Person("zai-olga", "Olga Nowak", "olga@example.com", "en", "PL", "Has just opened an account; nothing is held yet."),
    Person("zai-sam", "Sam Rivera", "sam@example.com", "en", "GB", "Pays for a plan, and the last payment did not go through."),
    Person("zai-ada", "Ada Okafor", "ada@example.com", "en", "IE", "Privacy officer: answers requests at the desk.", desk="officer"),
    Person("zai-tomas", "Tomás Rey", "tomas@example.com", "en", "ES", "The second privacy officer; what can’t be undone takes both.", desk="officer"),
    Person("zai-ruth", "Ruth Lindqvist", "ruth@example.com", "en", "SE", "Auditor: sees how the desk works, and changes nothing.", desk="auditor"),
)


def known(subject: str) -> Person | None:
    """The demo person of that Z.ai user id, if it is one's."""
    return next((person for person in PEOPLE if person.subject == subject), None)
