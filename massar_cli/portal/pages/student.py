"""The student's own data."""

from massar_cli.folding import fold
from massar_cli.language import translate as _
from massar_cli.portal.page import Page, definitions, text_of
from massar_cli.student_record import Profile

_DOCUMENTED_ORDER = (
    "code",
    "first_name",
    "last_name",
    "guardian_first_name",
    "guardian_last_name",
    "guardian_phone",
    "birth_place",
    "gender",
    "school",
    "academy",
    "directorate",
)
_LEVELS_ABOVE_CODE = 3
# Only the two Arabic names are certain; both may also label the guardian's.
_LABELS = {
    "birth_place": ("مكان الازدياد", "مكان الولادة", "Lieu de naissance"),
    "gender": ("الجنس", "النوع", "Sexe", "Genre"),
    "school": ("المؤسسة", "Etablissement"),
    "academy": ("الأكاديمية", "Académie", "AREF"),
    "directorate": ("المديرية", "المديرية الإقليمية", "Direction provinciale", "Délégation"),
    "guardian_phone": ("هاتف الولي", "هاتف ولي الأمر", "Téléphone du tuteur"),
    "name": ("الإسم", "الاسم الشخصي", "Prénom"),
    "family name": ("النسب", "الاسم العائلي", "Nom"),
}
_MEANINGS = {
    "name": ("first_name", "guardian_first_name"),
    "family name": ("last_name", "guardian_last_name"),
}
_LABEL_OF = {fold(text): name for name, texts in _LABELS.items() for text in texts}


class StudentPage(Page[Profile]):
    """Identity and school of the account's student.

    `GET TuteurEleves/GetInfoEleve` (high confidence). The forms on the page are never sent.
    """

    path = "TuteurEleves/GetInfoEleve"
    landmark = "dd#codeEleve"

    def read(self) -> Profile:
        """Return the data; raises PageChanged where a label contradicts the documented order."""
        code = self.tree.css_first(self.landmark)
        block = code
        # The definitions may stand in one list or in several, but not far from the code.
        for _level in range(_LEVELS_ABOVE_CODE):
            if block is not None and len(block.css("dd")) < len(_DOCUMENTED_ORDER):
                block = block.parent
        pairs = definitions(block) if block is not None else []
        if len(pairs) != len(_DOCUMENTED_ORDER) or not text_of(code):
            raise self.changed(_("the student's data are not the expected list"))
        for field, (label, _text) in zip(_DOCUMENTED_ORDER, pairs, strict=True):
            meaning = _LABEL_OF.get(fold(label))
            if meaning and field not in _MEANINGS.get(meaning, (meaning,)):
                raise self.changed(
                    _('the label "{label}" is in an unexpected place').format(label=label), label
                )
        texts = {
            field: text or None
            for field, (_label, text) in zip(_DOCUMENTED_ORDER, pairs, strict=True)
        }
        return Profile(**{**texts, "code": text_of(code)})  # type: ignore[arg-type]
