"""What holds of any names: matching never raises, a whole name always wins, order means nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.people import Person, StaffId, UnionId
from bot.names import find, lookup_of, named, signs_of
from bot.names.forms import folded

READINGS = {"周": ("zhou",), "晓": ("xiao",), "彤": ("tong",), "曾": ("ceng", "zeng"), "王": ("wang",), "小": ("xiao",)}
written = st.one_of(
    st.text(max_size=40),
    st.text("周晓彤曾王小伟 ()（）·-AlicezhouZ2'", max_size=12),
)
company = st.lists(written, max_size=8)


def people(texts):
    return [named(Person(StaffId(str(n)), UnionId(str(n)), text)) for n, text in enumerate(texts)]


@given(written, company, company)
def test_matching_never_raises_and_finds_only_those_who_are_there(typed, near, rest):
    both = people([*near, *rest])
    match = find(typed, near=both[: len(near)], rest=both, readings=READINGS)
    assert set(match.people) <= {each.person for each in both}
    assert len(set(match.people)) == len(match.people)
    assert signs_of(both) <= set("".join(folded(text) for text in [*near, *rest]))


@given(written.filter(lambda text: folded(text)), company, company)
def test_a_whole_name_always_wins(name, near, rest):
    [person] = people([name])
    others = [named(Person(StaffId(f"o{n}"), UnionId("u"), text)) for n, text in enumerate([*near, *rest])]
    alone = find(name, near=(), rest=[person, *others[len(near) :]], readings=READINGS)
    assert alone.exact
    assert person.person in alone.people
    everywhere = find(name, near=others[: len(near)], rest=[person, *others], readings=READINGS)
    assert everywhere.exact


@given(written, company)
def test_the_order_of_people_means_nothing(typed, texts):
    found = people(texts)
    assert find(typed, near=(), rest=found, readings=READINGS) == find(
        typed, near=(), rest=found[::-1], readings=READINGS
    )


@given(st.text("周晓彤曾王小", min_size=2, max_size=4), company)
def test_pinyin_finds_whoever_is_written_so(name, texts):
    [person] = people([name])
    others = [named(Person(StaffId(f"o{n}"), UnionId("u"), text)) for n, text in enumerate(texts)]
    spelt = "".join(READINGS[sign][-1] for sign in name)
    match = find(spelt, near=(), rest=[person, *others], readings=READINGS)
    assert person.person in match.people or match.exact


TYPED = st.one_of(
    written,
    st.text("周晓彤曾王小老总工师", min_size=1, max_size=4),
    st.lists(
        st.sampled_from(["zhou", "xiao", "tong", "ceng", "zeng", "wang", "zxt", "z", "lao", "zong", "alice", "Zhou4"]),
        max_size=4,
    ).map("".join),
    st.lists(st.sampled_from(["zhou", "xiaotong", "alice", "zeng", "wang"]), max_size=3).map(" ".join),
)
NAMES = st.lists(
    st.one_of(
        written,
        st.text("周晓彤曾王小", min_size=2, max_size=8),
        st.tuples(
            st.text("周晓彤曾王小", min_size=2, max_size=3), st.sampled_from([" Zoe", "(小伟)", " Alice Zhou"])
        ).map("".join),
    ),
    max_size=8,
)


@settings(max_examples=500)
@given(TYPED, NAMES, NAMES)
def test_whoever_is_found_among_all_is_found_among_the_candidates(typed, near, rest):
    everybody = people([*near, *rest])
    close = everybody[: len(near)]
    lookup = lookup_of(everybody).read_with(READINGS)
    among_all = find(typed, near=close, rest=everybody, readings=READINGS)
    assert find(typed, near=close, rest=lookup.candidates(typed), readings=READINGS) == among_all
