"""Intervals, significance, calibration and latency on cases whose answer is known."""

import random

import pytest

from eval.measures.calibration import reliability
from eval.measures.intervals import estimated
from eval.measures.latency import latency
from eval.measures.significance import mcnemar, permutation


def test_an_interval_holds_the_mean_and_narrows_with_more_questions():
    few, many = estimated([0.0, 1.0] * 10), estimated([0.0, 1.0] * 500)
    assert few.low < few.mean == 0.5 == many.mean < few.high
    assert many.high - many.low < (few.high - few.low) / 4
    assert few == estimated([0.0, 1.0] * 10)


def test_equal_values_and_no_values_have_no_spread():
    assert estimated([1.0, 1.0]).low == 1.0
    assert estimated([]).count == 0


def test_mcnemar_counts_only_what_changed():
    assert mcnemar([True] * 50, [True] * 50) == 1.0
    assert mcnemar([True] * 5 + [False] * 5, [False] * 5 + [True] * 5) == 1.0
    # Ten changes, all in one direction: 2 * (1/2)^10.
    assert mcnemar([True] * 10 + [False] * 90, [False] * 100) == pytest.approx(2 / 1024)


def test_the_permutation_test_tells_a_shift_from_noise():
    chance = random.Random(7)
    before = [chance.random() for _ in range(200)]
    noise = [value + chance.gauss(0, 0.1) for value in before]
    shifted = [value + 0.1 for value in noise]
    assert permutation(before, noise) > 0.05 > permutation(before, shifted)
    assert permutation(before, before) == 1.0


def test_a_calibrated_score_lies_on_the_diagonal():
    scores = [0.25] * 100 + [0.75] * 100
    right = [True] * 25 + [False] * 75 + [True] * 75 + [False] * 25
    curve = reliability(scores, right)
    assert [(item.said, item.right, item.count) for item in curve.bins] == [(0.25, 0.25, 100), (0.75, 0.75, 100)]
    assert curve.gap == pytest.approx(0)
    assert curve.brier == pytest.approx(0.1875)


def test_an_overconfident_score_shows_its_gap():
    assert reliability([1.0] * 10, [True] * 4 + [False] * 6).gap == pytest.approx(0.6)
    assert reliability([], []).count == 0


def test_percentiles_are_waits_that_happened():
    waits = latency([float(number) for number in range(1, 101)])
    assert (waits.median, waits.p95, waits.p99, waits.longest) == (50.0, 95.0, 99.0, 100.0)
    assert latency([]).count == 0
