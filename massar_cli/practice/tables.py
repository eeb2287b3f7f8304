"""Test marks of the made-up students, as compact tables (see `marks` for the notation).

Coefficients are plausible and no more: those of lower secondary and primary were never found.
"""

from massar_cli.practice.marks import Source, alone, unit
from massar_cli.practice.names import (
    ARABIC,
    ARTS,
    CONDUCT,
    DICTATION,
    ENGLISH,
    FRENCH,
    GRAMMAR,
    INFORMATICS,
    ISLAMIC_EDUCATION,
    LIFE_SCIENCE,
    MATHEMATICS,
    PHILOSOPHY,
    PHYSICS,
    READING,
    SCIENTIFIC_ACTIVITY,
    SOCIAL_STUDIES,
    SPORT,
    TECHNOLOGY,
    UNIT_AVERAGE,
    WRITING,
)

Table = tuple[Source, ...]

# Second-year baccalaureate: an exemption, a zero, an absence, a gap before the fourth test. Exam
# marks in this year are invented.
SECOND_BAC: Table = (
    alone(CONDUCT, "18 . . . .", 1),
    alone(SPORT, "exm exm . . exm", 1),
    alone(ISLAMIC_EDUCATION, "16 15.5 . . 17", 2, "15.25"),
    alone(SOCIAL_STUDIES, "13 0 . 12.75 14", 2, "11.5"),
    alone(MATHEMATICS, "14.5 12.25 15.75 . .", 7, "13.75"),
    alone(PHILOSOPHY, "11 12.5 . . 13", 2, "10.5"),
    alone(PHYSICS, "15.25 16.06 14 . 17", 7, "14.5"),
    alone(ENGLISH, "17 16.5 . . 18.25", 2, "17"),
    alone(ARABIC, "13.5 14 . . 15", 2, "12.25"),
    alone(FRENCH, "12 13.25 12.75 . 14", 4, "13"),
    alone(LIFE_SCIENCE, "abs 14.75 13 . 15.5", 5, "14"),
)

# First-year baccalaureate: a subject that counts for nothing.
FIRST_BAC: Table = (
    alone(CONDUCT, "19 . . . .", 1),
    alone(SPORT, "16 17 . . 16.5", 1),
    alone(ISLAMIC_EDUCATION, "14 15.25 . . 16", 2),
    alone(SOCIAL_STUDIES, "12.5 11 . . 13", 2),
    alone(MATHEMATICS, "13 11.75 14.25 . .", 7),
    alone(PHILOSOPHY, "10.5 12 . . 12", 2),
    alone(PHYSICS, "14.75 13.5 15 . 16", 7),
    alone(ENGLISH, "16 17.25 . . 17.5", 2),
    alone(ARABIC, "12.75 13 . . 14.5", 2),
    alone(FRENCH, "11.5 12.25 13 . 13", 4),
    alone(LIFE_SCIENCE, "13.25 14 12.5 . 15", 7),
    alone(INFORMATICS, "17 18 . . .", 0),
)

COMMON_CORE: Table = (
    alone(CONDUCT, "18.5 . . . .", 1),
    alone(SPORT, "15 16 . . 15", 2),
    alone(ISLAMIC_EDUCATION, "13.5 14 . . 15", 2),
    alone(SOCIAL_STUDIES, "11 12.5 . . 12", 2),
    alone(MATHEMATICS, "12 13.75 12.25 . .", 5),
    alone(PHILOSOPHY, "10 11.5 . . 12", 2),
    alone(PHYSICS, "13 14.5 12 . 15", 4),
    alone(ENGLISH, "15.5 16 . . 17", 3),
    alone(ARABIC, "12 12.5 . . 13", 2),
    alone(FRENCH, "11 11.75 12.5 . 13", 4),
    alone(LIFE_SCIENCE, "12.5 13 14.25 . 14", 4),
    alone(INFORMATICS, "16 17 . . 16", 2),
)

