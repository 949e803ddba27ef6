"""The longest conversation: a house of 560 modules moved one by one, over weeks, in more than 1,200 messages."""

from __future__ import annotations

import random

from privacy_center.sandbox.demo.scenario import Part, Scenario, Turn

AREAS = ("orders", "customers", "invoices", "shipping", "returns", "catalogue", "prices", "search", "reports", "mail", "users", "settings")
VIEWS = ("list", "detail", "create", "update", "remove", "export", "restore", "approve", "assign", "merge", "print", "share", "history", "bulk")
MODULES = 560
FORMS = ("views", "forms", "tests", "templates")
ASKS = ("Next.", "Go on.", "Next one, please.", "Continue with {file}.", "Weiter.", "{file} now.", "下一个。", "And {file}?")
FINDINGS = (
    "Moved; nothing else uses the old path.",
    "Moved. One template named the old route by hand, I changed it too.",
    "Moved. The old handler swallowed `ValueError`; it now answers 422 with the form.",
    "Moved. Two tests patched the old path; they go through the client now.",
    "Moved. It opened a transaction around a network call; I took the call out of it.",
    "Moved. Dead branch removed: `legacy=True` has no caller since spring.",
    "Moved. The query had no owner in it; it goes through `current_user` now. **That was a real hole.**",
)
DOUBTS = (
    (
        "Wait, why did the count of tests go down?",
        "{file} had the same test twice under one name, so only the second ran. Now both do.",
    ),
    (
        "Is that safe while both routers are live?",
        "Yes: the old path answers 308 until the last module is over, and forms keep their method with it.",
    ),
    ("How many are left?", "{left} of {whole}. At this pace about {days} working days."),
    ("Lunch. Summarise the morning.", "- {done} of {whole} moved\n- no test failing\n- two real faults found on the way, both fixed and noted in `MOVES.md`"),
)


def marathon() -> Scenario:
    """The scenario; its turns are made, not read."""
    chance = random.Random("marathon")  # noqa: S311  (variety, not secrecy)
    files = [f"{area}/{form}_{view}.py" for area in AREAS for view in VIEWS for form in FORMS][:MODULES]
    turns = [
        said("user", f"We move {MODULES} modules from the old router to the new one, one by one, tests after each. You lead."),
        said("assistant", "Then one module, one commit. I stop whenever a test fails, or when something is odd enough that you should see it."),
    ]
    for done, file in enumerate(files, 1):
        turns += step(chance, file, done)
        if done % 9 == 0:
            turns += doubt(chance, file, done)
    turns.append(said("user", "That was the last one. Thank you for your patience."))
    turns.append(said("assistant", f"All {MODULES} are over. The old router is an empty file now; delete it when its redirects have been quiet for a month."))
    return Scenario("marathon", ["Move every module to the new router"], ["platform"], "desktop", {}, turns)


def said(role: str, text: str) -> Turn:
    """A turn that is nothing but words."""
    return Turn(role, [Part("say", "", text)])


def step(chance: random.Random, file: str, done: int) -> list[Turn]:
    """One module moved: asked for, changed, tested."""
    name = file.rpartition("/")[2].removesuffix(".py")
    diff = f'-@old.route("/{name}")\n+@bp.route("/{name.replace("_", "-")}")\n def {name}():'
    tests = f"{'.' * 40}\n{800 + done} passed in {chance.uniform(9, 14):.2f}s"
    moved = [Part("Edit", f"src/{file}", diff), Part("Bash", "pytest -q | tail -2", tests), Part("say", "", chance.choice(FINDINGS))]
    return [said("user", chance.choice(ASKS).format(file=f"`{file}`")), Turn("assistant", moved)]


def doubt(chance: random.Random, file: str, done: int) -> list[Turn]:
    """A question in between, and its answer."""
    left = MODULES - done
    question, answer = chance.choice(DOUBTS)
    return [said("user", question), said("assistant", answer.format(file=f"`{file}`", left=left, done=done, whole=MODULES, days=left // 12 + 1))]
