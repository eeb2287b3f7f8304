"""Days, times, hours and yes-or-no words, as portals write them in two languages."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massar_cli.answers import to_answer, to_justified, to_unread
from massar_cli.dates import MONTHS, WEEKDAYS, Days, to_day, to_days, to_weekday, weekday_of
from massar_cli.times import Times, times_within, to_hours, to_times

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2199, 12, 31))
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL_WEEKDAYS = {
    0: ("الاثنين", "الإثنين", "lundi", "Lun."),
    1: ("الثلاثاء", "mardi", "MARDI"),
    2: ("الأربعاء", "الاربعاء", "mercredi"),
    3: ("الخميس", "jeudi"),
    4: ("الجمعة", "vendredi"),
    5: ("السبت", "samedi"),
    6: ("الأحد", "الاحد", "Dimanche"),
}


@st.composite
def written_days(draw: st.DrawFn) -> tuple[dt.date, str]:
    """Draw a day and one of the ways in which it is written."""
    day = draw(DAYS)
    sign = draw(st.sampled_from(["/", "-", "."]))
    month = draw(st.sampled_from(MONTHS[day.month - 1]))
    text = draw(
        st.sampled_from(
            [
                f"{day:%d}{sign}{day:%m}{sign}{day.year}",
                f"{day.day}{sign}{day.month}{sign}{day.year}",
                f"{day.year}{sign}{day:%m}{sign}{day:%d}",
                f"{day.day} {month} {day.year}",
                f"{day:%d}-{month}-{day.year}",
                f"{day.day} {month}, {day.year}",
                f"{day.day}er {month} {day.year}",
                f"{day.day} من {month} سنة {day.year}",
            ]
        )
    )
    weekday = draw(st.sampled_from(FULL_WEEKDAYS[day.weekday()]))
    before = draw(st.sampled_from(["", f"{weekday} ", f"{weekday}, ", f"يوم {weekday} ", "le "]))
    after = draw(
        st.sampled_from(["", " 10:30", " à 8h30", " 08:30 - 10:30", "  ", f" ({weekday})"])
    )
    text = f"{before}{text}{after}"
    text = draw(st.sampled_from([text, text.upper(), text.translate(ARABIC_DIGITS)]))
    return day, text.replace(" ", draw(st.sampled_from([" ", "\xa0", "\u200f "])))


@given(written_days())
def test_a_day_is_read_back_from_every_spelling(written: tuple[dt.date, str]) -> None:
    day, text = written
    assert to_day(text) == day
    assert to_days(text) == Days(day, None)
    assert to_weekday(text) == WEEKDAYS[day.weekday()][0] == weekday_of(day)


@given(
    DAYS,
    st.integers(0, 400),
    st.sampled_from(
        ["du {} au {}", "من {} إلى {}", "{} - {}", "{}–{}", "Du {} au {}", "من {} الى غاية {}"]
    ),
)
def test_a_range_of_days_is_read_back(first: dt.date, length: int, form: str) -> None:
    last = min(first + dt.timedelta(days=length), dt.date(2199, 12, 31))
    text = form.format(f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}")
    assert to_days(text) == Days(first, last)
    assert to_day(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("du 15 au 17 mars 2027", (2027, 3, 15), (2027, 3, 17)),
        ("من 15 إلى 17 مارس 2027", (2027, 3, 15), (2027, 3, 17)),
        ("du 28 février au 2 mars 2027", (2027, 2, 28), (2027, 3, 2)),
        ("du 28/02 au 02/03/2027", (2027, 2, 28), (2027, 3, 2)),
        ("du lundi 15 au mercredi 17 mars 2027", (2027, 3, 15), (2027, 3, 17)),
    ],
)
def test_a_range_may_tell_its_year_once(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert to_days(text) == Days(dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "text",
    [
        *("15/03/27", "32/01/2027", "31/02/2027", "03/15/2027", "15/03/2027/1", "115/03/2027"),
        *("15 mars", "mars 2027", "2026/2027", "15", "", "15/03/20271", "15/09/1448"),
        *("mardi 15/03/2027", "الثلاثاء 15 مارس 2027", "15/03/2027 ?", "voir le 15/03/2027"),
        *("15/03-2027", "15 mar 2027", "Né le 15/03/2027", "15/03/2027 16/03/2027", "abc"),
        "page 12 15/03/2027",
    ],
)
def test_what_is_no_single_day_is_none(text: str) -> None:
    assert to_day(text) is None


@pytest.mark.parametrize(
    "text",
    ["du 17/03/2027 au 15/03/2027", "du 18 au 17 mars 2027", "du 31 au 2 mars 2027", "1 2 3"],
)
def test_a_range_that_ends_before_it_begins_is_none(text: str) -> None:
    assert to_days(text) == Days(None, None)


@pytest.mark.parametrize("text", ["", "jour", "lundi mardi", "cours du lundi", "الاثنين والثلاثاء"])
def test_what_is_no_single_day_of_the_week_is_none(text: str) -> None:
    assert to_weekday(text) is None


TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


@given(
    TIMES,
    TIMES,
    st.sampled_from(["{} - {}", "{}-{}", "{}–{}", "de {} à {}", "من {} إلى {}", "{} → {}"]),
    st.sampled_from(["%H:%M", "%Hh%M", "%H h %M", "%H:%M:00"]),
)
def test_times_are_read_back(one: dt.time, other: dt.time, form: str, clock: str) -> None:
    start, end = sorted((one, other))
    text = form.format(start.strftime(clock), end.strftime(clock))
    expected = Times(None, None) if start == end else Times(start, end)
    assert to_times(text) == to_times(text.translate(ARABIC_DIGITS)) == expected
    assert to_times(start.strftime(clock)) == Times(start, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("8h-10h", (8, 0), (10, 0)),
        ("8h30 à 10h", (8, 30), (10, 0)),
        ("من الساعة 8 إلى الساعة 10", (8, 0), (10, 0)),
        ("02:30 م - 04:30 م", (14, 30), (16, 30)),
        ("الساعة 10:00", (10, 0), None),
    ],
)
def test_times_in_other_forms(
    text: str, start: tuple[int, int], end: tuple[int, int] | None
) -> None:
    assert to_times(text) == Times(dt.time(*start), dt.time(*end) if end else None)


@pytest.mark.parametrize(
    "text",
    ["10:30 - 08:30", "24:00", "08:60", "8-10", "12", "", "Séance 3", "08:30 et plus tard", "1:2"],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert to_times(text) == Times(None, None)


def test_a_time_is_found_beside_a_day() -> None:
    assert times_within("15/03/2027 10:30") == Times(dt.time(10, 30), None)
    assert times_within("Lundi 15 mars 2027, 8h30 - 10h30").end == dt.time(10, 30)
    assert times_within("15/03/2027") == Times(None, None)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("2", "2"), ("٢", "2"), ("2,5", "2.5"), ("2h", "2"), ("2 H", "2"), ("2 heures", "2")),
        *(("2 ساعات", "2"), ("ساعتان", "2"), ("ساعتين", "2"), ("ساعة", "1"), ("1 heure", "1")),
        *(("1h30", "1.5"), ("1 h 30 min", "1.5"), ("ساعة ونصف", "1.5"), ("08:30 - 10:30", "2")),
        *(("8h30-10h", "1.5"), ("08:30 - 09:30 ; 14:30 - 16:30", "3"), ("8h", "8"), ("0", "0")),
        *(("ثلاث ساعات", "3"), ("08:30 - 09:20", "0.83"), ("20 heures", "20")),
    ],
)
def test_hours_in_every_form(text: str, hours: str) -> None:
    assert to_hours(text) == Decimal(hours)


@pytest.mark.parametrize(
    "text",
    [
        *("يوم كامل", "Journée entière", "demi-journée", "نصف يوم", "½ journée", "matin", "صباحا"),
        *(
            "Séance 3",
            "الحصة 3",
            "10 min",
            "10 د",
            "تأخر 15 دقيقة",
            "8h30",
            "08:30",
            "",
            "-",
            "500",
        ),
        *("2½", "10:30 - 08:30", "08:30 - 10:30 ; ?", "retard 2h"),
    ],
)
def test_what_tells_no_hours_is_none(text: str) -> None:
    assert to_hours(text) is None


@pytest.mark.parametrize("text", ["2", "8h", "10h"])
def test_a_bare_number_may_be_the_place_of_a_lesson(text: str) -> None:
    assert to_hours(text, is_count=False) is None
    assert to_hours("2h", is_count=False) == to_hours("08:30-10:30", is_count=False) == 2


@pytest.mark.parametrize(
    "said", ["مبرر", "مبررة", "Justifiée", "JUSTIFIE", "غياب مبرَّر", " justifié "]
)
def test_justified(said: str) -> None:
    assert to_justified(said) is True


@pytest.mark.parametrize(
    "said",
    ["غير مبرر", "غير مبرَّرة", "غيـر مبـرر", "Non justifiée", "NON  JUSTIFIEE", "injustifié",
     "غياب غير مبرر", "بدون عذر", "non-justifié"],
)  # fmt: skip
def test_not_justified(said: str) -> None:
    assert to_justified(said) is False


@given(
    st.sampled_from(["غير", "ليس", "لم يتم", "non", "pas", "pas encore", "sera", "à", "?"]),
    st.sampled_from(["مبرر", "مبررة", "justifié", "justifiée", "JUSTIFIEE"]),
    st.sampled_from([" ", "  ", "\xa0", "-", "\n"]),
)
def test_a_denied_word_is_never_taken_for_the_word(before: str, word: str, gap: str) -> None:
    assert to_justified(f"{before}{gap}{word}") is not True
    assert to_justified(f"{word}{gap}{before}") is not True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("نعم", True),
        ("OUI", True),
        ("✓", True),
        ("لا", False),
        ("non", False),
        ("x", None),
        ("", None),
    ],
)
def test_yes_and_no(text: str, expected: bool | None) -> None:
    assert to_answer(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("غير مقروءة", True), ("مقروءة", False), ("Non lu", True), ("lue", False), ("reçu", None)],
)
def test_read_and_unread(text: str, expected: bool | None) -> None:
    assert to_unread(text) is expected


@given(st.text(max_size=150) | st.from_regex(r"[\d/:.h\- amذو]{0,40}"))
def test_any_text_gives_a_value_or_none(text: str) -> None:
    day, days = to_day(text), to_days(text)
    assert day is None or days == Days(day, None)
    assert days.last is None or (days.first is not None and days.first <= days.last)
    hours = to_hours(text)
    assert hours is None or 0 <= hours < 1000
    times = to_times(text)
    assert times.end is None or (times.start is not None and times.start < times.end)
    assert to_weekday(text) in {None, *(name for name, _spellings in WEEKDAYS)}
    assert {to_justified(text), to_unread(text), to_answer(text)} <= {True, False, None}