# A semester that has only begun: some first tests, nothing else.
COMMON_CORE_BEGUN: Table = (
    alone(CONDUCT, ". . . . .", 1),
    alone(SPORT, ". . . . .", 2),
    alone(ISLAMIC_EDUCATION, "14.25 . . . .", 2),
    alone(SOCIAL_STUDIES, "12 . . . .", 2),
    alone(MATHEMATICS, "13 12.5 . . .", 5),
    alone(PHILOSOPHY, ". . . . .", 2),
    alone(PHYSICS, "14 abs . . .", 4),
    alone(ENGLISH, "16.75 . . . .", 3),
    alone(ARABIC, "13 . . . .", 2),
    alone(FRENCH, "12.25 . . . .", 4),
    alone(LIFE_SCIENCE, ". . . . .", 4),
    alone(INFORMATICS, "16.5 . . . .", 2),
)

# Third year of lower secondary, with the local exam of January.
THIRD_COLLEGE: Table = (
    alone(CONDUCT, "17 . . . .", 1),
    alone(SPORT, "15.5 16 . . 17", 1, "16"),
    alone(ISLAMIC_EDUCATION, "14 13.5 . . 15", 1, "14.5"),
    alone(ARTS, "16 . . . 17", 1),
    alone(SOCIAL_STUDIES, "12 13.25 . . 14", 3, "12.75"),
    alone(TECHNOLOGY, "15 14 . . 16", 1),
    alone(MATHEMATICS, "11.75 13 14.5 . .", 5, "12.5"),
    alone(PHYSICS, "13.5 12.25 . . 14", 3, "13"),
    alone(ENGLISH, "16.25 17 . . 16", 2),
    alone(ARABIC, "12.5 14 13.25 . 15", 3, "13.25"),
    alone(FRENCH, "11 12.75 13.5 . 12", 3, "11.75"),
    alone(LIFE_SCIENCE, "14.25 13 . . 15.5", 2, "13.5"),
)

THIRD_COLLEGE_BEGUN: Table = (
    alone(CONDUCT, ". . . . .", 1),
    alone(SPORT, ". . . . 16", 1),
    alone(ISLAMIC_EDUCATION, "13 . . . .", 1),
    alone(ARTS, ". . . . .", 1),
    alone(SOCIAL_STUDIES, "11.5 . . . .", 3),
    alone(TECHNOLOGY, ". . . . .", 1),
    alone(MATHEMATICS, "12 . . . .", 5),
    alone(PHYSICS, "14.75 . . . .", 3),
    alone(ENGLISH, "15.5 16 . . .", 2),
    alone(ARABIC, "13.75 . . . .", 3),
    alone(FRENCH, "0 . . . .", 3),
    alone(LIFE_SCIENCE, ". . . . .", 2),
)

# Sixth year of primary school, out of 10, with the local exam of January.
SIXTH_PRIMARY: Table = (
    unit(
        ARABIC,
        3,
        "7.75",
        (READING, "8 7.5 . . 8"),
        (GRAMMAR, "6.5 7.25 . . 7"),
        (DICTATION, "9 8.5 . . ."),
        (WRITING, "7 6.75 . . 7.5"),
    ),
    unit(
        FRENCH,
        3,
        "6.5",
        (READING, "7.5 7 . . 8"),
        (GRAMMAR, "6 abs . . 6.5"),
        (DICTATION, "5.5 6.25 . . ."),
        (WRITING, "6.5 6 . . 7"),
    ),
    unit(MATHEMATICS, 3, "8.25", (UNIT_AVERAGE, "8 7.75 9 . 8.5")),
    unit(SCIENTIFIC_ACTIVITY, 2, ".", (UNIT_AVERAGE, "7.06 8 . . 7.5")),
    unit(ISLAMIC_EDUCATION, 2, "9", (UNIT_AVERAGE, "9 8.75 . . 9.5")),
    unit(SOCIAL_STUDIES, 1, ".", (UNIT_AVERAGE, "6.75 7.5 . . 7")),
    unit(ARTS, 1, ".", (UNIT_AVERAGE, "8.5 . . . 9")),
    unit(SPORT, 1, ".", (UNIT_AVERAGE, "9.5 9 . . .")),
)
