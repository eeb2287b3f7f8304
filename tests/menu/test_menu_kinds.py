"""What a label says of its page: many that schools use, and those that are easily mistaken."""

import pytest

from massar_cli.phrases import bare_words
from massar_cli.portal import page_words
from massar_cli.portal.page_kinds import guess_kind
from massar_cli.portal_menu import PageKind
from massar_cli.practice.addresses import SERVICES
from massar_cli.services.finding import menu_of
from tests.conftest import Practice
from tests.menu.conftest import Open

LABELS = """
absences: الغياب | الغيابات | غياباتي | تغيباتي | سجل الغياب | لائحة الغيابات | الغياب والتأخر
absences: التأخرات | المواظبة | المواظبة والسلوك | تتبع المواظبة | الحضور والغياب | التغيبات
absences: Absences | Mes absences | Assiduité | Retards et absences | Suivi de l'assiduité
absences: ABSENCES ET RETARDS | Relevé des absences | Contrôle des absences | Attendance
absences: Justification des absences | Billets d'entrée | Les absences de l'élève
homework: الواجبات المنزلية | واجباتي | الواجبات | دفتر النصوص | الفروض المنزلية | التمارين المنزلية
homework: Devoirs | Mes devoirs | Devoirs à la maison | Devoirs à faire | Travail à faire
homework: Cahier de textes | Cahier de texte | Le cahier de textes numérique | Travaux à rendre
timetable: استعمال الزمن | استعمالات الزمن | جدول الحصص | الجدول الزمني | جدول الحصص الأسبوعي
timetable: حصصي | جدولي الأسبوعي | التوقيت الدراسي | Emploi du temps | Mon emploi du temps
timetable: EMPLOI DU TEMPS | Horaires | Planning de la semaine | Emplois du temps | Timetable
exams: الفروض المحروسة | مواعيد الفروض | مواعيد الامتحانات | مواعيد الفروض والامتحانات | الامتحانات
exams: برمجة الفروض | جدول الامتحانات | الفروض المبرمجة | مواعيد إجراء المراقبة المستمرة
exams: مواعيد إجراء فروض المراقبة المستمرة والامتحانات | Devoirs surveillés | Contrôles programmés
exams: Dates des examens | Calendrier des examens | Planning des contrôles | Examens | Contrôles
exams: Evaluations programmées | Mes prochains contrôles | Contrôles continus programmés
messages: الرسائل | رسائلي | صندوق الرسائل | الإعلانات | البلاغات | إعلانات المؤسسة | المراسلات
messages: الإشعارات | المستجدات | الأخبار | البريد الوارد | Messages | Messagerie | Annonces
messages: Boîte de réception | Communiqués | Actualités | Notifications | Correspondance
messages: Messages et annonces | Tableau d'affichage | Cahier de correspondance
messages: Messages relatifs aux absences
documents: الوثائق | وثائقي | الشواهد المدرسية | الشهادات | الشواهد والوثائق | وثائقي وشواهدي
documents: شهادة مدرسية | الاستدعاءات | الاستدعاء | Documents | Mes documents | Attestations
documents: Certificats de scolarité | Attestations et certificats | Convocation à l'examen
orientation: التوجيه | التوجيه المدرسي | إعادة التوجيه | بطاقة الرغبات | رغباتي | نتائج التوجيه
orientation: مشروعي الشخصي للتوجيه | التوجيه المدرسي والمهني | المشروع الشخصي | Orientation
orientation: Réorientation | Voeux | Vœux d'orientation | Fiche de vœux | Mon projet d'orientation
orientation: Résultats de l'orientation | Choix d'orientation
grades: النقط | تتبع النقط | نقطي | نقط المراقبة المستمرة | نقط الامتحان | بيان النقط | المعدلات
grades: بيان نقط الامتحان | النتائج الدراسية | نتائج الامتحانات | نقط المراقبة المستمرة والامتحانات
grades: Mes notes | Notes et moyennes | Bulletin | Bulletins de notes | Relevé de notes
grades: Contrôles continus | Notes des contrôles continus | Résultats scolaires | Notes d'examen
grades: Notes des contrôles et des examens
journey: المسار الدراسي | مساري الدراسي | السنوات الدراسية السابقة | Parcours scolaire
journey: Mes années précédentes | Cursus scolaire | Historique scolaire
profile: معلومات التلميذ | معلوماتي الشخصية | المعلومات الشخصية | الملف الشخصي | بطاقة التلميذ
profile: Informations de l'élève | Informations personnelles | Mon profil | Fiche de l'élève
other: الأنشطة المندمجة | Activités intégrées | تدقيق المعطيات | Tadqiq | التوجيهات التربوية
other: التوجيهات | الموارد الرقمية | Ressources numériques | المساعدة | Aide | علبة الأفكار
other: Boîte à idées | الرياضة المدرسية | اسئلة و اجوبة | الأنشطة الصفية | التمدرس | Scolarité
other: Notes et absences | الغياب والواجبات | Absences et devoirs surveillés | Notes / Absences
other: Calendrier scolaire | العطل المدرسية | Vie scolaire | الدعم التربوي | Contact | Cantine
other: Bourses | Inscription aux examens | Annales des examens | Règlement intérieur | Matières
"""
TABLE = [
    (label, kind)
    for line in LABELS.strip().splitlines()
    for kind, _colon, labels in [line.partition(": ")]
    for label in labels.split(" | ")
]
VOCABULARIES = (page_words.LABELS, page_words.VAGUE_LABELS, page_words.FILLING)


