"""What a district says of itself, and who works there."""

from datetime import date
from typing import Annotated, TypedDict

from planstudio.domain.audiences import HOUSE, PUBLIC, STAFF, Rows
from planstudio.domain.kinds import Majority, PersonRole
from planstudio.domain.nouns.fields import FIND, choice, day, first_day, line, lines, noun, refers, whole
from planstudio.i18n import N_


class OrganizationFields(TypedDict, total=False):
    name: Annotated[str, line(N_("Name"), PUBLIC, FIND)]
    short_name: Annotated[str, line(N_("Short name"), PUBLIC, FIND)]
    motto: Annotated[str, line(N_("Motto"), PUBLIC, FIND)]
    address: Annotated[str, lines(N_("Address"), PUBLIC, FIND)]
    contact: Annotated[str, lines(N_("Contact"), PUBLIC, FIND)]
    website: Annotated[str, line(N_("Website"), PUBLIC, FIND)]
    board_name: Annotated[str, line(N_("Board name"), PUBLIC, FIND)]
    posting_rule: Annotated[str, lines(N_("Posting rule"), STAFF)]
    status_words: Annotated[str, lines(N_("Status words"), PUBLIC)]
    logo_sha256: Annotated[str | None, refers(N_("Logo sha256"), PUBLIC, of="content")]
    closed_days: Annotated[str, lines(N_("Closed days"), STAFF)]
    level_words: Annotated[str, lines(N_("Level words"), PUBLIC)]
    dictionary: Annotated[str, lines(N_("Dictionary"), HOUSE)]
    time_zone: Annotated[str, line(N_("Time zone"), PUBLIC)]
    seats: Annotated[int | None, whole(N_("Seats"), PUBLIC)]
    quorum: Annotated[int | None, whole(N_("Quorum"), PUBLIC)]
    majority: Annotated[Majority, choice(N_("Majority"), PUBLIC)]
    coded_shares: Annotated[int, whole(N_("Shares told by a bound"), PUBLIC)]


class PersonFields(TypedDict, total=False):
    name: Annotated[str, line(N_("Name"), PUBLIC, FIND)]
    title: Annotated[str, line(N_("Title"), PUBLIC, FIND)]
    role: Annotated[PersonRole, choice(N_("Role"), PUBLIC)]
    term_start: Annotated[date | None, first_day(N_("Term start"), PUBLIC)]
    term_end: Annotated[date | None, day(N_("Term end"), PUBLIC)]
    department: Annotated[str, line(N_("Department"), STAFF)]


NOUNS = (
    noun("organization", N_("District"), Rows.ALL, OrganizationFields, title="name", ranked=False),
    noun("person", N_("Person"), Rows.ON_PAPERS, PersonFields, title="name", ranked=False),
)
