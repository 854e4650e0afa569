"""The policy manual, and where its policies are attached."""

from datetime import date
from typing import Annotated, TypedDict

from planstudio.domain.audiences import PUBLIC, Rows
from planstudio.domain.kinds import PolicyKind, PolicyState, Relation, RevisionKind
from planstudio.domain.nouns.fields import (
    COMPARE,
    FIND,
    choice,
    exact_day,
    line,
    lines,
    markdown,
    noun,
    person,
    prose,
    refers,
    whole,
)
from planstudio.i18n import N_


class PolicySeriesFields(TypedDict, total=False):
    number: Annotated[str, line(N_("Number"), PUBLIC, FIND)]
    title: Annotated[str, line(N_("Title"), PUBLIC, FIND)]


class PolicyFields(TypedDict, total=False):
    series_id: Annotated[str | None, refers(N_("Series"), PUBLIC, of="policy_series")]
    code: Annotated[str, line(N_("Code"), PUBLIC, FIND | COMPARE)]
    title: Annotated[str, line(N_("Title"), PUBLIC, FIND | COMPARE)]
    kind: Annotated[PolicyKind, choice(N_("Kind"), PUBLIC, COMPARE)]
    state: Annotated[PolicyState, choice(N_("Standing"), PUBLIC, COMPARE)]
    review_months: Annotated[int | None, whole(N_("Review months"), PUBLIC, least=0, most=1200)]
    owner_id: Annotated[str | None, person(N_("Owner"), PUBLIC)]


class PolicyVersionFields(TypedDict, total=False):
    body: Annotated[str, markdown(N_("Text"), PUBLIC, FIND | COMPARE)]
    legal_refs: Annotated[str, lines(N_("Legal references"), PUBLIC, FIND | COMPARE)]
    cross_refs: Annotated[str, lines(N_("See also"), PUBLIC, FIND | COMPARE)]
    first_reading: Annotated[date | None, exact_day(N_("First reading"), PUBLIC)]
    second_reading: Annotated[date | None, exact_day(N_("Second reading"), PUBLIC)]
    adopted: Annotated[date | None, exact_day(N_("Adopted"), PUBLIC, COMPARE)]
    effective: Annotated[date | None, exact_day(N_("Effective"), PUBLIC)]
    revised: Annotated[str, lines(N_("Revised"), PUBLIC)]
    reviewed: Annotated[date | None, exact_day(N_("Reviewed"), PUBLIC)]
    repealed: Annotated[date | None, exact_day(N_("Repealed"), PUBLIC)]
    revision: Annotated[RevisionKind, choice(N_("Revision"), PUBLIC)]


class NewPolicyFields(PolicyFields, PolicyVersionFields, total=False):
    """A policy with its first text."""


class PolicyLinkFields(TypedDict, total=False):
    version_id: Annotated[str | None, refers(N_("Version"), PUBLIC, of="policy_version")]
    relation: Annotated[Relation, choice(N_("Relation"), PUBLIC)]
    note: Annotated[str, prose(N_("Note"), PUBLIC, FIND)]


NOUNS = (
    noun("policy_series", N_("Policy series"), Rows.ALL, PolicySeriesFields, title="title", ranked=False),
    noun("policy", N_("Policy"), Rows.IN_FORCE, PolicyFields, title="title", ranked=False),
    noun("policy_version", N_("Policy text"), Rows.IN_FORCE, PolicyVersionFields, inside="policy", ranked=False),
    noun("policy_link", N_("Attached policy"), Rows.ALL, PolicyLinkFields, title="note",
         inside="policy statement statement_item goal strategy measure"),
)  # fmt: skip
