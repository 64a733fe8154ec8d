"""Who did what, as the shop's people find it: from the shop's log, and from this surface's book before that."""

import csv
import io
import re
from collections.abc import Iterator

import pytest

from benchmarks.shop import SHOP_ID
from matjar.core.clock import HOUR, now_ms
from matjar.domain.audit import Entry, Wanted
from matjar.edge.audit import Audit
from tests.platform import Platform
from tests.surfaces.admin.office import PACKER, SHEET, House, Person, wait_until, wait_until_known

WAITING = "not yet in the shop's log"


@pytest.fixture
def database(platform: Platform) -> Iterator[str]:
    """What must be there for a log to take anything in; it is there again afterwards."""
    part = "writer" if "writer" in platform.names else "postgres"
    yield part
    platform.start(part)
    platform.wait_until_well()


def written(platform: Platform, **more: object) -> Entry:
    """A deed that is in the back office's book, and unlike any other."""
    facts = {"subject": f"task:{now_ms()}", "address": "198.51.100.7", "age_ms": 0} | more
    entry = Entry(now_ms(), 1, "", "tasks.write", method="passkey", proven_at=0, **facts)  # type: ignore[arg-type]
    book = Audit(platform.settings.home / "admin" / "audit.sqlite")
    book.write(SHOP_ID, entry)
    book.close()
    return entry


def newest(platform: Platform, action: str) -> Entry:
    """The last of such deeds in the back office's book."""
    book = Audit(platform.settings.home / "admin" / "audit.sqlite")
    found = book.latest(SHOP_ID, wanted=Wanted(action=action), most=1)[0].entry
    book.close()
    return found


def test_what_was_done_is_in_the_log_a_moment_later(owner: Person, platform: Platform) -> None:
    wait_until(lambda: WAITING not in owner.get("/audit").words, platform)
    page = owner.get("/audit?kind=self.")
    assert "signed in" in page.words
    assert "by passkey" in page.words


def test_what_waits_is_shown_and_marked_and_arrives_when_the_database_is_back(
    owner: Person, platform: Platform, database: str
) -> None:
    if database != "writer":
        pytest.skip("without PostgreSQL the log cannot be asked what has arrived")
    platform.kill(database)
    assert owner.sign_in().status == 200
    page = owner.get("/audit?kind=self.")
    assert WAITING in page.words
    assert "Not yet in the shop's log" in page.words
    platform.start(database)
    wait_until(lambda: WAITING not in owner.get("/audit").words, platform)


def test_without_the_database_the_book_of_this_surface_is_read(
    owner: Person, platform: Platform, database: str
) -> None:
    if database != "postgres":
        pytest.skip("SQLite's file is always there")
    entry = written(platform, after={"status": "closed"})
    platform.kill(database)
    page = owner.get("/audit?kind=tasks.")
    assert "The shop's log cannot be asked now" in page.words
    assert entry.subject.partition(":")[2] in page.words
    assert owner.get("/audit?late=1").status == 200


def test_a_back_office_killed_right_after_a_deed_loses_no_entry(
    owner: Person, platform: Platform, house: House
) -> None:
    platform.kill("admin")
    entry = written(platform)
    platform.start("admin")
    wait_until_known(platform, house)
    id_ = entry.subject.partition(":")[2]
    wait_until(
        lambda: id_ in owner.get("/audit?kind=tasks.").words and WAITING not in owner.get("/audit").words, platform
    )


def test_after_an_outage_what_was_done_meanwhile_is_listed_and_counted(owner: Person, platform: Platform) -> None:
    late, fresh = written(platform, age_ms=3 * HOUR), written(platform)
    page = owner.get("/audit?late=1&kind=tasks.")
    assert late.subject.partition(":")[2] in page.words
    assert fresh.subject.partition(":")[2] not in page.words
    assert "Signing in not heard from for 3 hours" in page.words
    counted = re.search(r"<dt>Daily work: orders, stock, prices, refunds</dt><dd[^>]*>(\d+)<", page.body)
    assert counted is not None
    assert "more than an hour after the last news" in page.words
    assert not re.search(r"\bC[0-4]\b|at the till", page.words)
    assert int(counted[1]) == page.body.count("Signing in not heard from for") >= 1