def test_a_label_alone_tells_its_kind() -> None:
    assert [(label, guess_kind(label, "x").kind.value) for label, _kind in TABLE] == list(TABLE)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("Eleve/GetAbsences", "absences"),
        ("eleve/mes-retards", "absences"),
        ("Suivi/CahierTexte", "homework"),
        ("Eleve/EmploiDuTemps?semaine=3", "timetable"),
        ("X/EDT", "timetable"),
        ("Suivi/ControlesProgrammes", "exams"),
        ("Ecole/Annonces", "messages"),
        ("portail/page?rubrique=attestations", "documents"),
        ("FicheVoeux", "orientation"),
        ("Eleve/Bulletin_Notes", "grades"),
        ("x/parcours_scolaire", "journey"),
        ("Eleve/ProfilEleve", "profile"),
        ("getabsenceseleve", "absences"),
        ("Portail/Page", "other"),
        ("Notes/Absences/Devoirs", "homework"),
        ("NotesAbsences", "other"),
        ("Notice", "other"),
        ("Piscine/Testament", "other"),
    ],
)
def test_without_a_telling_label_the_words_of_the_address_tell(address: str, kind: str) -> None:
    assert guess_kind("Suivi", address).kind.value == kind
    assert guess_kind("", address).kind.value == kind


@pytest.mark.parametrize(
    ("label", "address", "kind"),
    [
        ("Absences", "Eleve/GetDevoirs", "absences"),
        ("Absences et devoirs", "Eleve/GetDevoirs", "homework"),
        ("الأنشطة المندمجة", "Eleve/GetNotesActivites", "other"),
        ("Infos", "Eleve/GetNotes", "messages"),
        ("Informations", "Eleve/GetAbsences", "profile"),
        ("Aide", "Messages/Aide", "other"),
        ("Aide", "Info/Guide", "other"),
        ("Registre", "Absences/Index", "absences"),
        ("n'importe quoi", "TuteurEleves/GetNotesEleve", "grades"),
        ("Absences", "tuteureleves/getscolariteeleve?x=1", "journey"),
        ("Messages", "TuteurEleves/GetInfoEleve", "profile"),
    ],
)
def test_the_label_counts_more_than_the_address_except_for_known_pages(
    label: str, address: str, kind: str
) -> None:
    assert guess_kind(label, address).kind.value == kind


@pytest.mark.parametrize("phrases", VOCABULARIES)
def test_no_phrase_is_written_so_that_it_can_never_be_found(phrases: object) -> None:
    texts = phrases._texts  # type: ignore[attr-defined]
    written = [text for of_kind in texts.values() for text in of_kind]
    for text in written:
        words = bare_words(text.replace("*", ""))
        assert len(words.bare) == len(text.split()), text
        assert not words.joined, text


@pytest.mark.parametrize("phrases", [page_words.LABELS, page_words.VAGUE_LABELS])
def test_no_phrase_means_two_kinds(phrases: object) -> None:
    texts = phrases._texts  # type: ignore[attr-defined]
    written = [text for of_kind in texts.values() for text in set(of_kind)]
    assert len(written) == len(set(written))


KIND_OF_SERVICE = {"lateness": "absences", "guidance": "orientation"}


def test_no_entry_of_the_practice_portal_is_misjudged(
    edition: Practice, edition_and_language: tuple[str, str], open_session: Open
) -> None:
    pages = {page.address: page.kind for page in menu_of(open_session(edition.url))}
    name, _language = edition_and_language
    expected = {
        address.removeprefix("/"): PageKind(KIND_OF_SERVICE.get(service, service))
        for service, address in SERVICES[name].items()
        if service != "message"  # one message has no entry of its own
    }
    expected |= {
        "TuteurEleves/GetNotesEleve": PageKind.GRADES,
        "TuteurEleves/GetScolariteEleve": PageKind.JOURNEY,
        "TuteurEleves/GetInfoEleve": PageKind.PROFILE,
    }
    assert pages == expected
