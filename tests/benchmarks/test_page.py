"""What the page of figures says of a run, and what it does not hide."""

import inspect

from benchmarks import page, report
from benchmarks.__main__ import MEASUREMENTS
from benchmarks.figures import Figure, Run, of_runs
from benchmarks.page import Section
from benchmarks.peers import PEERS, WHAT


def told(figure: Figure, measurement: str = "till") -> str:
    """The page on which this figure stands alone."""
    return page.render({measurement: Section("How.", "Taken.", [figure])})


def run(orders: float, others: float = 0.01, raw_others: float = 0.01) -> Run:
    """One run, as measurements hand it over."""
    shares = {"generator": 0.05, "platform": 0.9, "others": others}
    return {"orders": orders, "raw": 1000, "raw others": raw_others} | shares


def test_the_median_stands_beside_its_raw_and_the_ratio() -> None:
    figure = of_runs("SQLite", "64 buyers", "orders/s", [run(800), run(700), run(750)], "orders", raw="raw")
    assert (figure.value, figure.raw, figure.ratio) == (750, 1000, 0.75)
    assert "| SQLite | 64 buyers | 750 orders/s (700 – 800) |  | 1,000 | 0.75 | 5 · 90 · 1 % |  |" in told(figure)


def test_a_run_on_a_busy_machine_is_marked_also_when_only_its_raw_was() -> None:
    runs = [run(800), run(700, others=0.2), run(750, raw_others=0.2)]
    figure = of_runs("SQLite", "64 buyers", "orders/s", runs, "orders", raw="raw")
    assert figure.busy_runs == 2
    assert "5 · 90 · 1 %, busy in 2 of 3 runs" in told(figure)
    assert "* Till, SQLite, 64 buyers: busy in 2 of 3 runs, others took 1 %." in told(figure)


def test_a_quiet_machine_needs_no_word() -> None:
    assert "busy machine" not in told(of_runs("SQLite", "64 buyers", "orders/s", [run(800)], "orders"))


def test_what_is_not_met_is_told_in_plain_words() -> None:
    assert "64 buyers: 105 orders/s; at least 250 is the target." in told(
        Figure("PostgreSQL", "64 buyers", "orders/s", 105, least=250)
    )
    assert "p99: 666 ms; at most 150 is the target." in told(Figure("PostgreSQL", "p99", "ms", 666, most=150))
    assert "orders: 201; exactly 200 is the target." in told(Figure("SQLite", "orders", "", 201, least=200, most=200))
    assert "Every target is met." in told(Figure("SQLite", "orders", "", 200, least=200, most=200))


def test_peers_stand_beside_what_they_did_and_say_that_they_were_not_measured_here() -> None:
    hot = told(Figure("SQLite", "orders", "", 200), "hot")
    assert "| Vendure 3.7 | 978 sold of 200 | 778 pieces that were not there |" in hot
    assert "not measured in this run" in hot
    assert set(PEERS) == set(WHAT) <= set(MEASUREMENTS)


def test_the_page_is_what_the_results_say() -> None:
    assert page.render(report.load()) == report.PAGE.read_text()


def test_every_measurement_says_how_it_is_taken() -> None:
    for measurement in MEASUREMENTS.values():
        assert "\n\n" in (inspect.getdoc(measurement) or ""), measurement.__name__