def test_it_is_narrowed_by_person_days_and_what_it_was_done_to(owner: Person, platform: Platform) -> None:
    entry = written(platform)
    id_ = entry.subject.partition(":")[2]
    found = {
        query: id_ in owner.get(f"/audit?{query}").words
        for query in (
            "person=1", f"person={PACKER}", f"subject={entry.subject}", "subject=task:1", "surface=admin",
            "surface=identity", "since=2020-01-01", "until=2020-01-01", "since=never&person=x", "kind=orders.",
        )
    }  # fmt: skip
    assert [query for query, is_there in found.items() if is_there] == [
        "person=1", f"subject={entry.subject}", "surface=admin", "since=2020-01-01", "since=never&person=x",
    ]  # fmt: skip


def test_what_was_refused_says_why(owner: Person, platform: Platform) -> None:
    written(platform, refused="access.not_yours")
    page = owner.get("/audit?kind=tasks.")
    assert "Refused" in page.words
    assert "Your role does not include this." in page.words


def test_a_printed_code_is_loud(platform: Platform, house: House, owner: Person) -> None:
    packer = Person(platform, house)
    assert packer.send("/sign-in/code", {"to": "/", "code": SHEET[2]}).status == 200
    assert 'class="loud"' in owner.get(f"/audit?person={PACKER}").body


def test_the_table_to_take_home_holds_no_formula(owner: Person, platform: Platform) -> None:
    written(platform, subject="=HYPERLINK(1)", address="@SUM(1)")
    answer = owner.get("/audit.csv?kind=tasks.")
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-bench.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff"))))
    assert {row["who"] for row in rows} == {"Olfat"}
    assert any(row["subject"] == "'=HYPERLINK(1)" and row["from"] == "'@SUM(1)" for row in rows)
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_it_is_for_those_alone_whose_role_has_it(platform: Platform, house: House) -> None:
    packer = Person(platform, house)
    packer.send("/sign-in/code", {"to": "/", "code": SHEET[3]})
    assert [packer.get(path).status for path in ("/audit", "/audit.csv")] == [403, 403]


def test_goods_places_and_orders_go_by_name_in_the_reader_s_language_with_their_ids_beside(
    owner: Person, platform: Platform
) -> None:
    counted = owner.send("/stock", owner.get("/stock").forms["/bench/stock"] | {"count": "+1"})
    assert counted.status == 200, counted.body
    entry = written(platform, subject="order:4", after={"status": "closed"})
    subject = newest(platform, "stock.write").subject
    item, place = (each.partition(":")[2] for each in subject.split())
    page = owner.get("/audit?kind=stock.")
    assert not re.search(rf"article {item}|place {place}", page.words)
    assert re.search(r"counted \S[^·]* \(\S+\) · \w", page.words)
    assert f"item:{item} location:{place}" in page.words
    rows = list(csv.DictReader(io.StringIO(owner.get("/audit.csv").body.removeprefix("\ufeff"))))
    told = {row["subject"]: row["to"] for row in rows}
    assert told[entry.subject] == "#1004"
    assert told[subject]
    arabic = owner.get(f"/audit?kind=tasks.&subject={entry.subject}", **{"accept-language": "ar"}).words
    assert ("محفوظ" in arabic, "closed" in arabic) == (True, False)


def test_looking_at_a_page_that_one_may_not_use_is_no_deed_and_sending_its_form_is(
    platform: Platform, house: House, owner: Person
) -> None:
    packer = Person(platform, house)
    packer.send("/sign-in/code", {"to": "/", "code": SHEET[4]})
    before = owner.get(f"/audit?person={PACKER}").words.count("Refused")
    looked = ["/payout/change", "/payout", "/staff", "/audit", "/orders/1001/refund"]
    assert {packer.get(path).status for path in looked} == {403}
    assert owner.get(f"/audit?person={PACKER}").words.count("Refused") == before
    assert packer.send("/payout/change", {"holder": "Faris"}).status == 403
    page = owner.get(f"/audit?person={PACKER}")
    assert page.words.count("Refused") == before + 1
    assert "changed the payout account Refused" in page.words
