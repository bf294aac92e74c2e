"""Intervals against published figures, and published scoring."""

from __future__ import annotations

import pytest

from handrail.instruments.rules import instruments_scored as scored
from handrail.instruments.rules import statistics as rules
from handrail.instruments.rules.results import Asked
from handrail.instruments.rules.tallying import ONE
from handrail.kit.errors import RuleBroken


def near(one: rules.Estimate) -> tuple[float, float, float]:
    """To four figures, as published."""
    return tuple(round(value, 4) for value in (one.value, one.low, one.high))  # type: ignore[return-value]


def test_shares_have_wilsons_interval() -> None:
    """Newcombe (1998), Statist. Med. 17, 857, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    assert near(rules.share(81, 263))[1:] == (0.2553, 0.3662)
    assert near(rules.share(15, 148))[1:] == (0.0624, 0.1605)
    assert near(rules.share(0, 20))[1:] == (0.0, 0.1611)
    assert near(rules.share(1, 29))[1:] == (0.0061, 0.1718)


def test_differences_of_shares_have_newcombes_interval() -> None:
    """Newcombe (1998), Statist. Med. 17, 873, table II, method 10: 56/70 and 48/80; 9/10 and 3/10; 10/10 and 0/20."""
    assert near(rules.difference_of_shares((48, 80), (56, 70))) == (0.2, 0.0524, 0.3339)
    assert near(rules.difference_of_shares((3, 10), (9, 10))) == (0.6, 0.1705, 0.8090)
    assert near(rules.difference_of_shares((0, 20), (10, 10))) == (1.0, 0.6791, 1.0)


def test_means_agree_with_an_independent_library() -> None:
    from scipy import stats

    one, two = [3.0, 4.0, 4.5, 2.0, 5.0, 3.5], [4.0, 5.0, 4.5, 3.0, 6.0, 5.5]
    a, b = (rules.spread_of(len(some), sum(some), sum(x * x for x in some)) for some in (one, two))
    alone = stats.ttest_1samp(one, 0).confidence_interval(0.95)
    assert rules.mean(a).low == pytest.approx(alone.low)
    welch = stats.ttest_ind(two, one, equal_var=False).confidence_interval(0.95)
    found = rules.difference_of_means(a, b)
    assert (found.low, found.high) == pytest.approx((welch.low, welch.high))
    paired = stats.ttest_rel(two, one).confidence_interval(0.95)
    mine = rules.paired_difference(list(zip(one, two, strict=True)))
    assert (mine.low, mine.high) == pytest.approx((paired.low, paired.high))


@pytest.mark.parametrize("freedom", [1, 1.5, 2, 4, 9.7, 30, 200, 5000])
def test_students_quantile_agrees_with_an_independent_library(freedom: float) -> None:
    from scipy.special import stdtrit

    assert rules._t(freedom) == pytest.approx(float(stdtrit(freedom, 0.975)), rel=1e-9)


def values(scale: str, *given: int) -> float | None:
    """The score of these answers."""
    return scored.score(scored.scales()[scale], dict(enumerate(given, start=1)))


def test_who5_is_four_times_the_sum() -> None:
    who5 = scored.scales()["who5"]
    assert values("who5", 5, 5, 5, 5, 5) == 100
    assert values("who5", 3, 3, 3, 3) is None
    assert [scored.band_of(who5, one) for one in (0, 28, 32, 50, 52, 100)] == ["very_low", "very_low", "low", "low", "good", "good"]
    assert scored.band_of(who5, None) == ""


@pytest.mark.parametrize(("scale", "count"), [("ipl12", 12), ("ipl24", 24)])
def test_ipl_is_rescaled_to_one(scale: str, count: int) -> None:
    found = scored.scales()[scale]
    assert values(scale, *[1] * count) == 0
    assert values(scale, *[5] * count) == 1
    assert values(scale, *[3] * count) == 0.5
    assert values(scale, *[3] * (count - 1)) is None
    assert len(found.subscales) == 6
    assert sorted(item for part in found.subscales for item in part["items"]) == list(range(1, count + 1))
    assert scored.subscale_score(found, found.subscales[0], {1: 5, 2: 5, 3: 5, 4: 5}) == 1


def test_ips_bands_only_whole_reviews() -> None:
    ips = scored.scales()["ips25"]
    assert len(ips.data["items"]["titles"]) == 25
    assert values("ips25", *[4] * 24) is None
    assert [scored.band_of(ips, one) for one in (25, 73, 74, 99, 100, 114, 115, 125)] == ["not", "not", "fair", "fair", "good", "good", "exemplary", "exemplary"]
    ranges = [(len(part["items"]), 5 * len(part["items"])) for part in ips.subscales]
    assert ranges == [(3, 15), (8, 40), (14, 70)]


@pytest.mark.parametrize("code", list(scored.scales()))
def test_every_instrument_has_a_licence_and_a_source(code: str) -> None:
    scale = scored.scales()[code]
    scored.check_licence(scale, source="where it stands")
    assert scale.data["source"]
    if scale.data["wording"] == "slots":
        with pytest.raises(RuleBroken):
            scored.check_licence(scale, source=" ")


def test_reversed_items_are_turned() -> None:
    who5 = scored.scales()["who5"]
    turned = scored.Scale("x", {**who5.data, "items": {**who5.data["items"], "reversed": [1]}})
    assert scored.score(turned, {1: 5, 2: 0, 3: 0, 4: 0, 5: 0}) == 0


def test_a_scale_is_known_by_its_levels_or_by_its_look() -> None:
    assert Asked("q", ONE, ("no", "so", "yes"), (1, 2, 3)).scale == ("no", "so", "yes")
    assert Asked("q", ONE, ("yes", "so", "no", "dk"), (3, 2, 1, None)).scale == ("no", "so", "yes")
    assert Asked("q", ONE, ("a", "b"), (None, None)).scale == ()
    assert Asked("q", ONE, ("a", "b", "c", "d"), (None,) * 4, appearance="likert").scale == ("a", "b", "c", "d")
