"""The purposes that a person decides about, in the words that are shown."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from privacy_center.consent.basis import Basis, Purpose
from privacy_center.datamap.words import Category

PURPOSES: dict[str, Purpose] = {
    each.key: each
    for each in (
        Purpose(
            key="marketing",
            basis=Basis.CONSENT,
            title=_l("News about ZCode by e-mail"),
            words=_l("We would write to your account’s e-mail address about new functions, offers and events."),
            effect=_l("If you stop, nothing of the kind is sent any more. Mails about your account, orders and requests still come."),
            start=_l("Allow the mails"),
            stop=_l("Stop the mails"),
            on=_l("On"),
            off=_l("Off"),
            started=_l("You allow news by e-mail"),
            stopped=_l("You get no news by e-mail"),
            categories=(Category.ACCOUNT, Category.COMMUNICATION),
            dpv="dpv:DirectMarketing",
        ),
        Purpose(
            key="feedback_files",
            basis=Basis.CONSENT,
            title=_l("Screenshots and logs with feedback"),
            words=_l("When you send feedback, ZCode would attach a screenshot and the latest logs, so that we can find the fault sooner."),
            effect=_l("If you stop, feedback is sent without files. Those that you sent before stay until you delete them."),
            start=_l("Allow the files"),
            stop=_l("Stop the files"),
            on=_l("On"),
            off=_l("Off"),
            started=_l("You allow files with feedback"),
            stopped=_l("Feedback goes without files"),
            categories=(Category.COMMUNICATION, Category.DEVICE),
            dpv="dpv:CustomerCare",
        ),
        Purpose(
            key="sensitive",
            basis=Basis.CONSENT,
            title=_l("Sensitive data in conversations"),
            words=_l(
                "If you write about health, beliefs, origin, sexuality, biometrics or trade unions, we would store and process these words like the rest, "
                "to answer you and to show you your history."
            ),
            effect=_l(
                "If you stop, ZCode is told to process no such data. Leave them out of what you write; what is in your history stays until you delete it there."
            ),
            start=_l("Allow sensitive data"),
            stop=_l("Stop sensitive data"),
            on=_l("On"),
            off=_l("Off"),
            started=_l("You allow sensitive data in conversations"),
            stopped=_l("You do not allow sensitive data in conversations"),
            categories=(Category.CONTENT,),
            dpv="dpv:ServiceProvision",
            special=True,
        ),
        Purpose(
            key="improvement",
            basis=Basis.LEGITIMATE_INTEREST,
            title=_l("Improving ZCode"),
            words=_l("We count which functions are used, on what devices, and where they fail, and read feedback, to make ZCode better."),
            effect=_l("If you object, usage events are still held to keep ZCode secure, but are no longer counted or looked at to improve it."),
            start=_l("Take the objection back"),
            stop=_l("Object to improvement"),
            on=_l("In use"),
            off=_l("Objected"),
            started=_l("Your objection to improvement is taken back"),
            stopped=_l("You have objected to improvement"),
            categories=(Category.USAGE, Category.DEVICE, Category.LOG, Category.COMMUNICATION),
            dpv="dpv:ServiceOptimisation",
        ),
        Purpose(
            key="training",
            basis=Basis.LEGITIMATE_INTEREST,
            title=_l("Training models"),
            words=_l("We use conversations, without your name, to train and test later models."),
            effect=_l(
                "If you object, your conversations are used no more from that moment on. What was learnt before can’t be taken out of models already trained."
            ),
            start=_l("Take the objection back"),
            stop=_l("Object to training"),
            on=_l("In use"),
            off=_l("Objected"),
            started=_l("Your objection to training is taken back"),
            stopped=_l("You have objected to training"),
            categories=(Category.CONTENT, Category.USAGE),
            dpv="dpv:ResearchAndDevelopment",
        ),
        Purpose(
            key="restriction",
            basis=Basis.RESTRICTION,
            title=_l("Only store, nothing else"),
            words=_l(
                "We would keep your data as they are and use them for nothing else, but for what you ask us to do, for legal claims, and to protect others."
            ),
            effect=_l("While it lasts, all that is above counts as stopped, whatever you answered there. Your answers stay and count again afterwards."),
            start=_l("Lift the restriction"),
            stop=_l("Restrict processing"),
            on=_l("Not restricted"),
            off=_l("Restricted"),
            started=_l("The restriction is lifted"),
            stopped=_l("We only store your data from now on"),
            categories=tuple(Category),
            dpv="dpv:RightsFulfilment",
        ),
    )
}
