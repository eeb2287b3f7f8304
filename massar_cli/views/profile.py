"""The view of the student's own data."""

from massar_cli.language import translate as _
from massar_cli.records import Student
from massar_cli.student_record import Profile
from massar_cli.view import Column, Csv, Table, View
from massar_cli.views.values import student_element

_GUARDIAN_FIELDS = ("guardian_first_name", "guardian_last_name", "guardian_phone")
_PROFILE_FIELDS = (
    *("code", "first_name", "last_name", "gender", "birth_place"),
    *("school", "academy", "directorate"),
)


def profile_view(profile: Profile, student: Student | None, *, all_fields: bool) -> View:
    """Return the student's data; the guardian's only with `all_fields`."""
    fields = _PROFILE_FIELDS + (_GUARDIAN_FIELDS if all_fields else ())
    values = [getattr(profile, field) for field in fields]
    return View(
        schema="massar.profile/1",
        elements=lambda: [
            {"student": student_element(student)} | dict(zip(fields, values, strict=True))
        ],
        csv=lambda: Csv(fields, [values]),
        tables=lambda: [
            Table(
                title=(_("Student"),),
                columns=(Column(_("Field")), Column(_("Value"))),
                rows=tuple(
                    (_profile_heading(field), value)
                    for field, value in zip(fields, values, strict=True)
                ),
            )
        ],
    )


def _profile_heading(field: str) -> str:
    return {
        "code": _("Massar code"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "gender": _("Gender"),
        "birth_place": _("Place of birth"),
        "school": _("School"),
        "academy": _("Academy"),
        "directorate": _("Provincial directorate"),
        "guardian_first_name": _("Guardian's first name"),
        "guardian_last_name": _("Guardian's last name"),
        "guardian_phone": _("Guardian's phone"),
    }[field]
