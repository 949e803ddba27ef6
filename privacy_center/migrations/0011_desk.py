"""Staff, notes of officers, what two of them must agree on; frozen as it was: this file never changes once it has landed."""

from peewee import SQL, BigAutoField, BigIntegerField, CharField, ForeignKeyField, Model, TextField

from privacy_center.core.db import JSONText, Moment


class User(Model):
    """Frozen; here as the target of keys."""

    id = BigAutoField()

    class Meta:
        table_name = "users"


class Staff(Model):
    """Frozen."""

    id = BigAutoField()
    user = ForeignKeyField(User, null=True, index=True)
    email = CharField(max_length=320, null=True)
    role = CharField(max_length=10)
    added_at = Moment()
    bound_at = Moment(null=True)
    removed_at = Moment(null=True)

    class Meta:
        table_name = "desk_staff"


class Note(Model):
    """Frozen."""

    id = BigAutoField()
    about = CharField(max_length=20)
    number = BigIntegerField()
    person = BigIntegerField(null=True, index=True)
    at = Moment()
    author = BigIntegerField()
    words = TextField()

    class Meta:
        table_name = "desk_note"
        indexes = ((("about", "number"), False),)


class Proposal(Model):
    """Frozen."""

    id = BigAutoField()
    kind = CharField(max_length=40)
    subject = BigIntegerField()
    person = BigIntegerField(null=True, index=True)
    what = JSONText(null=True)
    proposed_by = BigIntegerField()
    proposed_at = Moment()
    state = CharField(max_length=12)
    ended_by = BigIntegerField(null=True)
    ended_at = Moment(null=True)

    class Meta:
        table_name = "desk_proposal"


_SERVING = SQL("removed_at IS NULL")
Staff.add_index(Staff.index(Staff.email, unique=True, name="desk_staff_one_an_address", where=_SERVING))
Staff.add_index(Staff.index(Staff.user, unique=True, name="desk_staff_one_a_user", where=_SERVING))
Proposal.add_index(Proposal.index(Proposal.kind, Proposal.subject, unique=True, name="desk_proposal_one_open", where=SQL("state = 'open'")))

TABLES = (Staff, Note, Proposal)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Make the tables."""
    with db.bind_ctx((User, *TABLES)):
        db.create_tables(TABLES, safe=False)
